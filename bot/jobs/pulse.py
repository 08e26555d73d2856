"""This process's signs of life, and what it inherits from those that give none.

A process that was paused for a while and goes on may have been taken for dead meanwhile, and somebody else does its
work. So nothing that the world sees is begun unless a sign of life was acknowledged in the last seconds (`assured`):
whoever wakes up waits there until its next beat, and that beat says whether it is still who it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.domain.lives import BEAT, LEASE, SILENT, elapsed
from bot.ports import Executors

log = structlog.get_logger()

AGAIN = 1.0  # seconds until a beat that failed is tried again
Resume = Callable[[], Awaitable[None]]


class Pulse:
    """Beats for as long as `run` runs. `over` is set once we have been taken for dead."""

    def __init__(self, executors: Executors, clock: Callable[[], float] = elapsed) -> None:
        self._executors = executors
        self._clock = clock
        self._until = float("inf")  # before we have joined there is nothing that could be taken from us
        self._trusted = 0.0
        self._owed = True
        self._beaten = asyncio.Condition()
        self._heard = asyncio.Event()
        self.over = asyncio.Event()

    @property
    def beats(self) -> bool:
        """Whether this life has begun, and has given a sign of itself lately enough for its work to be its own."""
        return self._clock() < self._until < float("inf")

    async def assured(self) -> None:
        """Return once it is certain that our work is still ours; for ever, if it is not any more."""
        if self._clock() < self._until:
            return
        async with self._beaten:
            await self._beaten.wait_for(lambda: self._clock() < self._until)

    async def join(self) -> None:
        """Begin this life. Raises OperatorMustFix when another process lives under our name."""
        began = self._clock()
        await self._executors.join()
        self._until, self._trusted = began + LEASE, began + BEAT

    async def run(self, resume: Resume) -> None:
        """Beat until we have been taken for dead, and `resume` what we had at work before, and what we inherit.

        Both go on side by side: whoever has inherited hundreds of requests is busy with them for longer than anybody
        may be silent, and would be taken for dead for it.

        In each order this goes well. Paused and not missed: the next beat is acknowledged and work goes on. Paused and
        missed: the heir has all our requests, the beat is refused, `over` is set, and whoever waits in `assured` waits
        for ever. The database away: nobody can be missed by anybody; nothing is begun until it is back, and whoever saw
        it away gives the others the time to beat before taking them for dead.
        """
        heir = asyncio.create_task(self._succeed(resume))
        try:
            while not self.over.is_set():
                await self._beat_once()
        finally:
            heir.cancel()
            await asyncio.wait({heir})

    async def _beat_once(self) -> None:
        try:
            await self._beat()
        except Exception as fault:
            self._lost(fault)
            await asyncio.sleep(AGAIN)
        else:
            await asyncio.sleep(BEAT)

    async def _succeed(self, resume: Resume) -> None:
        """For ever, after each beat that was heard, unless it takes longer than until the next: one at a time."""
        while True:
            await self._heard.wait()
            self._heard.clear()
            try:
                if self._clock() >= self._trusted:
                    await self._inherit()
                await self._resume(resume)
            except Exception as fault:
                self._lost(fault)

    def _lost(self, fault: Exception) -> None:
        log.warning("no_sign_of_life", fault=type(fault).__name__)
        self._trusted, self._owed = self._clock() + SILENT, True

    async def _beat(self) -> None:
        began = self._clock()
        if not await self._executors.beat():
            log.error("taken_for_dead")
            self.over.set()
            return
        if self._clock() - began > BEAT:  # it hung, and so it may have done for the others, who were not heard since
            self._trusted = self._clock() + SILENT
        self._heard.set()
        async with self._beaten:
            self._until = began + LEASE
            self._beaten.notify_all()

    async def _inherit(self) -> None:
        if dead := await self._executors.inherit():
            log.warning("inherited", of=", ".join(sorted(dead)))
            self._owed = True

    async def _resume(self, resume: Resume) -> None:
        """Owed until it has worked: should the database go away in between, it is tried again after a later beat.

        It is owed after any outage, which a resumption that failed is a part of: what was claimed or inherited may be
        ours although nobody was told.
        """
        if self._owed and not self.over.is_set():
            self._owed = False
            await resume()

    def owe(self) -> None:
        """Something may be ours that does not run here: after the next beat it is resumed."""
        self._owed = True

    async def leave(self) -> None:
        """End this life in good order. While the database is away the others have to find out by themselves."""
        if self.over.is_set():
            return
        try:
            await self._executors.leave()
        except Exception as fault:
            log.warning("left_unheard", fault=type(fault).__name__)
