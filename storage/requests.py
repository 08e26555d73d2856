"""The accepted requests in SQL: a queue with lanes, and the record of what was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import stamina
from sqlalchemy import Connection, select, text, update

from bot.domain.lives import elapsed
from bot.domain.requests import ImageRequest, Place
from bot.domain.threads import Thread
from bot.ports import Accepted, Cancelled
from storage import acceptance, cancelling, lanes
from storage.addresses import POSTGRES
from storage.clock import now
from storage.database import Database
from storage.outages import away
from storage.rows import place_row, to_request
from storage.tables import requests
from storage.threads import open_threads

RING = "NOTIFY threadpaint_requests"
SOON = 1.8  # seconds in which a database that restarts is waited for: whoever asks is told something within three
LATEST = 2.3  # seconds for whoever waited for a batch before theirs, and is in one with those who have just asked
ONCE = 0.01  # seconds in which nothing is tried again


class SqlRequests:
    """Keeps the promise of `bot.ports.Requests`.

    `clock` gives microseconds since 1970, `executor` is the stable name under which this process works.
    """

    def __init__(self, database: Database, clock: Callable[[], int] = now, executor: str = "threadpaint") -> None:
        self._database = database
        self._clock = clock
        self._executor = executor
        self._arrivals = database.gather(self._accept_all)

    async def accept(self, request: ImageRequest) -> Accepted:
        """Write the request down unless it is known; a mention at the top of a channel opens its thread with it.

        Requests that arrive together share one transaction, and so one sync of the disk. A database that is away for
        a moment is asked again; accepting twice what was written, and nobody heard of it, does nothing more.
        """
        return await self._arrivals.add((request, elapsed()))

    async def _accept_all(self, asked: Sequence[tuple[ImageRequest, float]]) -> Sequence[Accepted]:
        """Tried once at least, also for those who have waited long for a batch before theirs."""
        now, batch = self._clock(), [request for request, _ in asked]
        waited = [elapsed() - since for _, since in asked]
        left = max(ONCE, min(SOON - min(waited), LATEST - max(waited)))
        async for attempt in stamina.retry_context(away, attempts=None, timeout=left, wait_max=0.5, wait_jitter=0.1):
            with attempt:
                return await self._database.write(lambda connection: _accept(connection, batch, now))
        raise AssertionError("stamina either returns or raises")  # pragma: no cover

    async def find(self, key: str) -> ImageRequest:
        """The request as it now stands. KeyError if unknown."""
        query = select(requests).where(requests.c.key == key)
        row = await self._database.read(lambda connection: connection.execute(query).mappings().first())
        if row is None:
            raise KeyError(key)
        return to_request(row)

    async def claim(self, most: int) -> list[str]:
        """Take up to `most` waiting requests whose lane has nobody at work, one a lane, oldest accepted first.

        They are ours when this returns: no other process, and no other call, gets one of them or another of its lane.
        """
        now, me = self._clock(), self._executor
        return await self._database.write(lambda connection: lanes.claim(connection, most, me, now))

    async def at_work(self) -> list[str]:
        """Keys this executor has at work, oldest first."""
        me = {"me": self._executor}
        return await self._database.read(lambda connection: list(connection.scalars(lanes.AT_WORK, me)))

    async def adopt(self, key: str) -> int | None:
        """It is ours from now on. How many processes have died with it; None when it is finished, or unknown."""
        ours = update(requests).where(requests.c.key == key, requests.c.finished.is_(None))
        mine = ours.values(executor=self._executor).returning(requests.c.deaths)
        return await self._database.write(lambda connection: connection.scalars(mine).first())

    async def begun(self, key: str) -> None:
        """It really begins now: should this process die, that counts against it."""
        begun = update(requests).where(requests.c.key == key, requests.c.finished.is_(None))
        now = self._clock()
        await self._database.write(lambda connection: connection.execute(begun.values(begun=now)))

    async def failed(self, key: str, reason: str) -> None:
        """Given up for good. The row stays, with the reason, for the one who runs the bot."""
        failed = update(requests).where(requests.c.key == key).values(failed=reason)
        await self._database.write(lambda connection: connection.execute(failed))

    async def cancel(self, place: Place, asker: str, before: str = "") -> Cancelled:
        """Call off what this person has in the place's thread, or without one in the whole channel.

        With a message's timestamp `before`, only what was asked earlier.
        """
        theirs, now = cancelling.asked(place, asker, before), self._clock()
        return await self._database.write(lambda connection: cancelling.cancel(connection, theirs, now))

    async def abandon(self, team: str) -> Cancelled:
        """Call off everything of this workspace, whoever asked for it: it has taken the bot out."""
        theirs, now = requests.c.team == team, self._clock()
        return await self._database.write(lambda connection: cancelling.cancel(connection, theirs, now))

    async def withdraw(self, key: str, turn: str) -> None:
        """Its message was deleted: call it off, unless a call to a model was begun for its turn."""
        now = self._clock()
        await self._database.write(lambda connection: cancelling.withdraw(connection, key, turn, now))

    async def cancelled(self) -> frozenset[str]:
        """Keys this executor has at work that were called off."""
        me = {"me": self._executor}
        return await self._database.read(lambda connection: frozenset(connection.scalars(cancelling.CALLED_OFF, me)))

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


def _accept(connection: Connection, batch: Sequence[ImageRequest], now: int) -> list[Accepted]:
    accepted = acceptance.accept_all(connection, batch, now)
    if connection.dialect.name == POSTGRES and Accepted.NEW in accepted:
        connection.execute(text(RING))  # heard by every worker, once this is committed
    return accepted


def _rooted(connection: Connection, key: str, place: Place) -> None:
    moved = update(requests).where(requests.c.key == key).values(lane=place.id, **place_row(place))
    if connection.execute(moved).rowcount == 0:
        raise KeyError(key)
    open_threads(connection, [Thread(place, ours=True)])
