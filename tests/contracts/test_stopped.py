"""A process that is stopped in the middle of a transaction: others wait for it, and not for long."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from bot.domain.requests import Act
from bot.ports import Accepted
from storage import acceptance, connections, lanes
from storage import requests as queue
from storage.database import Database
from storage.executors import SqlExecutors
from storage.outages import away
from storage.requests import SqlRequests
from storage.schema import blocking_engine, migrate, upgrade
from storage.tables import posts
from tests.contracts.made import click, reply

SETTING = text("SELECT current_setting('idle_in_transaction_session_timeout')")


@pytest.fixture
async def two(address: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Database, Database]]:
    """Two processes on one server. Nothing but what a transaction says for itself holds for less than a minute."""
    monkeypatch.setattr(connections, "IDLE", "1min")
    await migrate(address)
    both = Database(address), Database(address)
    yield both
    for each in both:
        await each.close()


class Stop:
    """Whoever comes here first stands still until it is woken."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.woken = threading.Event()

    def __call__(self) -> None:
        if not self.reached.is_set():
            self.reached.set()
            self.woken.wait(30)


async def test_whoever_is_stopped_in_a_transaction_keeps_nobody_waiting(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "IDLE", "1s")
    await migrate(address)
    one, other, stop = Database(address), Database(address), Stop()

    def write(connection: Connection) -> None:
        connection.execute(insert(posts).values(id="a", said=False))
        stop()
        connection.execute(text("SELECT 1"))

    stopped = asyncio.create_task(one.write(write))
    await asyncio.to_thread(stop.reached.wait)
    await asyncio.wait_for(other.write(write), 10)
    stop.woken.set()
    with pytest.raises(DBAPIError) as caught:
        await stopped
    assert away(caught.value)
    await one.close()
    await other.close()


async def test_whoever_is_stopped_while_it_migrates_is_sent_away_and_the_next_one_migrates(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "IDLE", "1s")
    engine, stop = blocking_engine(address), Stop()

    def run() -> None:
        with engine.begin() as connection:
            upgrade(connection)
            stop()

    stopped = asyncio.create_task(asyncio.to_thread(run))
    await asyncio.to_thread(stop.reached.wait)
    await asyncio.wait_for(migrate(address), 20)
    stop.woken.set()
    with pytest.raises(DBAPIError) as caught:
        await stopped
    engine.dispose()
    assert away(caught.value)
    other = Database(address)
    await other.write(lambda connection: connection.execute(insert(posts).values(id="a", said=False)))
    await other.close()


async def test_whoever_waits_for_another_that_migrates_says_so(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "IDLE", "1min")
    engine = blocking_engine(address)
    with capture_logs() as logs:
        with engine.begin() as connection:
            upgrade(connection)
            waiting = asyncio.create_task(migrate(address))
            async with asyncio.timeout(20):
                while not logs:  # noqa: ASYNC110 - nobody tells us
                    await asyncio.sleep(0.01)
            assert not waiting.done()
        await asyncio.wait_for(waiting, 20)
    engine.dispose()
    assert [line["event"] for line in logs] == ["migration_awaited"]


async def test_a_door_that_is_stopped_leaves_the_others_their_acks(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack hears nothing from one and delivers again, to the other, which finds the same delivery half written."""
    monkeypatch.setattr(connections, "IDLE", "1s")
    monkeypatch.setattr(queue, "SOON", 20.0)
    stop, real = Stop(), acceptance.open_threads
    monkeypatch.setattr(acceptance, "open_threads", lambda *given: (stop(), real(*given)))
    await migrate(address)
    both = Database(address), Database(address)
    one, other = (SqlRequests(each) for each in both)
    stopped = asyncio.create_task(one.accept(reply("a")))
    await asyncio.to_thread(stop.reached.wait)
    assert await asyncio.wait_for(other.accept(reply("a")), 10) is Accepted.NEW
    stop.woken.set()
    assert await stopped is Accepted.KNOWN
    for each in both:
        await each.close()


async def test_every_lock_is_let_go_of(two: tuple[Database, Database]) -> None:
    """Also where a pooler has given us another's session."""
    seen: list[str] = []

    def look(connection: Connection) -> int:
        seen.append(str(connection.scalar(SETTING)))
        return len(seen)

    executors = SqlExecutors(two[0], "one", "x", look)
    await executors.join()
    await two[0].write(lambda connection: (lanes.lock(connection), look(connection)))
    assert set(seen) == {"5s"}
    assert await two[0].read(lambda connection: connection.scalar(SETTING)) == "1min"


async def test_a_button_pressed_twice_in_two_processes_counts_once_also_where_there_is_no_picture(
    two: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """*Try again* is under a turn that has failed."""
    stop, real = Stop(), acceptance.open_threads
    monkeypatch.setattr(acceptance, "open_threads", lambda *given: (stop(), real(*given)))
    one, other = (SqlRequests(each) for each in two)
    first = asyncio.create_task(one.accept(click("a", Act.AGAIN, "a turn")))
    await asyncio.to_thread(stop.reached.wait)
    second = asyncio.create_task(other.accept(click("b", Act.AGAIN, "a turn")))
    await asyncio.wait([second], timeout=0.3)
    stop.woken.set()
    assert (await first, await second) == (Accepted.NEW, Accepted.TWIN)
