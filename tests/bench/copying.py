"""Makes one past into a much busier one: the database itself copies every row many times, with other ids.

Making each row in Python takes many times as long. In a copy the last three digits of ids are others, those of threads'
timestamps too, and everything happens a few seconds later; so a copy's turns are each other's parents and its calls
those of its own pictures. Only the keys of requests no longer say which turn came of them. Rows lie in the order in
which things happened, as they do in life.
"""

from __future__ import annotations

from sqlalchemy import Connection, Table, text

from bot.domain.requests import Place
from storage.addresses import SQLITE
from storage.tables import metadata

MOST = 999
SHIFT = 3_600_000  # microseconds between two copies of the same moment
TURN, RESULT, BLOB = 18, 25, 20  # digits that stay of "t…", "result:t…" and "ab/…"; the next three are the copy's own
IDS = {
    "turns": {"id": TURN, "parent": TURN},
    "turn_references": {"turn": TURN, "blob_key": BLOB},
    "pictures": {"id": TURN, "turn": TURN, "blob_key": BLOB},
    "parts": {"picture": TURN, "blob_key": BLOB},
    "posts": {"id": RESULT},
    "ledger": {"id": TURN, "turn": TURN},
    "verdicts": {"picture": TURN},
    "displays": {"picture": TURN},
    "threads": {"newest": TURN},
    "requests": {"picture": TURN},
}
MOMENTS = frozenset({"accepted", "admitted", "begun", "finished", "settled", "moment"})
STAMPS = frozenset({"thread", "post", "ts", "lane"})  # they end in a timestamp; a shorter one ("", "0") is none
STAMP = len("1763720000.000100")
DROP, ADD = "DROP CONSTRAINT {name}", "ADD CONSTRAINT {name} FOREIGN KEY ({here}) REFERENCES {there}"


def copy(connection: Connection, copies: int) -> None:
    """There are so many of every row afterwards, none of them quite as it was. ValueError for over 999."""
    if copies > MOST:
        raise ValueError(f"{copies} copies need more digits than an id can spare")
    connection.execute(text("CREATE TEMPORARY TABLE copies (k BIGINT, hex TEXT, tail TEXT)"))
    connection.execute(text("INSERT INTO copies VALUES (:k, :hex, :tail)"), [_marks(k) for k in range(copies)])
    if connection.dialect.name != SQLITE:
        _references(connection, DROP)
    for table in metadata.sorted_tables:
        _copy(connection, table)
    if connection.dialect.name != SQLITE:
        _references(connection, ADD)
    connection.execute(text("DROP TABLE copies"))


def copied(picture: str, place: Place, k: int) -> tuple[str, Place]:
    """This picture and its thread in the k-th copy."""
    marks = _marks(k)
    id = f"{picture[:TURN]}{marks['hex']}{picture[TURN + 3 :]}"
    return id, Place(place.team, place.channel, f"{place.thread[:-3]}{marks['tail']}")


def _marks(k: int) -> dict[str, object]:
    return {"k": k, "hex": f"{k:03x}", "tail": f"{k:03}"}


def _copy(connection: Connection, table: Table) -> None:
    """All anew, each row with its copies; a number that the database gives is given anew as well."""
    columns = [column.name for column in table.columns if column.autoincrement is not True]
    named = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(_value(table.name, name) for name in columns)
    connection.execute(text(f"CREATE TEMPORARY TABLE seed AS SELECT * FROM {table.name}"))
    connection.execute(text(f"DELETE FROM {table.name}"))
    # In SQLite CROSS JOIN fixes the order of the loops; Postgres takes the small table for the inner one by itself.
    connection.execute(text(f"INSERT INTO {table.name} ({named}) SELECT {values} FROM seed s CROSS JOIN copies c"))
    connection.execute(text("DROP TABLE seed"))


def _value(table: str, name: str) -> str:
    """What stands in this column of a copy, in SQL that both databases know."""
    column = f's."{name}"'
    if name in MOMENTS:
        return f"{column} + c.k * {SHIFT}"
    if name in STAMPS:
        tail = f"substr({column}, 1, length({column}) - 3) || c.tail"
        return f"CASE WHEN length({column}) < {STAMP} THEN {column} ELSE {tail} END"
    if (table, name) == ("requests", "key"):
        return f"{column} || ':' || c.hex"
    if stays := IDS.get(table, {}).get(name):
        other = f"substr({column}, 1, {stays}) || c.hex || substr({column}, {stays + 4})"
        return f"CASE WHEN {column} = '' THEN {column} ELSE {other} END"
    return column


def _references(connection: Connection, change: str) -> None:
    """Drop them or add them: one look at the whole is quicker than one at each row."""
    for table in metadata.sorted_tables:
        for reference in table.foreign_key_constraints:
            there = reference.elements[0].column
            said = {"name": reference.name, "here": reference.column_keys[0], "there": f"{there.table} ({there.name})"}
            connection.execute(text(f"ALTER TABLE {table.name} {change.format(**said)}"))
