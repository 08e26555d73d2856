"""Stops what was called off, in whatever process it is at work."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.ports import Requests
from storage.outages import away

log = structlog.get_logger()

LOOK = 0.5  # seconds between looks at what was called off, while there is anything that could be


class Halting:
    """Whoever called something off may have been heard by another process, so this one looks into the database."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        self._at_work: dict[asyncio.Task[None], str] = {}
        self._busy = asyncio.Event()
        self._blind = False

    async def unless_cancelled(self, key: str, work: Coroutine[Any, Any, None]) -> bool:
        """Do this work of a request until it ends, or the request is called off; whether it came to its end."""
        task = asyncio.create_task(work)
        self._at_work[task] = key
        self._busy.set()
        try:
            await asyncio.wait({task})
        finally:
            del self._at_work[task]
            await _ended(task)
        return not task.cancelled() and task.result() is None

    async def watch(self) -> None:
        """For ever."""
        while True:
            await self._busy.wait()
            await self._look()
            await asyncio.sleep(LOOK)
            if not self._at_work:
                self._busy.clear()

    async def _look(self) -> None:
        try:
            cancelled = await self._requests.cancelled()
        except Exception as fault:
            if not self._blind:
                log.warning("cancelled_unknown", exc_info=None if away(fault) else fault)
            self._blind = True
            return
        self._blind = False
        for task, key in self._at_work.items():
            if key in cancelled and not task.cancelling():  # once: what it was paid for it still puts away
                log.info("cancelled", key=key)
                task.cancel()


async def _ended(task: asyncio.Task[None]) -> None:
    """Whoever waits for it is stopped in another way: it does not go on alone."""
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
