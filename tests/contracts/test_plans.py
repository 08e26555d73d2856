"""However many requests are finished, the queries about the others do not read them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.domain.requests import Act
from bot.domain.turns import Trouble
from storage.database import Database
from storage.requests import SqlRequests
from storage.schema import migrate
from storage.threads import SqlThreads
from storage.turns import SqlTurns
from tests.contracts.made import ROOM, click, command, picture, reply, turn

# From end to end means: a table itself, or a range of its numbers; or an index, if it has the finished ones too.
WHOLE = re.compile(r"SCAN (requests|busy|turns|pictures|parts|turn_references|threads|posts)\b|SEARCH .*\(rowid[<>]")
SMALL = re.compile(r"SCAN \w+ USING (COVERING )?INDEX ix_requests_(waiting|working)")

Doing = Callable[[Database], Awaitable[object]]
DOINGS: dict[str, Doing] = {
    "find": lambda database: SqlRequests(database).find("a"),
    "accept": lambda database: SqlRequests(database).accept(command("new")),
    "click": lambda database: SqlRequests(database).accept(click("new", Act.PICK)),
    "admissible": lambda database: SqlRequests(database).admissible(10),
    "at work": lambda database: SqlRequests(database).at_work(),
    "admit": lambda database: SqlRequests(database).admit(["b"]),
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


async def filled(database: Database) -> None:
    requests = SqlRequests(database)
    for one in (command("a"), command("b"), reply("c")):
        await requests.accept(one)
    await requests.admit(["a"])
    await SqlTurns(database).begin(turn("t", pictures=(picture("p", "t"),)))


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
