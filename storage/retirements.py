"""Models that the provider no longer serves to us, in SQL."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, delete, select

from storage.clock import now
from storage.database import Database
from storage.tables import retirements
from storage.upserts import inserting

DAY = 24 * 60 * 60 * 1_000_000  # microseconds


class SqlRetirements:
    """Keeps the promise of `bot.ports.Retirements`. `clock` gives microseconds since 1970."""

    def __init__(self, database: Database, clock: Callable[[], int] = now) -> None:
        self._database = database
        self._clock = clock

    async def retire(self, model: str) -> None:
        """It was not there when it was asked. Forgotten after a day, so that a passing fault does not last."""
        moment = self._clock()
        await self._database.write(lambda connection: _retire(connection, model, moment))

    async def restore(self, model: str) -> None:
        """It painted: forget that it was not there. Nothing happens if nobody remembers that."""
        await self._database.write(lambda connection: _restore(connection, model))

    async def retired(self) -> frozenset[str]:
        """Those that were not there within the last day."""
        query = select(retirements.c.model).where(retirements.c.moment > self._clock() - DAY)
        return await self._database.read(lambda connection: frozenset(connection.scalars(query)))


def _retire(connection: Connection, model: str, moment: int) -> None:
    insert = inserting(connection, retirements).values(model=model, moment=moment)
    again = {"moment": insert.excluded.moment}
    connection.execute(insert.on_conflict_do_update(index_elements=[retirements.c.model], set_=again))


def _restore(connection: Connection, model: str) -> None:
    connection.execute(delete(retirements).where(retirements.c.model == model))
