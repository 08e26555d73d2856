"""Changes the limits while the bots run, and notes from when on they can be expected to hold."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos import rules
from tests.chaos.rules import NOTICED, Reign, Rules
from tests.chaos.tables import Tables


@dataclass
class Edicts:
    """`reigns` are the limits that have held so far, one after the other."""

    file: Path
    rules: Rules
    tables: Tables
    reigns: list[Reign] = field(default_factory=list)

    async def proclaim(self, seconds: float) -> None:
        """Each at its time, while this many seconds pass."""
        self.reigns.append(Reign(self.rules.limits))
        began = time.monotonic()
        async with asyncio.TaskGroup() as leaving:
            for part, limits in self.rules.then:
                await asyncio.sleep(max(0.0, began + part * seconds - time.monotonic()))
                rules.write(self.file, limits)
                old, now = self.reigns[-1], time.time()
                old.until = now
                self.reigns.append(Reign(limits, since=now))
                leaving.create_task(self._see_off(old))

    async def _see_off(self, old: Reign) -> None:
        """Note when the last one has left who was given a place while it was in force, or soon after."""
        await asyncio.sleep(NOTICED)
        await self.tables.places_older(old.until + NOTICED)
        old.left = time.time()
