"""Where the job engine's tables are, whichever way the address is written."""

from __future__ import annotations

import pytest

from bot.jobs.database import system_database


@pytest.mark.parametrize("driver", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+asyncpg"])
def test_any_way_to_write_a_servers_address_will_do(driver: str) -> None:
    config = system_database(f"{driver}://me:geh%40im@host:5433/name?sslmode=require")
    assert config["system_database_url"] == "postgresql+psycopg://me:geh%40im@host:5433/name?sslmode=require"
    assert config["dbos_system_schema"] == "dbos"
    assert config["sys_db_idle_transaction_timeout_sec"] == 5.0
