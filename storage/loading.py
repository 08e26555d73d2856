"""Reading turns whole: a fixed number of queries, however many turns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, RowMapping, Select, literal, select

from bot.domain.options import Options, Size, Think, Tier
from bot.domain.pictures import Part, Picture, Reference
from bot.domain.requests import Act
from bot.domain.turns import State, Turn
from storage.rows import to_part, to_picture, to_place, to_reference, to_trouble
from storage.tables import parts, pictures, references, turns

LONGEST = 10_000  # turns in a chain: a guard against a circle of parents, which no one can make by talking


def ancestry(picture: str) -> Select[str]:
    """The ids of the turn of this picture and of all its ancestors, newest first."""
    start = select(turns.c.id, turns.c.parent, literal(0).label("depth"))
    line = start.where(turns.c.id == turn_of(picture).scalar_subquery()).cte("line", recursive=True)
    older = select(turns.c.id, turns.c.parent, line.c.depth + 1)
    older = older.join_from(line, pictures, pictures.c.id == line.c.parent).join(turns, turns.c.id == pictures.c.turn)
    line = line.union_all(older.where(line.c.depth < LONGEST))
    return select(line.c.id).order_by(line.c.depth)


def turn_of(picture: str) -> Select[str]:
    """The id of the turn this picture belongs to."""
    return select(pictures.c.turn).where(pictures.c.id == picture)


def load(connection: Connection, ids: Sequence[str]) -> tuple[Turn, ...]:
    """The turns with these ids, in this order, without those that are unknown."""
    if not ids:
        return ()
    rows = (connection.execute(select(turns).where(turns.c.id.in_(ids)))).mappings()
    given = _references(connection, ids)
    painted = _pictures(connection, ids)
    found = {row["id"]: _turn(row, given[row["id"]], painted[row["id"]]) for row in rows}
    return tuple(found[id] for id in ids if id in found)


def _references(connection: Connection, ids: Sequence[str]) -> defaultdict[str, list[Reference]]:
    query = select(references).where(references.c.turn.in_(ids)).order_by(references.c.position)
    found: defaultdict[str, list[Reference]] = defaultdict(list)
    for row in (connection.execute(query)).mappings():
        found[row["turn"]].append(to_reference(row))
    return found


def _pictures(connection: Connection, ids: Sequence[str]) -> defaultdict[str, list[Picture]]:
    query = select(pictures).where(pictures.c.turn.in_(ids)).order_by(pictures.c.position)
    rows = (connection.execute(query)).mappings().all()
    answers = _parts(connection, ids) if rows else defaultdict(list)
    found: defaultdict[str, list[Picture]] = defaultdict(list)
    for row in rows:
        found[row["turn"]].append(to_picture(row, tuple(answers[row["id"]])))
    return found


def _parts(connection: Connection, ids: Sequence[str]) -> defaultdict[str, list[Part]]:
    query = select(parts).join(pictures, pictures.c.id == parts.c.picture).where(pictures.c.turn.in_(ids))
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for row in (connection.execute(query.order_by(parts.c.position))).mappings():
        found[row["picture"]].append(to_part(row))
    return found


def _turn(row: RowMapping, given: Iterable[Reference], painted: Iterable[Picture]) -> Turn:
    return Turn(
        id=row["id"],
        place=to_place(row),
        act=Act(row["act"]),
        asker=row["asker"],
        words=row["words"],
        prompt=row["prompt"],
        options=_options(row),
        model=row["model"],
        parent=row["parent"],
        escalated=None if row["escalated"] is None else Tier(row["escalated"]),
        state=State(row["state"]),
        references=tuple(given),
        context=row["context"],
        notes=tuple(to_trouble(note) for note in row["notes"]),
        pictures=tuple(painted),
        missing=row["missing"],
        trouble=None if row["trouble"] is None else to_trouble(row["trouble"]),
        post=row["post"],
        left_out=None if row["left_out"] is None else to_trouble(row["left_out"]),
        author=row["author"],
    )


def _options(row: RowMapping) -> Options:
    size = None if row["size"] is None else Size(row["size"])
    tier = None if row["tier"] is None else Tier(row["tier"])
    think = None if row["think"] is None else Think(row["think"])
    return Options(row["ratio"], size, row["count"], tier, think, row["ground"], row["later"])
