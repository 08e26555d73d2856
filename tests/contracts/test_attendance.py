"""Doors without anybody who works, and a server that only reads."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import make_url

from bot.domain.lives import SILENT
from bot.errors import OperatorMustFix
from storage.attendance import LONG, SECOND, unattended
from storage.clock import now
from storage.database import Database
from storage.executors import SqlExecutors
from storage.requests import SqlRequests
from storage.schema import migrate
from tests.contracts.made import Clock, command


async def test_what_waits_for_long_is_unattended_unless_somebody_is_alive(database: Database) -> None:
    assert not await database.read(unattended)
    clock = Clock()
    clock.passes((now() - LONG) / SECOND - clock() / SECOND + 5)
    requests = SqlRequests(database, clock)
    await requests.accept(command("young"))
    assert not await database.read(unattended)
    clock.passes(-6)
    await requests.accept(command("old"))
    assert await database.read(unattended)
    await SqlExecutors(database, "dead", "x", lambda _: now() - round((SILENT + 1) * SECOND)).join()
    assert await database.read(unattended)
    await SqlExecutors(database, "one", "x").join()
    assert not await database.read(unattended)


async def test_what_is_at_work_does_not_wait(database: Database) -> None:
    requests = SqlRequests(database, lambda: now() - 2 * LONG)
    await requests.accept(command("a"))
    await requests.claim(5)
    assert not await database.read(unattended)


@pytest.fixture
async def reading(address: str) -> AsyncIterator[Database]:
    """A server that only reads, with the newest schema."""
    await migrate(address)
    options = str(make_url(address).query["options"]) + " -cdefault_transaction_read_only=on"
    opened = Database(make_url(address).update_query_dict({"options": options}).render_as_string(hide_password=False))
    yield opened
    await opened.close()


async def test_a_server_that_only_reads_is_refused_at_the_start_and_seen_later(
    reading: Database, database: Database
) -> None:
    with pytest.raises(OperatorMustFix, match="database_unreachable"):
        await reading.open()
    assert await reading.answers()
    assert not await reading.is_writable()
    assert await database.is_writable()


async def test_whoever_cannot_be_reached_cannot_be_written() -> None:
    away = Database("postgresql://u@127.0.0.1:1/db")
    assert not await away.is_writable()
    await away.close()
