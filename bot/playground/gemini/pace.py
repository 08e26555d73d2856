"""Time: how long a picture takes, and waits that end when the world closes."""

from __future__ import annotations

import asyncio
import random
from typing import Any


class Pace:
    """Waits in seconds."""

    def __init__(self) -> None:
        self._range = (0.0, 0.0)
        self._closed = asyncio.Event()
        self._dice = random.Random(1)  # noqa: S311

    def set_delay(self, delay: Any) -> None:
        """How long every answer takes: 0, a number of seconds, or [lowest, highest]."""
        lowest, highest = delay if isinstance(delay, list | tuple) else (delay or 0, delay or 0)
        self._range = (float(lowest), float(highest))

    async def delay(self) -> None:
        await self.wait(self._dice.uniform(*self._range))

    async def wait(self, seconds: float) -> None:
        """Returns after `seconds`, or sooner when the world closes."""
        if seconds > 0:
            try:
                await asyncio.wait_for(self._closed.wait(), seconds)
            except TimeoutError:
                return

    @property
    def is_over(self) -> bool:
        """Whether the world has closed."""
        return self._closed.is_set()

    def close(self) -> None:
        self._closed.set()
