"""However many requests are finished, the queries about the others do not read them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from bot.domain.forgetting import Share
from bot.domain.limits import Limits
from bot.domain.periods import Period
from bot.domain.requests import Act
from bot.domain.spend import Budgets, Scope, Verdict
from bot.domain.turns import Trouble
from storage import erasing
from storage.database import Database
from storage.executors import SqlExecutors
from storage.forgetting import Names, SqlForgetting
from storage.ledger import SqlLedger
from storage.naming import SqlNaming
from storage.requests import SqlRequests
from storage.schema import migrate
from storage.threads import SqlThreads
from storage.turns import SqlTurns
from storage.verdicts import SqlVerdicts
from tests.contracts.made import ROOM, click, command, entry, paid, picture, reply, turn

# From end to end means: a table itself, or a range of its numbers; or an index, if it has the finished ones too.
# Not here: the models known to be retired, which are a handful.
TABLES = "requests|busy|turns|pictures|parts|turn_references|threads|posts|ledger|verdicts|displays"
WHOLE = re.compile(rf"SCAN ({TABLES})\b|SEARCH .*\(rowid[<>]")
SMALL = re.compile(r"SCAN \w+ USING (COVERING )?INDEX ix_(requests_(waiting|working)|ledger_open)")

NAMES = Names(str, lambda key: [key], str)
MONTH = Period("2026-11", 1_793_491_200_000_000, 1_796_083_200_000_000)
Doing = Callable[[Database], Awaitable[object]]
DOINGS: dict[str, Doing] = {
    "find": lambda database: SqlRequests(database).find("a"),
    "unnamed": lambda database: SqlNaming(database).unnamed(["a", "b"]),
    "accept": lambda database: SqlRequests(database).accept(command("new")),
    "click": lambda database: SqlRequests(database).accept(click("new", Act.PICK)),
    "claim": lambda database: SqlRequests(database).claim(10),
    "adopt": lambda database: SqlRequests(database).adopt("a"),
    "begun": lambda database: SqlRequests(database).begun("a"),
    "failed": lambda database: SqlRequests(database).failed("a", "why"),
    "join": lambda database: SqlExecutors(database, "one", "x").join(),
    "beat": lambda database: SqlExecutors(database, "one", "x").beat(),
    "inherit": lambda database: SqlExecutors(database, "one", "x").inherit(),
    "leave": lambda database: SqlExecutors(database, "one", "x").leave(),
    "cancel": lambda database: SqlRequests(database).cancel(ROOM, "U1", "1763720000.000100"),
    "cancelled": lambda database: SqlRequests(database).cancelled(),
    "at work": lambda database: SqlRequests(database).at_work(),
    "rooted": lambda database: SqlRequests(database).rooted("a", ROOM),
    "finish": lambda database: SqlRequests(database).finish("a"),
    "chain": lambda database: SqlTurns(database).chain("p"),
    "of picture": lambda database: SqlTurns(database).of_picture("p"),
    "begin": lambda database: SqlTurns(database).begin(turn("t")),
    "gathered": lambda database: SqlTurns(database).gathered("t", [], "", []),
    "add": lambda database: SqlTurns(database).add(picture("q", "t", 1)),
    "fell short": lambda database: SqlTurns(database).fell_short("t", 1, Trouble("why")),
    "shown": lambda database: SqlTurns(database).shown(turn("t", pictures=(picture("p", "t"),)), "1.0"),
    "withdrawn": lambda database: SqlTurns(database).withdrawn(ROOM, "1.0"),
    "moved": lambda database: SqlTurns(database).moved("t", "m", Trouble("why")),
    "told": lambda database: SqlTurns(database).told("t", None),
    "open": lambda database: books(database).open(entry("new")),
    "open at a pace": lambda database: paced(database).open(entry("new")),
    "settle": lambda database: books(database).settle("e", paid()),
    "afford": lambda database: books(database).afford(ROOM, "U1", Decimal(1)),
    "of a person": lambda database: books(database).by_tier(Scope("T1", asker="U1"), MONTH),
    "of a channel": lambda database: books(database).by_tier(Scope("T1", channel="C1"), MONTH),
    "of a person in a channel": lambda database: books(database).by_tier(Scope("T1", "C1", "U1"), MONTH),
    "of a workspace": lambda database: books(database).by_tier(Scope("T1"), MONTH),
    "give": lambda database: SqlVerdicts(database).give([Verdict("p", "U1", True, 1)]),
    "tally": lambda database: SqlVerdicts(database).tally(["p", "q"]),
    "at": lambda database: SqlVerdicts(database).at(ROOM, "1.0"),
    "display": lambda database: SqlVerdicts(database).display(ROOM, "1.0", ["p", "q"]),
    "forgetting's at work": lambda database: SqlForgetting(database, NAMES).at_work(Share(before=1)),
    "erase": lambda database: database.write(lambda connection: erasing.turns_of(connection, ["t"], ["r"])),
    "thread": lambda database: SqlThreads(database).find(ROOM),
    "point": lambda database: SqlThreads(database).point(ROOM, "p"),
}


@pytest.mark.parametrize("doing", DOINGS)
async def test_no_table_is_read_from_end_to_end(tmp_path: Path, doing: str) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    await migrate(url)
    database = Database(url)
    await filled(database)
    statements = await watched(database, DOINGS[doing])
    plans = [line for statement in statements for line in plan(database, *statement)]
    await database.close()
    assert statements
    assert [line for line in plans if WHOLE.match(line) and not SMALL.match(line)] == []


async def test_a_workspaces_month_is_summed_from_an_index_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    await migrate(url)
    database = Database(url)
    (asked,) = await watched(database, lambda database: books(database).spent("T1", MONTH))
    said = plan(database, *asked)
    await database.close()
    assert said == ["SEARCH ledger USING COVERING INDEX ix_ledger_team (team=? AND begun>? AND begun<?)"]


async def test_a_persons_day_is_summed_from_an_index_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    await migrate(url)
    database = Database(url)
    (asked,) = await watched(database, lambda database: books(database).spent("T1", MONTH, "U1"))
    said = plan(database, *asked)
    await database.close()
    assert said == ["SEARCH ledger USING COVERING INDEX ix_ledger_asker (team=? AND asker=? AND begun>? AND begun<?)"]


@pytest.mark.parametrize("doing", ["open", "afford"])
async def test_budgets_are_summed_from_indexes_alone(tmp_path: Path, doing: str) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    await migrate(url)
    database = Database(url)
    sums = [one for one in await watched(database, DOINGS[doing]) if one[0].startswith("SELECT")]
    plans = [plan(database, *one) for one in sums]
    await database.close()
    assert plans == [
        ["SEARCH ledger USING COVERING INDEX ix_ledger_team (team=? AND begun>? AND begun<?)"],
        ["SEARCH ledger USING COVERING INDEX ix_ledger_asker (team=? AND asker=? AND begun>? AND begun<?)"],
    ]


async def test_a_minute_is_counted_from_its_index_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    await migrate(url)
    database = Database(url)
    counts = [one for one in await watched(database, DOINGS["open at a pace"]) if one[0].startswith("SELECT")]
    plans = [plan(database, *one) for one in counts]
    await database.close()
    assert plans == [["SEARCH ledger USING COVERING INDEX ix_ledger_pace (model=? AND route=? AND begun>?)"]]


def books(database: Database) -> SqlLedger:
    return SqlLedger(database, Budgets(Decimal(10), Decimal(1000)), ZoneInfo("UTC"), "one")


def paced(database: Database) -> SqlLedger:
    return SqlLedger(database, Budgets(), ZoneInfo("UTC"), "one", limits=lambda: Limits(pace=9))


async def filled(database: Database) -> None:
    requests = SqlRequests(database)
    for one in (command("a"), command("b"), reply("c")):
        await requests.accept(one)
    await requests.claim(1)
    await SqlTurns(database).begin(turn("t", pictures=(picture("p", "t"),)))
    await books(database).open(entry("e"))


async def watched(database: Database, doing: Doing) -> list[tuple[str, object]]:
    """The statements this sends."""
    seen: list[tuple[str, object]] = []

    def see(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append((statement, parameters))

    for engine in (database._reader, database._writer):
        event.listen(engine, "before_cursor_execute", see)
    await doing(database)
    for engine in (database._reader, database._writer):
        event.remove(engine, "before_cursor_execute", see)
    return seen


def plan(database: Database, statement: str, parameters: object) -> list[str]:
    many = isinstance(parameters, list)
    with database.reading() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters)
        return [row.detail for row in rows]
