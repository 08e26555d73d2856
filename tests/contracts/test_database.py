"""The database: what was acknowledged is on the disk, and nobody locks anybody out."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert, select, text
from sqlalchemy.exc import OperationalError

from storage.database import Database
from storage.schema import migrate
from storage.tables import posts


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    await migrate(f"sqlite:///{tmp_path}/x.db")
    return tmp_path / "x.db"


@pytest.fixture
async def opened(file: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{file}")
    await database.open()
    yield database
    await database.close()


async def pragma(database: Database, name: str) -> object:
    with database.writing() as connection:
        return connection.scalar(text(f"PRAGMA {name}"))


async def test_every_commit_is_synced(opened: Database) -> None:
    assert await pragma(opened, "journal_mode") == "wal"
    assert await pragma(opened, "synchronous") == 2
    assert await pragma(opened, "foreign_keys") == 1
    assert await pragma(opened, "busy_timeout") == 30000


async def test_a_writer_takes_the_lock_when_it_begins(opened: Database, file: Path) -> None:
    begun: list[str] = []
    event.listen(opened._writer, "before_cursor_execute", lambda *seen: begun.append(seen[2]))
    with opened.writing():
        with sqlite3.connect(file, timeout=0, isolation_level=None) as other, pytest.raises(sqlite3.OperationalError):
            other.execute("BEGIN IMMEDIATE")
        other.close()
    assert begun == ["BEGIN IMMEDIATE"]


async def test_settling_does_not_wait_for_whoever_reads_for_long(opened: Database, file: Path) -> None:
    """Nobody writes meanwhile, and an ack has to be written within three seconds."""
    log = file.with_name("x.db-wal")
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM posts").fetchone()
    await opened.write(lambda connection: connection.execute(insert(posts), {"id": "p", "said": False}))
    async with asyncio.timeout(10):
        await opened.settle()
    assert log.stat().st_size > 0
    assert await pragma(opened, "busy_timeout") == 30000
    reader.close()
    await opened.settle()
    assert log.stat().st_size == 0


async def test_what_raised_left_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await database.write(write_and_fail)
    with database.reading() as connection:
        assert (connection.execute(select(posts))).first() is None


def write_and_fail(connection: Connection) -> None:
    connection.execute(insert(posts).values(id="a", said=False))
    raise ZeroDivisionError


async def test_a_reader_sees_one_state_and_does_not_wait(database: Database) -> None:
    with database.reading() as reader:
        assert (reader.execute(select(posts))).all() == []
        with database.writing() as writer:
            writer.execute(insert(posts).values(id="a", said=False))
            assert (reader.execute(select(posts))).all() == []
        assert (reader.execute(select(posts))).all() == []
    with database.reading() as later:
        assert len((later.execute(select(posts))).all()) == 1


async def test_a_reader_cannot_write(database: Database) -> None:
    with database.reading() as reader, pytest.raises(Exception, match=r"readonly|read-only"):
        reader.execute(insert(posts).values(id="a", said=False))


async def test_another_process_may_read_and_write(opened: Database, file: Path) -> None:
    other = sqlite3.connect(file, timeout=30)
    with opened.writing() as connection:
        connection.execute(insert(posts).values(id="a", said=False))
        assert other.execute("SELECT count(*) FROM posts").fetchone() == (0,)
    with other:
        other.execute("INSERT INTO posts VALUES ('b', 0)")
    other.close()
    with opened.reading() as connection:
        assert len((connection.execute(select(posts))).all()) == 2


async def test_writers_who_leave_take_nobody_along(database: Database) -> None:
    async def write(id: str) -> None:
        await database.write(lambda connection: connection.execute(insert(posts).values(id=id, said=False)))

    tasks = [asyncio.create_task(write(f"{n}")) for n in range(30)]
    await tasks[0]
    for leaving in tasks[1::2]:
        leaving.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    with database.reading() as connection:
        stored = {row.id for row in connection.execute(select(posts))}
    assert stored >= {str(n) for n in range(0, 30, 2)}


async def test_many_readers_at_once(database: Database) -> None:
    async def read() -> int:
        return await database.read(lambda connection: len(connection.execute(select(posts)).all()))

    assert await asyncio.gather(*(read() for _ in range(50))) == [0] * 50


async def test_a_broken_database_says_so(opened: Database) -> None:
    with pytest.raises(OperationalError), opened.writing() as connection:
        connection.execute(text("SELECT * FROM nothing"))
