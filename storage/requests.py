"""The accepted requests in SQL: a queue with lanes, and the record of what was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select, update

from bot.domain.requests import ImageRequest, Place
from bot.domain.threads import Thread
from bot.ports import Accepted
from storage import acceptance, lanes
from storage.clock import now
from storage.database import Database
from storage.rows import place_row, to_request
from storage.tables import requests, waiting
from storage.threads import open_threads


class SqlRequests:
    """Keeps the promise of `bot.ports.Requests`. `clock` gives microseconds since 1970."""

    def __init__(self, database: Database, clock: Callable[[], int] = now) -> None:
        self._database = database
        self._clock = clock
        self._arrivals = database.gather(self._accept_all)

    async def accept(self, request: ImageRequest) -> Accepted:
        """Write the request down unless it is known; a mention at the top of a channel opens its thread with it.

        Requests that arrive together share one transaction, and so one sync of the disk.
        """
        return await self._arrivals.add(request)

    async def _accept_all(self, batch: Sequence[ImageRequest]) -> Sequence[Accepted]:
        async with self._database.writing() as connection:
            return await acceptance.accept_all(connection, batch, self._clock())

    async def find(self, key: str) -> ImageRequest:
        """The request as it now stands. KeyError if unknown."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(requests).where(requests.c.key == key))).mappings().first()
        if row is None:
            raise KeyError(key)
        return to_request(row)

    async def admissible(self, most: int) -> list[str]:
        """Keys of waiting requests whose lane has nobody at work, one a lane, oldest accepted first."""
        async with self._database.reading() as connection:
            return list(await connection.scalars(lanes.heads(most)))

    async def admit(self, keys: Sequence[str]) -> None:
        """Mark as at work. Nothing happens to what is at work or finished."""
        chosen = requests.c.key.in_(keys)
        async with self._database.writing() as connection:
            await connection.execute(update(requests).where(chosen, waiting).values(admitted=self._clock()))

    async def at_work(self) -> list[str]:
        """Keys admitted and not finished, oldest first."""
        async with self._database.reading() as connection:
            return list(await connection.scalars(lanes.AT_WORK))

    async def ahead(self, key: str) -> int:
        """Waiting requests accepted earlier, and those at work in this one's lane; 0 when it does not wait."""
        async with self._database.reading() as connection:
            own = select(requests.c.number, requests.c.lane).where(requests.c.key == key, waiting)
            row = (await connection.execute(own)).first()
            if row is None:
                return 0
            return (await connection.scalars(lanes.before(row.number, row.lane))).one()

    async def rooted(self, key: str, place: Place) -> None:
        """The command's root message is posted: its thread exists, is ours, and is now the request's lane.

        KeyError if unknown.
        """
        async with self._database.writing() as connection:
            moved = update(requests).where(requests.c.key == key).values(lane=place.id, **place_row(place))
            if (await connection.execute(moved)).rowcount == 0:
                raise KeyError(key)
            await open_threads(connection, [Thread(place, ours=True)])

    async def finish(self, key: str) -> None:
        """Done, shown, answered: the lane is free."""
        done = update(requests).where(requests.c.key == key, requests.c.finished.is_(None))
        async with self._database.writing() as connection:
            await connection.execute(done.values(finished=self._clock()))
