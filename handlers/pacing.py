"""Slack takes about one message a second in a channel, and lets some more through: it says when it does not.

Until it says so nobody waits. From then on the messages of that channel go one after the other, in one place and not
each for itself: fifty that were refused together would come back together.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

SPACING = 1.0  # seconds between messages in a channel that is full
CALM = 30.0  # seconds in which nobody waited after which a channel is no longer full
MOST = 1000  # channels remembered, beyond those that are full

Sleep = Callable[[float], Coroutine[Any, Any, None]]


@dataclass(slots=True)
class Lane:
    """One channel: while it is full its messages go one after the other, the next of them at `next`."""

    full_until: float = float("-inf")
    next: float = 0.0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pacing:
    """The channels this process posts in."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lanes: dict[str, Lane] = {}

    async def tries(self, channel: str, most: int) -> AsyncGenerator[None]:
        """The moments at which to try a message, to be closed once it is through.

        In a channel that is full the first is its turn, and what is refused in its turn stays before those behind it.
        """
        lane = self._lane(channel)
        if not self._is_full(lane):
            most -= 1
            yield
            lane = self._lane(channel)  # it may have been forgotten meanwhile
        async with lane.turn:
            for _ in range(most):
                await self._until_next(lane)
                yield

    async def _until_next(self, lane: Lane) -> None:
        if (early := lane.next - self._clock()) > 0:
            await self._sleep(early)
            lane.full_until = self._clock() + CALM
        lane.next = self._clock() + SPACING

    def refused(self, channel: str, after: float) -> None:
        """Slack takes nothing more there for so many seconds."""
        lane, now = self._lane(channel), self._clock()
        lane.next = max(lane.next, now + after)
        lane.full_until = now + after + CALM

    def _is_full(self, lane: Lane) -> bool:
        return lane.turn.locked() or self._clock() < lane.full_until

    def _lane(self, channel: str) -> Lane:
        if len(self._lanes) > MOST:
            self._lanes = {id: lane for id, lane in self._lanes.items() if self._is_full(lane)}
        return self._lanes.setdefault(channel, Lane())
