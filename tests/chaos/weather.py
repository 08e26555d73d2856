"""What befalls the replicas, at random: death, a stop, a sleep, no database."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.gate import Gate
from tests.chaos.replicas import Replica

KINDS = ("kill", "stop", "pause", "cut")
WEIGHTS = {"kill": 5, "stop": 3, "pause": 1, "cut": 1}


@dataclass
class Weather:
    """Blows that come `every` so many seconds on average. `pause` and `cut` are how long those last."""

    replicas: Sequence[Replica]
    gate: Gate
    dice: random.Random
    kinds: tuple[str, ...] = KINDS
    every: float = 6.0
    pause: float = 90.0
    cut: float = 10.0
    happened: Counter[str] = field(default_factory=Counter)
    _lasting: set[asyncio.Task[None]] = field(default_factory=set)

    async def rage(self) -> None:
        """Until cancelled. Each kind once, then any; what lasts goes on meanwhile."""
        first = self.dice.sample(self.kinds, len(self.kinds))
        while True:
            await asyncio.sleep(self.dice.uniform(0.3, 1.7) * self.every)
            kind = first.pop() if first else self.dice.choices(self.kinds, [WEIGHTS[kind] for kind in self.kinds])[0]
            self._befall(kind)

    async def clear_up(self) -> None:
        """Wait until what lasts is over."""
        await asyncio.gather(*self._lasting)

    def _befall(self, kind: str) -> None:
        replica = self.dice.choice([one for one in self.replicas if not one.asleep] or list(self.replicas))
        if kind == "kill":
            replica.strike(signal.SIGKILL)
        elif kind == "stop":
            replica.strike(signal.SIGTERM)
        elif kind == "pause":
            self._last("pause", replica.sleep(self.pause))
        elif not any(task.get_name() == "cut" for task in self._lasting):
            self._last("cut", self.gate.cut(self.cut))
        self.happened[kind] += 1

    def _last(self, name: str, lasting: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(lasting, name=name)
        self._lasting.add(task)
        task.add_done_callback(self._lasting.discard)
