"""The line in front of the models: first come, first served, and everyone can see how many are ahead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Line:
    """Lets `most` at a time through."""

    def __init__(self, most: int) -> None:
        self._free = asyncio.Semaphore(most)
        self._waiting: dict[str, None] = {}  # a dict keeps the order in which they came

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

    def ahead(self, who: str) -> int:
        """How many stand before this one, itself counted: 1 is the next. 0 when it is not waiting."""
        return next((place for place, each in enumerate(self._waiting, 1) if each == who), 0)
