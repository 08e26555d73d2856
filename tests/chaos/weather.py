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

KINDS = ("kill", "stop", "pause", "nap", "cut", "hush")
WEIGHTS = {"kill": 10, "stop": 6, "pause": 1, "nap": 2, "cut": 1, "hush": 1}
NAP = (3.0, 30.0)  # seconds: around those after which somebody is missed
SLEEPERS = 0.2  # of the deaths and stops come to somebody who may be asleep


@dataclass
class Weather:
    """Blows that come `every` so many seconds on average. `pause` and `cut` are how long those last.

    A nap is a shorter pause; a hush is a database of which nothing is heard, a cut one that refuses.
    """

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
            if self._befall(kind):
                self.happened[kind] += 1
            elif kind not in self.happened:
                first.insert(0, kind)  # its time will come

    async def clear_up(self) -> None:
        """Wait until what lasts is over."""
        await asyncio.gather(*self._lasting)

    def _befall(self, kind: str) -> bool:
        """Whether it has befallen anybody."""
        if kind in ("kill", "stop"):
            return self._somebody().strike(signal.SIGKILL if kind == "kill" else signal.SIGTERM)
        if kind in ("pause", "nap"):
            return self._last(kind, self._awake().sleep(self.pause if kind == "pause" else self.dice.uniform(*NAP)))
        if any(task.get_name() in ("cut", "hush") for task in self._lasting):
            return False
        return self._last(kind, self.gate.cut(self.cut) if kind == "cut" else self.gate.hush(self.cut))

    def _somebody(self) -> Replica:
        return self.dice.choice(list(self.replicas)) if self.dice.random() < SLEEPERS else self._awake()

    def _awake(self) -> Replica:
        return self.dice.choice([one for one in self.replicas if not one.asleep] or list(self.replicas))

    def _last(self, name: str, lasting: Coroutine[Any, Any, None]) -> bool:
        task = asyncio.create_task(lasting, name=name)
        self._lasting.add(task)
        task.add_done_callback(self._lasting.discard)
        return True
