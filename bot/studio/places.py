"""The places at the models where one process has them all to itself."""

from __future__ import annotations

import asyncio
import itertools
import time
from asyncio import Future
from collections.abc import Callable
from dataclasses import replace

from bot.domain.fairness import Hall, Ticket
from bot.domain.limits import Limits

LOOK = 1.0  # seconds between looks at the limits, which may have changed, while somebody waits


class LocalPlaces:
    """Keeps the promise of `bot.ports.Places` in memory. `limits` says what holds now; `room` is the process's own."""

    def __init__(self, limits: Callable[[], Limits], room: int) -> None:
        self._limits = limits
        self._room = room
        self._hall = Hall(limits())
        self._doors: dict[str, Future[None]] = {}
        self._moments = itertools.count(1)
        self._order: dict[str, int] = {}
        self._changed = False
        self._again = 0.0

    async def take(self, ticket: Ticket) -> None:
        """Return once this ticket has a place: at once when one is free."""
        door = self._doors[ticket.id] = asyncio.get_running_loop().create_future()
        moment = next(self._moments)
        self._hall.wait(replace(ticket, room=self._room, number=moment, since=moment))
        self._fill()
        while not door.done():
            await asyncio.wait([door], timeout=LOOK)
            self._fill()

    def leave(self, id: str) -> None:
        """Give up the place, or the wait for it."""
        self._doors.pop(id, None)
        self._hall.leave(id, next(self._moments))
        self._fill()

    def ahead(self, id: str) -> int:
        """How this one stands: 1 is the next in line, 0 does not wait."""
        if id not in self._hall.waiting:
            return 0
        if self._changed and time.monotonic() >= self._again:
            self._look_along()
        return self._order.get(id) or len(self._order) + 1

    def _look_along(self) -> None:
        """Thousands who wait take a while to be put in order: at most a twentieth of the time is spent with it."""
        began = time.monotonic()
        self._order = {each: place for place, each in enumerate(self._hall.order(), 1)}
        self._changed = False
        self._again = began + 20 * (time.monotonic() - began)

    def _fill(self) -> None:
        self._changed = True
        if (limits := self._limits()) != self._hall.limits:
            self._hall.limit(limits)
        while ticket := self._hall.next():
            self._hall.go(ticket.id, next(self._moments))
            self._doors.pop(ticket.id).set_result(None)
