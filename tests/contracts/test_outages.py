"""The database goes away while something is to be written that cannot be had again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, insert, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.catalogue import load
from bot.domain.options import Size
from bot.domain.pictures import Part
from bot.domain.spend import Budgets, Errand
from bot.engines import booked
from bot.engines.booked import BookedEngine
from bot.errors import ModelDown
from bot.ports import Accepted, Ask
from storage import database as door
from storage import requests as accepting
from storage.database import Database
from storage.ledger import SqlLedger
from storage.requests import SqlRequests
from storage.schema import migrate
from storage.tables import posts
from storage.turns import SqlTurns
from tests.contracts.conftest import Rows
from tests.contracts.made import ROOM, Clock, command, entry, paid, picture, turn
from tests.fakes.engines import PAINTED, ScriptedEngine
from tests.servers.lossy import Lossy


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "AGAIN", 0.02)
    monkeypatch.setattr(booked, "MOMENT", 0.05)


@pytest.fixture
def ledger(distant: Database) -> SqlLedger:
    return SqlLedger(distant, Budgets(), ZoneInfo("UTC"), "one", Clock())


async def until(look: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await look():  # noqa: ASYNC110 - the server has nobody to tell
            await asyncio.sleep(0.01)


async def test_a_bill_is_written_when_the_database_is_back(ledger: SqlLedger, way: Lossy, rows: Rows) -> None:
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
    distant: Database, way: Lossy, rows: Rows
) -> None:
    turns = SqlTurns(distant)
    await turns.begin(turn("t"))
    await way.cut()
    adding = asyncio.create_task(turns.add(picture("p", "t")))
    await asyncio.wait([adding], timeout=0.3)
    assert not adding.done()
    await way.open()
    await asyncio.wait_for(adding, 10)
    assert await rows("SELECT id FROM pictures") == ["p"]
    assert await rows("SELECT state FROM turns") == ["painted"]


async def test_what_people_ask_while_the_database_restarts_is_written_down(
    distant: Database, way: Lossy, rows: Rows
) -> None:
    requests = SqlRequests(distant)
    await way.cut()
    asking = [asyncio.create_task(requests.accept(command(key))) for key in "abc"]
    await asyncio.wait(asking, timeout=0.3)
    assert not any(each.done() for each in asking)
    await way.open()
    assert await asyncio.gather(*asking) == [Accepted.NEW] * 3
    assert await rows("SELECT key FROM requests ORDER BY number") == ["a", "b", "c"]


async def test_whoever_asks_hears_in_time_that_the_database_is_away(distant: Database, way: Lossy) -> None:
    """Slack waits for three seconds."""
    await way.cut()
    async with asyncio.timeout(2.5):
        with pytest.raises(OperationalError):
            await SqlRequests(distant).accept(command("a"))


async def test_so_does_whoever_asks_while_others_wait(distant: Database, way: Lossy) -> None:
    """They are the next batch, and have waited for as long as the first was tried."""
    requests = SqlRequests(distant)
    await way.cut()
    first = asyncio.create_task(requests.accept(command("a")))
    await asyncio.wait([first], timeout=0.1)
    async with asyncio.timeout(3):
        with pytest.raises(OperationalError):
            await requests.accept(command("b"))
    await asyncio.gather(first, return_exceptions=True)


async def test_whoever_has_just_asked_is_not_refused_because_others_have_waited(
    distant: Database, way: Lossy, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "LATEST", 30.0)
    requests = SqlRequests(distant)
    await way.cut()
    first = asyncio.create_task(requests.accept(command("a")))
    await asyncio.wait([first], timeout=0.1)
    second = asyncio.create_task(requests.accept(command("b")))
    await asyncio.wait([first], timeout=1.5)
    third = asyncio.create_task(requests.accept(command("c")))
    await asyncio.wait([first])
    await way.open()
    assert await asyncio.gather(second, third) == [Accepted.NEW] * 2
    assert await rows("SELECT key FROM requests ORDER BY number") == ["b", "c"]
    with pytest.raises(OperationalError):
        await first


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_a_wrong_statement_is_not_tried_for_ever(address: str, tmp_path: Path, kind: str) -> None:
    wrong = Database(address if kind == "postgres" else f"sqlite:///{tmp_path}/a.db")
    with pytest.raises(DBAPIError, match="nothing"):
        async with asyncio.timeout(5):
            await wrong.insist(lambda connection: connection.execute(text("SELECT * FROM nothing")))
    await wrong.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_an_error_does_not_tell_what_people_wrote(address: str, tmp_path: Path, kind: str) -> None:
    opened = Database(address if kind == "postgres" else f"sqlite:///{tmp_path}/a.db")
    with pytest.raises(DBAPIError) as caught:
        await opened.write(
            lambda connection: connection.execute(text("SELECT :asked FROM nothing"), {"asked": "a secret fox"})
        )
    await opened.close()
    assert "nothing" in str(caught.value)
    assert "secret fox" not in f"{caught.value} {caught.value!r}"


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
    ledger: SqlLedger, way: Lossy, rows: Rows
) -> None:
    catalogue = load()

    class Cut(ScriptedEngine):
        async def paint(self, ask: Ask) -> Any:
            await way.cut()
            return await super().paint(ask)

    engine = BookedEngine(Cut(), ledger, catalogue)
    ask = Ask(next(iter(catalogue.models)), "a red fox", size=Size.ONE, errand=Errand("t", 0, "U1", ROOM))
    assert await asyncio.wait_for(engine.paint(ask), 5) is PAINTED
    assert await rows("SELECT outcome FROM ledger") == ["open"]
    await way.open()

    async def settled() -> bool:
        return await rows("SELECT outcome FROM ledger") == ["paid"]

    await until(settled)


async def test_an_attempt_that_failed_keeps_its_hold_until_that_is_written(
    ledger: SqlLedger, way: Lossy, rows: Rows
) -> None:
    """Were the next attempt begun before, both would be held against the budget at once."""
    catalogue = load()

    class Cut(ScriptedEngine):
        async def paint(self, ask: Ask) -> Any:
            await way.cut()
            return await super().paint(ask)

    engine = BookedEngine(Cut(ModelDown("model_unreachable")), ledger, catalogue)
    ask = Ask(next(iter(catalogue.models)), "a red fox", size=Size.ONE, errand=Errand("t", 0, "U1", ROOM))
    painting = asyncio.create_task(engine.paint(ask))
    await asyncio.wait([painting], timeout=0.5)
    assert not painting.done()
    await way.open()
    with pytest.raises(ModelDown):
        await asyncio.wait_for(painting, 10)
    assert await rows("SELECT outcome FROM ledger") == ["failed"]


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
    distant: Database, way: Lossy, rows: Rows
) -> None:
    """The connection stands; the next one reaches whoever has taken its place."""
    turns = SqlTurns(distant)
    await turns.begin(turn("t"))
    await distant.write(lambda connection: connection.execute(text("SET default_transaction_read_only = on")))
    await asyncio.wait_for(turns.add(picture("p", "t")), 10)
    assert await rows("SELECT id FROM pictures") == ["p"]


async def test_a_crowd_that_waits_does_not_storm_the_door(distant: Database, way: Lossy, rows: Rows) -> None:
    turns = SqlTurns(distant)
    await turns.begin(turn("t"))
    await way.cut()
    tried: list[int] = []

    def keep(connection: Connection, number: int) -> None:
        connection.execute(text("SELECT 1"))
        connection.execute(insert(posts).values(id=f"{number}", said=False))

    real = distant.write

    async def counted(work: Callable[[Connection], Any]) -> Any:
        tried.append(1)
        return await real(work)

    distant.write = counted  # type: ignore[method-assign]
    insisting = [asyncio.create_task(distant.insist(partial(keep, number=number))) for number in range(50)]
    await asyncio.wait(insisting, timeout=1.0)
    assert 50 < len(tried) < 110  # once each, then one after the other
    await way.open()
    await asyncio.wait_for(asyncio.gather(*insisting), 10)
    assert await rows("SELECT count(*) FROM posts") == [50]
