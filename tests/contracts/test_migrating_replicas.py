"""From the schema with money in it to the newest: everything is still there, and an old process works beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from sqlalchemy import Connection, text

from bot.domain.requests import Act, ImageRequest, Place
from bot.domain.spend import Budgets
from bot.domain.threads import Thread
from bot.errors import PersonCanFix
from bot.ports import Accepted
from storage.database import Database
from storage.ledger import SqlLedger
from storage.requests import SqlRequests
from storage.schema import migrate
from storage.threads import SqlThreads
from storage.turns import SqlTurns
from tests.contracts.made import ROOM, Clock, entry, picture, turn
from tests.contracts.test_migrating_money import PICTURE, TURN, go, insert

NOW = Clock().now
# What a process of the version before writes, reads and marks: columns that it knows, and no other.
REQUEST = {
    "key": "k",
    "act": "reply",
    "team": "T1",
    "channel": "C1",
    "thread": ROOM.thread,
    "asker": "U1",
    "ts": "1763720001.000100",
    "text": "make it snow",
    "attachments": '[["F1", "fox.png"]]',
    "picture": "",
    "answer_url": "",
    "partial": False,
    "lane": ROOM.id,
    "moment": 1,
    "accepted": NOW,
    "admitted": None,
    "finished": None,
}
CALL = {
    "id": "c",
    "executor": "threadpaint",
    "turn": "t",
    "position": 0,
    "asker": "U1",
    "team": "T1",
    "channel": "C1",
    "thread": ROOM.thread,
    "model": "model-1",
    "tier": "flash",
    "route": "gemini",
    "size": "1K",
    "begun": NOW,
    "settled": None,
    "outcome": "open",
    "reason": "",
    **dict.fromkeys(("prompt", "prompt_image", "image", "thinking", "total", "pictures", "queries"), 0),
    "held": 70_000_000_000,
    "price": 0,
    "counts": 70_000_000_000,
}
HEADS = """
    SELECT key FROM (
        SELECT key, number, row_number() OVER (PARTITION BY lane ORDER BY moment, number) AS rank FROM requests
        WHERE finished IS NULL AND admitted IS NULL AND NOT EXISTS (
            SELECT 1 FROM requests AS busy
            WHERE busy.finished IS NULL AND busy.admitted IS NOT NULL AND busy.lane = requests.lane)
    ) AS ranked WHERE rank = 1 ORDER BY number
"""
ADMIT = "UPDATE requests SET admitted = :now WHERE key = :key AND finished IS NULL AND admitted IS NULL"
FINISH = "UPDATE requests SET finished = :now WHERE key = :key AND finished IS NULL"


def ask(connection: Connection, key: str, lane: str = ROOM.id, **changes: Any) -> None:
    insert(connection, "requests", REQUEST | {"key": key, "lane": lane} | changes)


def old_rows(connection: Connection) -> None:
    ask(connection, "done", admitted=2, finished=3)
    ask(connection, "working", admitted=2)
    ask(connection, "behind it", moment=2)
    ask(connection, "elsewhere", lane="T1:C2:1")
    insert(connection, "threads", {"team": "T1", "channel": "C1", "thread": ROOM.thread, "ours": True, "newest": "t-0"})
    insert(connection, "posts", {"id": "root:done", "said": True})
    insert(connection, "turns", TURN | {"ground": True, "left_out": None, "think": "low"})
    insert(connection, "pictures", PICTURE | {"model": "model-1", "route": "gemini"})
    insert(connection, "ledger", CALL)
    insert(connection, "ledger", CALL | {"id": "paid", "outcome": "paid", "settled": NOW, "price": 5, "counts": 5})
    insert(connection, "verdicts", {"picture": "t-0", "person": "U1", "kept": True, "moment": 1, "by_reaction": False})


@pytest.fixture
async def old(empty_url: str) -> AsyncIterator[Database]:
    """With the schema of the version before, and something in each of its tables."""
    database = Database(empty_url)
    await database.open()
    await asyncio.to_thread(go, empty_url, command.upgrade, "0002")
    await database.write(old_rows)
    yield database
    await database.close()


@pytest.fixture
async def new(empty_url: str, old: Database) -> Database:
    """The same, migrated under the old process's feet."""
    await migrate(empty_url)
    return old


