"""The accepted requests in SQL: a queue with lanes, and the record of what was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, select, update

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
        now = self._clock()
        return await self._database.write(lambda connection: acceptance.accept_all(connection, batch, now))

    async def find(self, key: str) -> ImageRequest:
        """The request as it now stands. KeyError if unknown."""
        query = select(requests).where(requests.c.key == key)
        row = await self._database.read(lambda connection: connection.execute(query).mappings().first())
        if row is None:
            raise KeyError(key)
        return to_request(row)

    async def admissible(self, most: int) -> list[str]:
        """Keys of waiting requests whose lane has nobody at work, one a lane, oldest accepted first."""
        return await self._database.read(lambda connection: list(connection.scalars(lanes.HEADS, {"most": most})))

    async def admit(self, keys: Sequence[str]) -> None:
        """Mark as at work. Nothing happens to what is at work or finished."""
        admitted = update(requests).where(requests.c.key.in_(keys), waiting).values(admitted=self._clock())
        await self._database.write(lambda connection: connection.execute(admitted))

    async def at_work(self) -> list[str]:
        """Keys admitted and not finished, oldest first."""
        return await self._database.read(lambda connection: list(connection.scalars(lanes.AT_WORK)))

    async def rooted(self, key: str, place: Place) -> None:
        """The command's root message is posted: its thread exists, is ours, and is now the request's lane.

        KeyError if unknown.
        """
        await self._database.write(lambda connection: _rooted(connection, key, place))

    async def finish(self, key: str) -> None:
        """Done, shown, answered: the lane is free."""
        done = update(requests).where(requests.c.key == key, requests.c.finished.is_(None))
        now = self._clock()
        await self._database.write(lambda connection: connection.execute(done.values(finished=now)))


def _rooted(connection: Connection, key: str, place: Place) -> None:
    moved = update(requests).where(requests.c.key == key).values(lane=place.id, **place_row(place))
    if connection.execute(moved).rowcount == 0:
        raise KeyError(key)
    open_threads(connection, [Thread(place, ours=True)])
