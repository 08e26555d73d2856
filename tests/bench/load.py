"""Work for bots: one command after the other, or always so many at the same time; and what came of it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from tests.bench.ensemble import Ensemble
from tests.bench.spread import Spread
from tests.bench.usage import measured

CHANNELS = 20
LOOK = 0.02  # seconds
PATIENCE = 600.0  # seconds after which something must be wrong
FINISHED = "SELECT count(*) FROM requests WHERE finished IS NOT NULL AND number > :since"
LAST = "SELECT coalesce(max(number), 0) FROM requests"
SHOWN = "SELECT count(*) FROM turns WHERE state = 'shown'"
STARTS = (
    "SELECT r.begun - r.accepted, t.begun - r.accepted FROM requests r "
    "JOIN turns t ON t.team = r.team AND t.channel = r.channel AND t.thread = r.thread WHERE r.number > :since"
)


@dataclass(frozen=True)
class Starts:
    """Milliseconds from the moment of acceptance: until a bot has claimed it, and until its thread stands there."""

    claimed: Spread
    rooted: Spread


@dataclass(frozen=True)
class Work:
    """So many jobs were done in so many seconds; `cpu` is milliseconds of processor time a job, by who used it."""

    jobs: int
    seconds: float
    cpu: dict[str, float]
    starts: Starts

    @property
    def pace(self) -> float:
        """Jobs a second."""
        return self.jobs / self.seconds

    @property
    def cores(self) -> float:
        """How many cores were busy with it."""
        return sum(self.cpu.values()) / 1000 * self.pace


class Load:
    """Commands in a number of channels. `since` is the request before the first."""

    def __init__(self, on: Ensemble, at_once: int, since: int) -> None:
        self._on = on
        self._at_once = at_once
        self._since = since
        self.asked = 0

    async def until(self, done: int) -> None:
        """Keep them busy until so many are finished."""
        async with asyncio.timeout(PATIENCE):
            while (finished := await self._finished()) < done:
                self._on.check()
                for _ in range(self._at_once - (self.asked - finished)):
                    await self._ask()
                await asyncio.sleep(LOOK)

    async def rest(self) -> None:
        """Wait until all is finished, and ask for nothing more."""
        async with asyncio.timeout(PATIENCE):
            while await self._finished() < self.asked:  # noqa: ASYNC110 - another process; nobody tells us
                await asyncio.sleep(LOOK)

    async def _ask(self) -> None:
        self.asked += 1
        channel = f"C0LOAD{self.asked % CHANNELS:02}"
        await self._on.story.commands(f"/imagine a red fox number {self.asked}", channel=channel)

    async def _finished(self) -> int:
        return int((await self._on.rows(FINISHED, since=self._since))[0][0])


async def last(on: Ensemble) -> int:
    """The number of the newest request."""
    return int((await on.rows(LAST))[0][0])


async def rooms(on: Ensemble) -> None:
    """The channels in which it all happens."""
    for number in range(CHANNELS):
        await on.opens(f"C0LOAD{number:02}")


async def crowded(on: Ensemble, jobs: int, at_once: int) -> Work:
    """Always so many at the same time; measured are so many jobs once the first are done."""
    since = await last(on)
    load = Load(on, at_once, since)
    await load.until(at_once)
    groups = {"bots": on.bots, "world": [on.world], "server": on.server}
    begun, cpu, before = time.monotonic(), measured(groups), await load._finished()
    await load.until(before + jobs)
    seconds, spent, after = time.monotonic() - begun, measured(groups), await load._finished()
    await load.rest()
    await _check(on)
    done = after - before
    each = {name: (spent[name] - cpu[name]) / done * 1000 for name in groups if groups[name]}
    return Work(done, seconds, each, await starts(on, since))


async def alone(on: Ensemble, jobs: int) -> Starts:
    """One after the other, each when the one before has been done for a moment."""
    since = await last(on)
    load = Load(on, 1, since)
    for done in range(1, jobs + 1):
        await load.until(done)
        await asyncio.sleep(0.05)
    return await starts(on, since)


async def starts(on: Ensemble, since: int) -> Starts:
    """Of all requests after this one."""
    rows = await on.rows(STARTS, since=since)
    return Starts(Spread([row[0] / 1000 for row in rows]), Spread([row[1] / 1000 for row in rows]))


async def idle(on: Ensemble, seconds: float) -> dict[str, float]:
    """How much of a core each has used while nothing was to be done, in per cent."""
    groups = {"bots": on.bots, "server": on.server}
    before, begun = measured(groups), time.monotonic()
    await asyncio.sleep(seconds)
    passed, after = time.monotonic() - begun, measured(groups)
    return {name: (after[name] - before[name]) / passed * 100 for name in groups if groups[name]}


async def _check(on: Ensemble) -> None:
    """Nothing may have been lost on the way, or the figures are about something else."""
    shown, asked = (await on.rows(SHOWN))[0][0], await last(on)
    assert shown == asked, f"{asked} were asked for, {shown} are shown"
