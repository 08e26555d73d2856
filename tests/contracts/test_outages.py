"""The database goes away, or does as it is told and the answer gets lost: nothing is lost, done twice or left open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, insert, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.catalogue import load
from bot.domain.fairness import Ticket
from bot.domain.limits import Limits
from bot.domain.lives import SILENT
from bot.domain.options import Size
from bot.domain.pictures import Part
from bot.domain.spend import Budgets, Errand
from bot.engines import booked
from bot.engines.booked import BookedEngine
from bot.errors import ModelDown
from bot.ports import Accepted, Ask, Intent
from storage import database as door
from storage.database import Database
from storage.executors import SqlExecutors
from storage.ledger import SqlLedger
from storage.outages import away
from storage.places import SqlPlaces
from storage.posts import SqlPosts
from storage.requests import SqlRequests
from storage.schema import migrate
from storage.tables import posts
from storage.turns import SqlTurns
from tests.contracts.made import ROOM, Clock, command, entry, paid, picture, turn
from tests.fakes.engines import PAINTED, ScriptedEngine
from tests.servers.lossy import Lossy, lossy
from tests.servers.postgres import own_schema

Rows = Callable[[str], Awaitable[list[Any]]]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "AGAIN", 0.02)
    monkeypatch.setattr(booked, "MOMENT", 0.05)


@pytest.fixture
def address(postgres_server: str) -> Iterator[str]:
    with own_schema(postgres_server) as url:
        yield url


@pytest.fixture
async def way(address: str) -> AsyncIterator[Lossy]:
    await migrate(address)
    async with lossy(address) as opened:
        yield opened


@pytest.fixture
async def database(way: Lossy) -> AsyncIterator[Database]:
    """Reached over the lossy way."""
    opened = Database(way.url)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def rows(address: str, way: Lossy) -> AsyncIterator[Rows]:
    """A look at the tables by another way, which is never cut."""
    opened = Database(address)

    async def read(query: str) -> list[Any]:
        found = await opened.read(lambda connection: connection.execute(text(query)).all())
        return [row[0] if len(row) == 1 else tuple(row) for row in found]

    yield read
    await opened.close()


@pytest.fixture
def ledger(database: Database) -> SqlLedger:
    return SqlLedger(database, Budgets(Decimal("0.1")), ZoneInfo("UTC"), "one", Clock())


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


async def test_a_bill_is_written_when_the_database_is_back(database: Database, way: Lossy, rows: Rows) -> None:
    ledger = SqlLedger(database, Budgets(), ZoneInfo("UTC"), "one", Clock())
    for id in "abc":
        await ledger.open(entry(id))
    await way.cut()
    settling = [asyncio.create_task(ledger.settle(id, paid())) for id in "abc"]
    await asyncio.wait(settling, timeout=0.3)
    assert not any(each.done() for each in settling)
    await way.open()
    await asyncio.wait_for(asyncio.gather(*settling), 10)
    assert await rows("SELECT outcome FROM ledger") == ["paid"] * 3


async def test_a_painted_picture_is_written_when_the_database_is_back(
    database: Database, way: Lossy, rows: Rows
) -> None:
    turns = SqlTurns(database)
    await turns.begin(turn("t"))
    await way.cut()
    adding = asyncio.create_task(turns.add(picture("p", "t")))
    await asyncio.wait([adding], timeout=0.3)
    assert not adding.done()
    await way.open()
    await asyncio.wait_for(adding, 10)
    assert await rows("SELECT id FROM pictures") == ["p"]
    assert await rows("SELECT state FROM turns") == ["painted"]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_a_wrong_statement_is_not_tried_for_ever(address: str, tmp_path: Path, kind: str) -> None:
    wrong = Database(address if kind == "postgres" else f"sqlite:///{tmp_path}/a.db")
    with pytest.raises(DBAPIError, match="nothing"):
        async with asyncio.timeout(5):
            await wrong.insist(lambda connection: connection.execute(text("SELECT * FROM nothing")))
    await wrong.close()


async def test_the_end_does_not_wait_for_a_database_that_is_away(way: Lossy, rows: Rows) -> None:
    database = Database(way.url)
    ledger = SqlLedger(database, Budgets(), ZoneInfo("UTC"), "one", Clock())
    await ledger.open(entry("a"))
    await way.cut()
    settling = asyncio.create_task(ledger.settle("a", paid()))
    await asyncio.wait([settling], timeout=0.1)
    async with asyncio.timeout(3):
        await database.close()
    with pytest.raises(OperationalError):
        await settling
    assert await rows("SELECT outcome FROM ledger") == ["open"]


async def test_an_answer_does_not_wait_for_long_and_its_bill_comes_later(
    database: Database, ledger: SqlLedger, way: Lossy, rows: Rows
) -> None:
    catalogue = load()

    class Cut(ScriptedEngine):
        async def paint(self, ask: Ask) -> Any:
            await way.cut()
            return await super().paint(ask)

    engine = BookedEngine(Cut(), SqlLedger(database, Budgets(), ZoneInfo("UTC"), "one", Clock()), catalogue)
    ask = Ask(next(iter(catalogue.models)), "a red fox", size=Size.ONE, errand=Errand("t", 0, "U1", ROOM))
    assert await asyncio.wait_for(engine.paint(ask), 5) is PAINTED
    assert await rows("SELECT outcome FROM ledger") == ["open"]
    await way.open()

    async def settled() -> bool:
        return await rows("SELECT outcome FROM ledger") == ["paid"]

    await until(settled)


async def test_an_attempt_that_failed_keeps_its_hold_until_that_is_written(
    database: Database, way: Lossy, rows: Rows
) -> None:
    """Were the next attempt begun before, both would be held against the budget at once."""
    catalogue = load()

    class Cut(ScriptedEngine):
        async def paint(self, ask: Ask) -> Any:
            await way.cut()
            return await super().paint(ask)

    ledger = SqlLedger(database, Budgets(), ZoneInfo("UTC"), "one", Clock())
    engine = BookedEngine(Cut(ModelDown("model_unreachable")), ledger, catalogue)
    ask = Ask(next(iter(catalogue.models)), "a red fox", size=Size.ONE, errand=Errand("t", 0, "U1", ROOM))
    painting = asyncio.create_task(engine.paint(ask))
    await asyncio.wait([painting], timeout=0.5)
    assert not painting.done()
    await way.open()
    with pytest.raises(ModelDown):
        await asyncio.wait_for(painting, 10)
    assert await rows("SELECT outcome FROM ledger") == ["failed"]


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


async def test_a_picture_kept_unheard_is_there_once(database: Database, way: Lossy, rows: Rows) -> None:
    turns = SqlTurns(database)
    await unheard(way, turns.begin(turn("t")))
    assert (await turns.begin(turn("t"))).id == "t"
    way.losing = 2
    await turns.add(picture("p", "t"))
    assert way.losing == 0
    assert await rows("SELECT id FROM pictures") == ["p"]
    assert await rows("SELECT count(*) FROM parts") == [2]


async def test_a_request_accepted_unheard_is_known_when_it_comes_again(
    database: Database, way: Lossy, rows: Rows
) -> None:
    requests = SqlRequests(database)
    way.losing = 1
    assert await requests.accept(command("a")) is Accepted.KNOWN  # it tried again by itself
    way.losing = 2
    with pytest.raises(DBAPIError):
        await requests.accept(command("a2"))
    assert await requests.accept(command("a2")) is Accepted.KNOWN
    way.losing = 1
    assert set(await asyncio.gather(*(requests.accept(command(key)) for key in "bcd"))) == {Accepted.KNOWN}
    assert way.losing == 0
    assert sorted(await rows("SELECT key FROM requests")) == ["a", "a2", "b", "c", "d"]


async def test_what_was_claimed_unheard_is_known_to_be_ours(database: Database, way: Lossy) -> None:
    requests = SqlRequests(database, executor="one")
    await requests.accept(command("a"))
    await unheard(way, requests.claim(5))
    assert (await requests.claim(5), await requests.at_work()) == ([], ["a"])


async def test_an_intent_recorded_unheard_is_not_fresh(database: Database, way: Lossy) -> None:
    posts = SqlPosts(database)
    await unheard(way, posts.intend("i"))
    assert await posts.intend("i") == Intent(fresh=False, said=False)


async def test_an_inheritance_unheard_of_is_the_heirs(database: Database, way: Lossy, rows: Rows) -> None:
    clock = Clock()
    one, two = (SqlExecutors(database, name, "x", lambda _: clock()) for name in ("one", "two"))
    await one.join()
    await two.join()
    requests = SqlRequests(database, clock, "one")
    await requests.accept(command("a"))
    await requests.claim(5)
    clock.passes(SILENT + 1)
    await two.beat()
    await unheard(way, two.inherit())
    assert await two.inherit() == frozenset()
    assert await rows("SELECT executor, deaths FROM requests") == [("two", 1)]
    assert await SqlRequests(database, clock, "two").at_work() == ["a"]


async def test_a_place_given_unheard_is_given_once(database: Database, way: Lossy, rows: Rows) -> None:
    places = SqlPlaces(database, "one", lambda: Limits(model=1), 100)
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


async def test_whoever_vanishes_is_not_waited_for_long(address: str) -> None:
    """The address may say otherwise, and is right then."""
    slower = make_url(address).update_query_dict({"connect_timeout": "33"}).render_as_string(hide_password=False)
    for url, patience in ((address, "10"), (slower, "33")):
        database = Database(url)
        with database.reading() as connection:
            told = connection.connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
        assert (told["connect_timeout"], told["tcp_user_timeout"]) == (patience, "15000")
        assert told["options"].startswith("-csearch_path=")
        await database.close()


async def test_a_full_disk_is_waited_for(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    await migrate(url)
    database = Database(url)
    turns = SqlTurns(database)
    await turns.begin(turn("t"))

    async def room(pages: str) -> None:
        await database.write(lambda connection: connection.execute(text(f"PRAGMA max_page_count = {pages}")).all())

    await room("1")  # no more than there are
    large = picture("p", "t", parts=(Part("long" * 100_000), *picture("p", "t").parts))
    adding = asyncio.create_task(turns.add(large))
    await asyncio.wait([adding], timeout=0.3)
    assert not adding.done()
    await room("100000")
    await asyncio.wait_for(adding, 10)
    assert len((await turns.find("t")).pictures) == 1
    await database.close()


async def test_a_server_that_only_reads_by_now_is_left_for_the_one_that_writes(
    database: Database, way: Lossy, rows: Rows
) -> None:
    """The connection stands; the next one reaches whoever has taken its place."""
    turns = SqlTurns(database)
    await turns.begin(turn("t"))
    await database.write(lambda connection: connection.execute(text("SET default_transaction_read_only = on")))
    await asyncio.wait_for(turns.add(picture("p", "t")), 10)
    assert await rows("SELECT id FROM pictures") == ["p"]


async def test_a_crowd_that_waits_does_not_storm_the_door(database: Database, way: Lossy, rows: Rows) -> None:
    turns = SqlTurns(database)
    await turns.begin(turn("t"))
    await way.cut()
    tried: list[int] = []

    def keep(connection: Connection, number: int) -> None:
        connection.execute(text("SELECT 1"))
        connection.execute(insert(posts).values(id=f"{number}", said=False))

    real = database.write

    async def counted(work: Callable[[Connection], Any]) -> Any:
        tried.append(1)
        return await real(work)

    database.write = counted  # type: ignore[method-assign]
    insisting = [asyncio.create_task(database.insist(partial(keep, number=number))) for number in range(50)]
    await asyncio.wait(insisting, timeout=1.0)
    assert 50 < len(tried) < 110  # once each, then one after the other
    await way.open()
    await asyncio.wait_for(asyncio.gather(*insisting), 10)
    assert await rows("SELECT count(*) FROM posts") == [50]
