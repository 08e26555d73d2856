"""The turns in SQL, each with its references, its pictures and their exact parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, case, delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.pictures import Picture, Reference
from bot.domain.requests import Place
from bot.domain.turns import State, Trouble, Turn
from storage.database import Database
from storage.keeping import keep_picture, keep_references, keep_turn
from storage.loading import ancestry, load, turn_of
from storage.rows import trouble_row
from storage.tables import pictures, references, turns
from storage.threads import point_at

HAS_PICTURES = exists().where(pictures.c.turn == turns.c.id)
AFTER_FALLING_SHORT = case(
    (turns.c.state == State.SHOWN.value, State.SHOWN.value),
    (HAS_PICTURES, State.PAINTED.value),
    else_=State.FAILED.value,
)
ASKED = turns.c.state == State.ASKED.value
AFTER_SHOWING = case((turns.c.state == State.FAILED.value, State.FAILED.value), else_=State.SHOWN.value)


class SqlTurns:
    """Keeps the promise of `bot.ports.Turns`. What is told about an unknown turn or picture raises KeyError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, turn: Turn) -> Turn:
        """Store it, or return what is stored under its id."""
        return await self._database.write(lambda connection: _begin(connection, turn))

    async def find(self, id: str) -> Turn:
        """KeyError if unknown."""
        found = await self._database.read(lambda connection: load(connection, [id]))
        if not found:
            raise KeyError(id)
        return found[0]

    async def of_picture(self, picture: str) -> Turn | None:
        """The turn this picture belongs to."""
        found = await self._database.read(lambda connection: _load_by(connection, turn_of(picture)))
        return found[0] if found else None

    async def chain(self, picture: str) -> tuple[Turn, ...]:
        """The turn of this picture with all its ancestors by `parent`, oldest first. Empty for an unknown picture."""
        found = await self._database.read(lambda connection: _load_by(connection, ancestry(picture)))
        return tuple(reversed(found))

    async def gathered(self, id: str, references: Sequence[Reference], context: str, notes: Sequence[Trouble]) -> None:
        """What the model will be given besides the prompt. Replaces what an earlier run stored."""

        def replace(connection: Connection) -> None:
            _change(connection, id, context=context, notes=[trouble_row(note) for note in notes])
            _forget_references(connection, id)
            keep_references(connection, id, references)

        await self._database.write(replace)

    async def moved(self, id: str, model: str, note: Trouble) -> None:
        """The turn goes to this model instead; `note` is added to its notes, once."""
        await self._database.write(lambda connection: _moved(connection, id, model, note))

    async def told(self, id: str, left_out: Trouble | None) -> None:
        """What of the story the model was not given; None when it was given all."""
        told = trouble_row(left_out) if left_out else None
        await self._database.write(lambda connection: _change(connection, id, left_out=told))

    async def add(self, picture: Picture) -> None:
        """Store a picture with its answer: the turn is painted. Nothing happens if (turn, index) is already there.

        Waits for a database that is away.
        """
        try:
            await self._database.insist(lambda connection: _add(connection, picture))
        except IntegrityError as exc:
            raise KeyError(picture.turn) from exc

    async def fell_short(self, id: str, missing: int, trouble: Trouble) -> None:
        """So many pictures will not come, and why. With no picture at all the turn has failed."""
        values = {"missing": missing, "trouble": trouble_row(trouble), "state": AFTER_FALLING_SHORT}
        await self._database.write(lambda connection: _change(connection, id, **values))

    async def shown(self, turn: Turn, post: str) -> None:
        """The result stands at this timestamp, its pictures have their files, and the first is the thread's newest.

        A failed turn stays failed.
        """
        await self._database.write(lambda connection: _shown(connection, turn, post))

    async def withdrawn(self, place: Place, post: str) -> None:
        """The message that showed a turn was deleted: `post` becomes empty. Nothing happens if it showed none."""
        at = (turns.c.team == place.team, turns.c.channel == place.channel, turns.c.post == post)
        gone = update(turns).where(*at).values(post="")
        await self._database.write(lambda connection: connection.execute(gone))


def _begin(connection: Connection, turn: Turn) -> Turn:
    keep_turn(connection, turn)
    return load(connection, [turn.id])[0]


def _load_by(connection: Connection, ids: Select[str]) -> tuple[Turn, ...]:
    """The turns whose ids this query finds, in its order."""
    return load(connection, list(dict.fromkeys(connection.scalars(ids))))


def _moved(connection: Connection, id: str, model: str, note: Trouble) -> None:
    # Locked on Postgres, so that of two notes at once none is lost; SQLite has one writer anyway.
    notes = connection.scalars(select(turns.c.notes).where(turns.c.id == id).with_for_update()).one_or_none()
    added = trouble_row(note)
    _change(connection, id, model=model, notes=notes if added in (notes or []) else [*(notes or []), added])


def _add(connection: Connection, picture: Picture) -> None:
    keep_picture(connection, picture)
    connection.execute(update(turns).where(turns.c.id == picture.turn, ASKED).values(state=State.PAINTED.value))


def _shown(connection: Connection, turn: Turn, post: str) -> None:
    _change(connection, turn.id, post=post, state=AFTER_SHOWING)
    for picture in turn.pictures:
        connection.execute(update(pictures).where(pictures.c.id == picture.id).values(file=picture.file))
    if turn.pictures:
        point_at(connection, turn.place, turn.pictures[0].id)


def _change(connection: Connection, id: str, **values: Any) -> None:
    changed = connection.execute(update(turns).where(turns.c.id == id).values(**values))
    if changed.rowcount == 0:
        raise KeyError(id)


def _forget_references(connection: Connection, turn: str) -> None:
    connection.execute(delete(references).where(references.c.turn == turn))
