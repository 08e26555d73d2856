"""The turns in SQL, each with its references, its pictures and their exact parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, delete, exists, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.pictures import Picture, Reference
from bot.domain.requests import Place
from bot.domain.turns import State, Trouble, Turn
from storage.database import Database
from storage.keeping import keep_picture, keep_references, keep_turn
from storage.loading import ancestry, load, turn_of
from storage.rows import trouble_row
from storage.tables import pictures, references, turns

HAS_PICTURES = exists().where(pictures.c.turn == turns.c.id)
AFTER_PAINTING = case(
    (turns.c.state == State.SHOWN.value, State.SHOWN.value),
    (HAS_PICTURES, State.PAINTED.value),
    else_=State.FAILED.value,
)
AFTER_SHOWING = case((turns.c.state == State.FAILED.value, State.FAILED.value), else_=State.SHOWN.value)


class SqlTurns:
    """Keeps the promise of `bot.ports.Turns`. What is told about an unknown turn or picture raises KeyError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, turn: Turn) -> Turn:
        """Store it, or return what is stored under its id."""
        async with self._database.writing() as connection:
            await keep_turn(connection, turn)
        return await self.find(turn.id)

    async def find(self, id: str) -> Turn:
        """KeyError if unknown."""
        async with self._database.reading() as connection:
            found = await load(connection, [id])
        if not found:
            raise KeyError(id)
        return found[0]

    async def of_picture(self, picture: str) -> Turn | None:
        """The turn this picture belongs to."""
        async with self._database.reading() as connection:
            ids = (await connection.scalars(turn_of(picture))).all()
            found = await load(connection, ids)
        return found[0] if found else None

    async def chain(self, picture: str) -> tuple[Turn, ...]:
        """The turn of this picture with all its ancestors by `parent`, oldest first. Empty for an unknown picture."""
        async with self._database.reading() as connection:
            newest_first = dict.fromkeys(await connection.scalars(ancestry(picture)))
            return await load(connection, [*reversed(newest_first)])

    async def gathered(self, id: str, references: Sequence[Reference], context: str, notes: Sequence[Trouble]) -> None:
        """What the model will be given besides the prompt. Replaces what an earlier run stored."""
        async with self._database.writing() as connection:
            await _change(connection, id, context=context, notes=[trouble_row(note) for note in notes])
            await _forget_references(connection, id)
            await keep_references(connection, id, references)

    async def add(self, picture: Picture) -> None:
        """Store a picture with its answer; nothing happens if (turn, index) is already there."""
        try:
            async with self._database.writing() as connection:
                await keep_picture(connection, picture)
        except IntegrityError as exc:
            raise KeyError(picture.turn) from exc

    async def painted(self, id: str, missing: int, trouble: Trouble | None) -> None:
        """No more pictures will come. With no picture at all the turn has failed. What was shown stays shown."""
        told = trouble_row(trouble) if trouble else None
        async with self._database.writing() as connection:
            await _change(connection, id, missing=missing, trouble=told, state=AFTER_PAINTING)

    async def uploaded(self, picture: str, file: str) -> None:
        """Slack's id of the picture's file."""
        async with self._database.writing() as connection:
            stored = await connection.execute(update(pictures).where(pictures.c.id == picture).values(file=file))
            if stored.rowcount == 0:
                raise KeyError(picture)

    async def shown(self, id: str, post: str) -> None:
        """The result message's timestamp. A failed turn stays failed."""
        async with self._database.writing() as connection:
            await _change(connection, id, post=post, state=AFTER_SHOWING)

    async def withdrawn(self, place: Place, post: str) -> None:
        """The message that showed a turn was deleted: `post` becomes empty. Nothing happens if it showed none."""
        at = (turns.c.team == place.team, turns.c.channel == place.channel, turns.c.post == post)
        async with self._database.writing() as connection:
            await connection.execute(update(turns).where(*at).values(post=""))


async def _change(connection: AsyncConnection, id: str, **values: Any) -> None:
    changed = await connection.execute(update(turns).where(turns.c.id == id).values(**values))
    if changed.rowcount == 0:
        raise KeyError(id)


async def _forget_references(connection: AsyncConnection, turn: str) -> None:
    await connection.execute(delete(references).where(references.c.turn == turn))
