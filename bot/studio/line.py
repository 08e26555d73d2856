"""The line in front of the models: first come, first served, and everyone can see how they stand in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.domain.spend import Errand
from bot.ports import Progress


class Line:
    """Lets `most` at a time through."""

    def __init__(self, most: int) -> None:
        self._free = asyncio.Semaphore(most)
        self._waiting: dict[str, None] = {}  # a dict keeps the order in which they came
        self._held_up: dict[str, float] = {}

    @asynccontextmanager
    async def wait(self, who: str) -> AsyncIterator[None]:
        """Wait for a place and hold it for as long as the context lasts."""
        self._waiting[who] = None
        try:
            async with self._free:
                del self._waiting[who]
                yield
        finally:
            self._waiting.pop(who, None)
            self._held_up.pop(who, None)

    def hold_up(self, errand: Errand, until: float) -> None:
        """The model wants this turn to wait until then (`time.time()`)."""
        self._held_up[errand.turn] = until

    def progress(self, who: str) -> Progress:
        """How this one stands: 1 ahead is the next in line."""
        ahead = next((place for place, each in enumerate(self._waiting, 1) if each == who), 0)
        return Progress(ahead, self._held_up.get(who, 0.0))
