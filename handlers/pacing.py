"""Slack takes about one message a second in a channel: whoever comes too soon waits for their turn.

In one place, and not by each message for itself: fifty that were refused together come back together.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

SPACING = 1.0  # seconds between messages in one channel
AT_ONCE = 3  # of them in a channel that was quiet; Slack lets a few more through
MOST = 1000  # channels remembered, beyond those at work

Sleep = Callable[[float], Coroutine[Any, Any, None]]


@dataclass(slots=True)
class Lane:
    """One channel: its messages go one after the other. `full` is when all that was let through has been paid for."""

    full: float = 0.0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pacing:
    """The channels this process posts in."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lanes: dict[str, Lane] = {}

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait until it is this message's turn. Until it is done, waits that Slack asks for included, no other goes."""
        lane = self._lane(channel)
        async with lane.turn:
            await self._sleep(max(0.0, lane.full - (AT_ONCE - 1) * SPACING - self._clock()))
            lane.full = max(lane.full, self._clock()) + SPACING
            yield

    def _lane(self, channel: str) -> Lane:
        if len(self._lanes) > MOST:
            now = self._clock()
            self._lanes = {id: lane for id, lane in self._lanes.items() if lane.full > now or lane.turn.locked()}
        return self._lanes.setdefault(channel, Lane())
