"""The places at the models, shared by all processes of one database."""

from __future__ import annotations

import asyncio
import time
from asyncio import Future, Task
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.fairness import Ticket
from bot.domain.limits import Limits
from storage import tickets
from storage.database import Database
from storage.outages import away
from storage.tickets import BEAT

log = structlog.get_logger()

POLL = 0.1  # seconds until a place that another process gave us is noticed
SWEEP = 2.0  # seconds until dead processes and changed limits are noticed
RANK = 1.0  # seconds after which the places in line are looked up again; sooner for who is new
SPARE = 20  # times as long as that took: at most a twentieth of the time is spent with it
EVERYBODY = 2**31 - 1
AGAIN = 1.0  # seconds until a database that did not answer is asked again


class SqlPlaces:
    """Keeps the promise of `bot.ports.Places`. One task speaks to the database; it tells what came together at once.

    Who ends makes room and lets the next in, whichever process that is in; a process with somebody waiting looks. While
    the database does not answer nobody is let in, and nothing is lost: what was to be told is told later.
    """

    def __init__(self, database: Database, executor: str, limits: Callable[[], Limits], room: int) -> None:
        self._database = database
        self._executor = executor
        self._limits = limits
        self._room = room
        self._mine: dict[str, Ticket] = {}
        self._doors: dict[str, Future[None]] = {}  # of those who wait
        self._unfiled: set[str] = set()
        self._left: set[str] = set()
        self._order: dict[str, int] = {}
        self._woken = asyncio.Event()
        self._swept = self._ranked = self._beaten = float("-inf")
        self._pause = 0.0
        self._task: Task[None] | None = None
        database.before_closing(self._close)

    async def take(self, ticket: Ticket) -> None:
        """Return once this ticket has a place."""
        door = self._doors[ticket.id] = asyncio.get_running_loop().create_future()
        self._mine[ticket.id] = replace(ticket, room=self._room)
        self._unfiled.add(ticket.id)
        self._woken.set()
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        await door

    def leave(self, id: str) -> None:
        """Give up the place, or the wait for it."""
        if self._mine.pop(id, None):
            self._doors.pop(id, None)
            self._unfiled.discard(id)
            self._left.add(id)
            self._woken.set()

    def ahead(self, id: str) -> int | None:
        """How this one stands, as of a second ago. None until it has been looked up: it may just have been let in."""
        return self._order.get(id) if id in self._doors else 0

    async def _run(self) -> None:
        """For ever. What an earlier run under this executor's name held is given back first."""
        await _insist(self._forget)
        while True:
            await _insist(self._speak)
            await self._rest()

    async def _close(self) -> None:
        if self._task is None:
            return
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        with suppress(SQLAlchemyError):  # they count as dead soon
            await self._forget()

    async def _forget(self) -> None:
        await self._database.write(lambda connection: tickets.forget(connection, self._executor))

    async def _speak(self) -> None:
        if self._unfiled or self._left or (self._doors and _due(self._swept, SWEEP)):
            await self._settle()
        elif self._doors:
            self._let_in(await self._database.read(lambda connection: tickets.at_work(connection, self._executor)))
        if self._mine and _due(self._beaten, BEAT):
            await self._beat()
        new = not self._doors.keys() <= self._order.keys()
        if not self._doors:
            self._order = {}
        elif _due(self._ranked, self._pause if new else max(RANK, self._pause)):
            await self._rank()

    async def _settle(self) -> None:
        told = self._change()
        came = await self._database.write(
            lambda connection: tickets.settle(connection, self._executor, told, self._limits),
        )
        self._swept = time.monotonic()
        self._unfiled -= {ticket.id for ticket in (*told.waiting, *told.working)}
        self._left -= {*told.left}
        self._let_in(came)

    def _change(self) -> tickets.Change:
        unfiled = [ticket for id, ticket in self._mine.items() if id in self._unfiled]
        waiting = [ticket for ticket in unfiled if ticket.id in self._doors]
        working = [ticket for ticket in unfiled if ticket.id not in self._doors]
        return tickets.Change(waiting, working, list(self._left))

    def _let_in(self, ids: list[str]) -> None:
        for id in ids:
            if (door := self._doors.pop(id, None)) and not door.done():
                door.set_result(None)

    async def _beat(self) -> None:
        """Say that we live. Tickets that were taken for dead meanwhile are told anew; what is not ours is left."""
        known = {*await self._database.write(lambda connection: tickets.renew(connection, self._executor))}
        self._beaten = time.monotonic()
        self._left |= known - {*self._mine}
        if lost := {*self._mine} - known:
            self._unfiled |= lost
            self._woken.set()

    async def _rank(self) -> None:
        began, limits = time.monotonic(), self._limits()
        order = await self._database.read(lambda connection: tickets.read(connection, limits, EVERYBODY).order())
        self._ranked = time.monotonic()
        self._pause = SPARE * (self._ranked - began)
        self._order = {id: place for place, id in enumerate(order, 1)}

    async def _rest(self) -> None:
        """Until there is something to tell, or to look at."""
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL if self._doors else BEAT):
                await self._woken.wait()
        self._woken.clear()


def _due(last: float, seconds: float) -> bool:
    return time.monotonic() - last >= seconds


async def _insist(work: Callable[[], Awaitable[None]]) -> None:
    """Do it, again and again until the database lets it be done. That it does not is said once."""
    said = False
    while True:
        try:
            await work()
        except Exception as fault:
            if not said:
                log.error("places_closed", exc_info=None if away(fault) else fault)
            said = True
            await asyncio.sleep(AGAIN)
        else:
            return
