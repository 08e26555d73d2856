"""So many at a time, but nobody for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LENT = 10.0  # seconds


class Places:
    """`most` places. Who keeps one for longer than `lent` seconds goes on, and the next is let in all the same."""

    def __init__(self, most: int, lent: float = LENT) -> None:
        self._free = asyncio.Semaphore(most)
        self._lent = lent

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a place, and give it back in the end."""
        await self._free.acquire()
        place = _Place(self._free)
        due = asyncio.get_running_loop().call_later(self._lent, place.give_back)
        try:
            yield
        finally:
            due.cancel()
            place.give_back()


class _Place:
    def __init__(self, free: asyncio.Semaphore) -> None:
        self._free = free
        self._held = True

    def give_back(self) -> None:
        """Nothing the second time."""
        if self._held:
            self._held = False
            self._free.release()
