"""A statement that a Postgres cannot do now, and could have done a moment earlier or later."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack

import pytest
from dbos._utils import retriable_postgres_exception
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.outages import away

PID = text("SELECT pg_backend_pid()")


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    opened = Database(address)
    yield opened
    await opened.close()


async def refused(database: Database, code: str) -> DBAPIError:
    raising = text(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$")
    with pytest.raises(DBAPIError) as caught:
        await database.write(lambda connection: connection.execute(raising))
    return caught.value


@pytest.mark.parametrize("code", ["57014", "55P03", "40001", "40P01", "25P03", "25006"])
async def test_what_was_cancelled_or_in_somebodys_way_is_tried_again_by_us_and_by_the_job_engine(
    database: Database, code: str
) -> None:
    """A checkpoint that is not written would cost a request its picture, and people a word about it."""
    fault = await refused(database, code)
    assert away(fault)
    assert retriable_postgres_exception(fault)


@pytest.mark.parametrize("code", ["42703", "23505", "22012"])
async def test_what_is_wrong_is_not_tried_again(database: Database, code: str) -> None:
    fault = await refused(database, code)
    assert not away(fault)
    assert not retriable_postgres_exception(fault)


async def pids(database: Database) -> set[int]:
    """Two connections that are open together."""
    with ExitStack() as stack:
        both = [stack.enter_context(database.writing()) for _ in range(2)]
        return {int(connection.scalar(PID) or 0) for connection in both}


async def test_only_its_own_connection_is_given_up(database: Database) -> None:
    before = await pids(database)
    await refused(database, "40001")
    assert len(before & await pids(database)) == 1
