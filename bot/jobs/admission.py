"""Claims the requests that begin next: the oldest of each thread whose thread has nobody at work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.ports import Requests
from storage.outages import away

log = structlog.get_logger()

BATCH = 32  # claimed at once: few enough that replicas share a burst, enough that a burst is a few transactions
Start = Callable[[str], Awaitable[None]]
SETTLE = 0.01  # seconds in which more of a burst may come: one look is for all of them
LOOK = 1.0  # seconds until it looks by itself, should a wake have been lost


class Admission:
    """One task of the worker. `wake` it when something was accepted or has ended."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There may be something to do."""
        self._woken.set()

    async def run(self, start: Start, amiss: Callable[[], None]) -> None:
        """For ever. A claim is written down before anything is started, so what is claimed is never lost.

        After a fault nobody knows what was claimed, or started: `amiss` is called.
        """
        while True:
            try:
                await self._admit(start)
            except Exception as fault:
                log.error("admission_failed", exc_info=None if away(fault) else fault)
                amiss()
            await self._rest()

    async def _admit(self, start: Start) -> None:
        while keys := await self._requests.claim(BATCH):
            await asyncio.gather(*(start(key) for key in keys))

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(LOOK):
                await self._woken.wait()
        except TimeoutError:
            return
        await asyncio.sleep(SETTLE)
        self._woken.clear()