def counted(table: str) -> Callable[[Connection], Any]:
    return lambda connection: connection.scalar(text(f"SELECT count(*) FROM {table}"))


async def test_nothing_is_lost(new: Database) -> None:
    requests = SqlRequests(new, executor="new")
    request = await requests.find("working")
    assert (request.act, request.place, request.attachments[0].name) == (Act.REPLY, ROOM, "fox.png")
    assert await SqlThreads(new).find(ROOM) == Thread(ROOM, ours=True, newest="t-0")
    found = await SqlTurns(new).find("t")
    assert (found.options.ground, found.options.think, [each.id for each in found.pictures]) == (True, "low", ["t-0"])
    assert await new.read(counted("verdicts")) == 1
    assert await new.read(counted("ledger")) == 2


async def test_what_was_known_is_still_known(new: Database) -> None:
    requests = SqlRequests(new, executor="new")
    again = await requests.find("done")
    assert await requests.accept(again) is Accepted.KNOWN
    assert await requests.at_work() == []


async def test_nobody_works_where_the_old_process_does(new: Database) -> None:
    requests = SqlRequests(new, executor="new")
    assert await requests.claim(9) == ["elsewhere"]
    await new.write(lambda connection: connection.execute(text(FINISH), {"key": "working", "now": NOW}))
    assert await requests.claim(9) == ["behind it"]


async def test_the_old_process_does_not_work_where_a_new_one_does(new: Database) -> None:
    requests = SqlRequests(new, executor="new")
    assert await requests.claim(9) == ["elsewhere"]
    await new.write(lambda connection: ask(connection, "later", lane="T1:C2:1", moment=2))
    assert await new.read(lambda connection: list(connection.scalars(text(HEADS)))) == []
    admitted = await new.write(lambda connection: connection.execute(text(ADMIT), {"key": "elsewhere", "now": NOW}))
    assert admitted.rowcount == 0
    await requests.finish("elsewhere")
    assert await new.read(lambda connection: list(connection.scalars(text(HEADS)))) == ["later"]


async def test_each_takes_what_the_other_accepted(new: Database) -> None:
    requests = SqlRequests(new, executor="new")
    await requests.claim(9)
    accepted = ImageRequest("by the new", Act.REPLY, Place("T1", "C3", "1"), "U1", "1763720003.000100", "make it rain")
    assert await requests.accept(accepted) is Accepted.NEW
    assert await new.read(lambda connection: list(connection.scalars(text(HEADS)))) == ["by the new"]
    await new.write(lambda connection: ask(connection, "by the old", lane="T1:C4:1"))
    assert set(await requests.claim(9)) == {"by the new", "by the old"}


async def test_both_spend_from_one_budget(new: Database) -> None:
    ledger = SqlLedger(new, Budgets(Decimal("0.20"), None), ZoneInfo("UTC"), "new", Clock())
    await ledger.open(entry("n", "0.07"))
    with pytest.raises(PersonCanFix):
        await ledger.open(entry("one too many", "0.07"))
    await new.write(
        lambda connection: insert(connection, "ledger", CALL | {"id": "d", "asker": "U2", "counts": 2 * 10**11})
    )
    with pytest.raises(PersonCanFix):
        await ledger.open(entry("m", "0.01", asker="U2"))


async def test_turns_of_the_old_process_are_read(new: Database) -> None:
    await new.write(lambda connection: insert(connection, "turns", TURN | {"id": "u"}))
    await new.write(lambda connection: insert(connection, "pictures", PICTURE | {"id": "u-0", "turn": "u"}))
    assert await SqlTurns(new).find("u") == turn("u", pictures=(picture("u-0", "u", parts=()),))


async def test_there_and_back_and_there_again(empty_url: str, new: Database) -> None:
    await SqlRequests(new, executor="new").claim(9)
    await asyncio.to_thread(go, empty_url, command.downgrade, "0002")
    assert await new.read(lambda connection: list(connection.scalars(text(HEADS)))) == []
    await migrate(empty_url)
    assert await new.read(counted("requests")) == 4
    assert (await SqlRequests(new, executor="new").find("elsewhere")).text == "make it snow"
