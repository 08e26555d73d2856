"""Turns that wait for a model that may be called only so often a minute: they stand in line and hold no place."""

from __future__ import annotations

import asyncio
import time
from bisect import insort

LOOK = 0.25  # seconds between two looks, and between two who are let through: so long it takes to hear "not yet"


class Minutes:
    """A line for each model, in the order in which the turns of this process came, as long as its minute is full."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[tuple[float, str]]] = {}
        self._free: dict[str, float] = {}  # when a model's minute has room again, by `time.monotonic()`
        self._next: dict[str, float] = {}  # when the next may be let through

    def put_off(self, model: str, seconds: float) -> None:
        """This model may be called again only then. Of those who hear so at once the first counts."""
        now, free = time.monotonic(), self._free.get(model, 0.0)
        self._free[model] = min(free, now + seconds) if free > now else now + seconds

    async def wait(self, model: str, id: str, since: float) -> None:
        """Return once it is this turn's time to try: at once when nobody waits for this model.

        `since` says who came first. Whoever tries too early comes back to where it was.
        """
        line, place = self._waiting.setdefault(model, []), (since, id)
        insort(line, place)
        try:
            while line[0] != place or time.monotonic() < self._moment(model):  # noqa: ASYNC110 - time passes, and tells nobody
                await asyncio.sleep(LOOK)
            self._next[model] = time.monotonic() + LOOK if len(line) > 1 else 0.0
        finally:
            line.remove(place)

    def stands(self, model: str, id: str) -> tuple[int, float]:
        """Its place among those who wait, 1 being the next, and until when the next one waits (`time.time()`)."""
        ids = [each for _, each in self._waiting.get(model, [])]
        if id not in ids:
            return 0, 0.0
        return ids.index(id) + 1, time.time() + self._moment(model) - time.monotonic()

    def _moment(self, model: str) -> float:
        return max(self._free.get(model, 0.0), self._next.get(model, 0.0))
