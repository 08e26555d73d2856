"""Turns that wait for a model that may be called only so often a minute: they stand in line and hold no place."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

from bot.domain.fairness import Person

LOOK = 0.25  # seconds between two looks, and between two who are let through: so long it takes to hear "not yet"

Waiter = tuple[float, str, Person]  # since when (`time.monotonic()`), the turn's id, its person


class Minutes:
    """A line for each model, for the turns of this process, as long as its minute is full: people take turns in it.

    The person's oldest goes next who has waited longest since one of theirs was let through.
    """

    def __init__(self) -> None:
        self._lines: dict[str, list[Waiter]] = {}  # in the order in which they go
        self._gone: dict[str, dict[str, tuple[Person, float]]] = {}  # by turn: whose was let through, and when
        self._free: dict[str, float] = {}  # when a model's minute has room again, by `time.monotonic()`
        self._next: dict[str, float] = {}  # when the next may be let through

    def put_off(self, model: str, seconds: float) -> None:
        """This model may be called again only then. Of those who hear so at once the first counts."""
        now, free = time.monotonic(), self._free.get(model, 0.0)
        self._free[model] = min(free, now + seconds) if free > now else now + seconds

    async def wait(self, model: str, id: str, person: Person, since: float) -> None:
        """Return once it is this turn's time to try: at once when nobody waits for this model.

        `since` says who came first. Whoever tries too early comes back to where it was.
        """
        waiter = (since, id, person)
        self._gone.setdefault(model, {}).pop(id, None)
        self._arrange(model, [*self._lines.get(model, ()), waiter])
        try:
            while self._lines[model][0] != waiter or time.monotonic() < self._moment(model):  # noqa: ASYNC110 - time passes
                await asyncio.sleep(LOOK)
            self._let_through(model, waiter)
        finally:
            self._arrange(model, [each for each in self._lines[model] if each != waiter])

    def stands(self, model: str, id: str) -> tuple[int, float]:
        """Its place among those who wait, 1 being the next, and until when the next one waits (`time.time()`)."""
        ids = [each for _, each, _ in self._lines.get(model, [])]
        if id not in ids:
            return 0, 0.0
        return ids.index(id) + 1, time.time() + self._moment(model) - time.monotonic()

    def _moment(self, model: str) -> float:
        return max(self._free.get(model, 0.0), self._next.get(model, 0.0))

    def _let_through(self, model: str, waiter: Waiter) -> None:
        now, (_, id, person) = time.monotonic(), waiter
        others = [since for since, each, _ in self._lines[model] if each != id]
        self._next[model] = now + LOOK if others else 0.0
        # To be let through before the oldest of the others came puts nobody behind them.
        kept = {each: gone for each, gone in self._gone[model].items() if others and gone[1] > min(others)}
        self._gone[model] = {**kept, id: (person, now)}

    def _arrange(self, model: str, waiters: list[Waiter]) -> None:
        """A person's second goes after everybody's first, and so on."""
        last = dict(self._gone[model].values())
        rounds: Counter[Person] = Counter()
        since_when: dict[Person, float] = {}
        turns: list[tuple[int, float, Waiter]] = []
        for waiter in sorted(waiters):
            since, _, person = waiter
            since_when.setdefault(person, max(since, last.get(person, since)))
            turns.append((rounds[person], since_when[person], waiter))
            rounds[person] += 1
        self._lines[model] = [waiter for *_, waiter in sorted(turns)]
