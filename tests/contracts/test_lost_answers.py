"""The database does as it is told, and the answer gets lost: doing it again does nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import DBAPIError

from bot.domain.fairness import Ticket
from bot.domain.limits import Limits
from bot.domain.lives import SILENT
from bot.domain.spend import Budgets
from bot.ports import Accepted, Intent
from storage import database as door
from storage.database import Database
from storage.executors import SqlExecutors
from storage.ledger import SqlLedger
from storage.outages import away
from storage.places import SqlPlaces
from storage.posts import SqlPosts
from storage.requests import SqlRequests
from storage.turns import SqlTurns
from tests.contracts.conftest import Rows
from tests.contracts.made import Clock, command, entry, paid, picture, turn
from tests.servers.lossy import Lossy


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "AGAIN", 0.02)


@pytest.fixture
def ledger(distant: Database) -> SqlLedger:
    return SqlLedger(distant, Budgets(Decimal("0.1")), ZoneInfo("UTC"), "one", Clock())


async def until(look: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await look():  # noqa: ASYNC110 - the server has nobody to tell
            await asyncio.sleep(0.01)


async def unheard(way: Lossy, work: Awaitable[object]) -> None:
    """Do this; it is done, and whoever asked hears only that the connection broke."""
    way.losing = 1
    with pytest.raises(DBAPIError) as caught:
        await work
    assert away(caught.value)
    assert way.losing == 0


async def test_a_call_opened_unheard_is_not_made_and_holds_nothing(ledger: SqlLedger, way: Lossy, rows: Rows) -> None:
    await unheard(way, ledger.open(entry("a", "0.1")))
    await ledger.open(entry("b", "0.1"))  # which is all there is
    assert await rows("SELECT id, outcome FROM ledger ORDER BY id") == [("a", "free"), ("b", "open")]


async def test_calls_opened_unheard_are_free_also_when_nobody_calls_again(
    ledger: SqlLedger, way: Lossy, rows: Rows
) -> None:
    way.losing = 1
    became = await asyncio.gather(*(ledger.open(entry(id, "0.01")) for id in "abc"), return_exceptions=True)
    assert all(isinstance(one, BaseException) and away(one) for one in became)

    async def free() -> bool:
        return await rows("SELECT outcome FROM ledger") == ["free"] * 3

    await until(free)


async def test_a_bill_written_unheard_is_written_once(ledger: SqlLedger, way: Lossy, rows: Rows) -> None:
    await ledger.open(entry("a"))
    way.losing = 2
    await ledger.settle("a", paid("0.05"))
    assert way.losing == 0
    assert await rows("SELECT outcome, counts FROM ledger") == [("paid", 50_000_000_000)]


async def test_a_picture_kept_unheard_is_there_once(distant: Database, way: Lossy, rows: Rows) -> None:
    turns = SqlTurns(distant)
    await unheard(way, turns.begin(turn("t")))
    assert (await turns.begin(turn("t"))).id == "t"
    way.losing = 2
    await turns.add(picture("p", "t"))
    assert way.losing == 0
    assert await rows("SELECT id FROM pictures") == ["p"]
    assert await rows("SELECT count(*) FROM parts") == [2]


async def test_a_request_accepted_unheard_is_known_when_it_comes_again(
    distant: Database, way: Lossy, rows: Rows
) -> None:
    requests = SqlRequests(distant)
    way.losing = 1
    assert await requests.accept(command("a")) is Accepted.KNOWN  # it tried again by itself
    way.losing = 99  # more than it tries
    with pytest.raises(DBAPIError):
        await requests.accept(command("a2"))
    way.losing = 0
    assert await requests.accept(command("a2")) is Accepted.KNOWN
    way.losing = 1
    assert set(await asyncio.gather(*(requests.accept(command(key)) for key in "bcd"))) == {Accepted.KNOWN}
    assert way.losing == 0
    assert sorted(await rows("SELECT key FROM requests")) == ["a", "a2", "b", "c", "d"]


async def test_what_was_claimed_unheard_is_known_to_be_ours(distant: Database, way: Lossy) -> None:
    requests = SqlRequests(distant, executor="one")
    await requests.accept(command("a"))
    await unheard(way, requests.claim(5))
    assert (await requests.claim(5), await requests.at_work()) == ([], ["a"])


async def test_an_intent_recorded_unheard_is_not_fresh(distant: Database, way: Lossy) -> None:
    posts = SqlPosts(distant)
    await unheard(way, posts.intend("i"))
    assert await posts.intend("i") == Intent(fresh=False, said=False)


async def test_an_inheritance_unheard_of_is_the_heirs(distant: Database, way: Lossy, rows: Rows) -> None:
    clock = Clock()
    one, two = (SqlExecutors(distant, name, "x", lambda _: clock()) for name in ("one", "two"))
    await one.join()
    await two.join()
    requests = SqlRequests(distant, clock, "one")
    await requests.accept(command("a"))
    await requests.claim(5)
    clock.passes(SILENT + 1)
    await two.beat()
    await unheard(way, two.inherit())
    assert await two.inherit() == frozenset()
    assert await rows("SELECT executor, deaths FROM requests") == [("two", 1)]
    assert await SqlRequests(distant, clock, "two").at_work() == ["a"]


async def test_a_place_given_unheard_is_given_once(distant: Database, way: Lossy, rows: Rows) -> None:
    places = SqlPlaces(distant, "one", lambda: Limits(model=1), 100)
    await places.take(Ticket("warm", "T1", "U1", "flash"))
    places.leave("warm")
    way.losing = 2
    await asyncio.wait_for(places.take(Ticket("a", "T1", "U1", "flash")), 20)
    waiting = asyncio.create_task(places.take(Ticket("b", "T1", "U1", "flash")))
    await asyncio.wait([waiting], timeout=0.3)
    assert not waiting.done()
    places.leave("a")
    await asyncio.wait_for(waiting, 20)
    assert way.losing == 0
    assert await rows("SELECT id FROM tickets") == ["b"]
