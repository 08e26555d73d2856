"""The schema: migrations and tables say the same, and an older program leaves a newer database alone."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.errors import OperatorMustFix
from storage.database import Database
from storage.schema import blocking_engine, migrate
from storage.tables import metadata
from tests.servers.postgres import own_schema


async def test_migrations_make_the_tables(url: str) -> None:
    engine = blocking_engine(url)
    with engine.connect() as connection:
        migrated = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(migrated, metadata) == []
    engine.dispose()


def indexes(path: Path) -> set[str]:
    """How the indexes of a SQLite file were made, without white space: Alembic does not compare conditions."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        return {re.sub(r"\s+", "", sql) for (sql,) in found}


async def test_conditions_of_indexes_are_the_same_too(tmp_path: Path) -> None:
    await migrate(f"sqlite:///{tmp_path}/migrated.db")
    engine = blocking_engine(f"sqlite:///{tmp_path}/made.db")
    metadata.create_all(engine)
    engine.dispose()
    assert indexes(tmp_path / "migrated.db") == indexes(tmp_path / "made.db") != set()


def postgres_indexes(url: str) -> set[str]:
    """How the indexes here were made, without the namespace they are in."""
    engine = blocking_engine(url)
    with engine.connect() as connection:
        found = connection.scalars(text("SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()")).all()
    engine.dispose()
    return {re.sub(r" ON \w+\.", " ON ", sql) for sql in found if "alembic_version" not in sql}


async def test_conditions_of_indexes_are_the_same_on_postgres(postgres_server: str) -> None:
    with own_schema(postgres_server) as migrated, own_schema(postgres_server) as made:
        await migrate(migrated)
        engine = blocking_engine(made)
        metadata.create_all(engine)
        engine.dispose()
        assert postgres_indexes(migrated) == postgres_indexes(made) != set()


@pytest.mark.parametrize("driver", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+asyncpg"])
async def test_a_driver_in_a_servers_address_does_not_matter(postgres_server: str, driver: str) -> None:
    with own_schema(postgres_server) as found:
        url = f"{driver}:{found.partition(':')[2]}"
        await migrate(url)
        database = Database(url)
        await database.open()
        assert await database.answers()
        await database.close()


async def test_migrating_again_changes_nothing(url: str, database: Database) -> None:
    await migrate(url)
    engine = blocking_engine(url)
    assert {*inspect(engine).get_table_names()} == {*metadata.tables, "alembic_version"}
    engine.dispose()


async def test_processes_that_start_together_take_turns(empty_url: str) -> None:
    await asyncio.gather(*(migrate(empty_url) for _ in range(4)))
    await test_migrations_make_the_tables(empty_url)


async def test_it_does_not_matter_where_the_program_was_started(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await migrate(empty_url)


async def test_a_newer_database_is_left_alone(url: str) -> None:
    engine = blocking_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(OperatorMustFix) as caught:
        await migrate(url)
    assert (caught.value.reason, caught.value.facts) == ("schema_newer", {"revision": "9999"})
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    engine.dispose()


@pytest.mark.parametrize("drivers", ["sqlite", "sqlite+aiosqlite", "sqlite+pysqlite"])
async def test_a_driver_in_the_address_does_not_matter(tmp_path: Path, drivers: str) -> None:
    url = f"{drivers}:///{tmp_path}/a%20b/x.db"
    await migrate(url)
    database = Database(url)
    await database.open()
    await database.close()
    with closing(sqlite3.connect(tmp_path / "a b" / "x.db")) as connection:
        assert connection.execute("SELECT * FROM posts").fetchall() == []


@pytest.mark.parametrize(
    "url", ["", "x.db", "mysql://u:geheim@host/db", "sqlite://", "sqlite:///:memory:", "a://b:c/d"]
)
async def test_an_address_that_makes_no_sense_is_refused(url: str) -> None:
    for refusing in (migrate(url), opening(url)):
        with pytest.raises(OperatorMustFix) as caught:
            await refusing
        assert caught.value.reason == "database_url"
        assert "geheim" not in str(caught.value)


async def opening(url: str) -> None:
    await Database(url).open()


async def test_a_database_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for url in ("postgresql://u:geheim@127.0.0.1:1/db", f"sqlite:///{tmp_path}/file/x.db", f"sqlite:///{tmp_path}"):
        for refusing in (migrate(url), opening(url)):
            with pytest.raises(OperatorMustFix) as caught:
                await refusing
            assert caught.value.reason == "database_unreachable"
            assert "geheim" not in str(caught.value)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"words, and no database" * 100)
    with pytest.raises(OperatorMustFix):
        await migrate(f"sqlite:///{tmp_path}/x.db")
