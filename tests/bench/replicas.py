"""`python -m tests.bench replicas`: what a second replica brings, how fast work starts, what rest costs.

Real processes: a world, one or two bots, a Postgres that syncs to its disk. The model takes no time and its pictures
are small, so that all there is to measure is the bot. On a machine with few cores the world and the server take theirs
as well, and two replicas have no room to be twice as fast. So there are two kinds of rows: *as fast as it goes*, in
which the whole machine is the limit, and *in a slice*, in which each working bot is held to a part of one core, as in a
small container, and so the bots are the limit. What a second replica brings can only be read off the second kind, and
off the processor time that a job costs the bots in both.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench import load
from tests.bench.ensemble import DOORS, SERVE, WORK, Command, Ensemble, ensemble
from tests.bench.grounds import POSTGRES, SQLITE, ground
from tests.bench.load import Work
from tests.bench.usage import limited

AT_ONCE = 24
WARM = 6  # jobs before anything is measured: what is loaded once is loaded
REST = 20.0  # seconds
AIM = 1.7


@dataclass(frozen=True)
class Plan:
    """How many jobs a row has, how many are measured one by one, and how much of a core a slice is."""

    jobs: int = 100
    alone: int = 60
    part: float = 0.25


@dataclass(frozen=True)
class Row:
    """These bots, on this kind of database. `workers` are the positions of those that are held to a slice."""

    name: str
    commands: tuple[Command, ...]
    workers: tuple[int, ...] = ()


ONE = Row("1 replica", (SERVE,))
TWO = Row("2 replicas", (SERVE, SERVE))
SLICES = (
    Row("1 replica", (SERVE,), (0,)),
    Row("2 replicas", (SERVE, SERVE), (0, 1)),
    Row("doors + 1 worker", (DOORS, WORK), (1,)),
    Row("doors + 2 workers", (DOORS, WORK, WORK), (1, 2)),
)


async def main(plan: Plan) -> None:
    """Print all rows."""
    say(f"{psutil.cpu_count()} cores for bots, world and server; a model of 0 s; {plan.jobs} jobs, {AT_ONCE} at once")
    for kind in (SQLITE, POSTGRES):
        await single(kind, plan)
    two = await free(TWO, plan)
    say(line(f"{POSTGRES}, {TWO.name}, as fast as it goes", two))
    works = [await sliced(row, plan) for row in SLICES]
    say(f"aim: 2 replicas >= {AIM} x 1; in slices: {_times(works[1], works[0])}, {_times(works[3], works[2])} workers")


async def single(kind: str, plan: Plan) -> None:
    """One bot: how fast it starts, what a job costs, what rest costs."""
    async with _staged(kind, ONE, plan) as on:
        quiet = await load.alone(on, plan.alone)
        work = await load.crowded(on, plan.jobs, AT_ONCE)
        resting = await load.idle(on, REST)
    say(f"{kind}, start after acceptance, p50 / p99 ms | alone: claimed {quiet.claimed}, thread {quiet.rooted}")
    say(f"{kind}, the same, {AT_ONCE} at once | claimed {work.starts.claimed}, thread {work.starts.rooted}")
    say(f"{kind}, at rest for {REST:.0f} s, % of a core | {_listed(resting, '.1f')}")
    say(line(f"{kind}, {ONE.name}, as fast as it goes", work))


async def free(row: Row, plan: Plan) -> Work:
    """Nobody is held."""
    async with _staged(POSTGRES, row, plan) as on:
        return await load.crowded(on, plan.jobs, AT_ONCE)


async def sliced(row: Row, plan: Plan) -> Work:
    """Each worker has a slice of a core."""
    async with _staged(POSTGRES, row, plan) as on, AsyncExitStack() as stack:
        for worker in row.workers:
            await stack.enter_async_context(limited(on.bots[worker], plan.part))
        work = await load.crowded(on, plan.jobs, AT_ONCE)
    say(line(f"{POSTGRES}, {row.name}, each worker in a slice of {plan.part:.0%}", work))
    return work


@asynccontextmanager
async def _staged(kind: str, row: Row, plan: Plan) -> AsyncIterator[Ensemble]:
    with tempfile.TemporaryDirectory() as folder, ground(kind, Path(folder)) as url:
        async with ensemble(Path(folder), url, row.commands) as on:
            await load.rooms(on)
            await load.alone(on, WARM)
            yield on


def line(name: str, work: Work) -> str:
    """One row."""
    return (
        f"{name} | {work.pace:.2f} jobs a second | CPU ms a job: {_listed(work.cpu, '.0f')} | "
        f"{work.cores:.2f} cores busy"
    )


def say(words: str) -> None:
    """Print it now."""
    print(words, flush=True)  # noqa: T201


def _times(two: Work, one: Work) -> str:
    return f"{two.pace / one.pace:.2f} x"


def _listed(figures: dict[str, float], places: str) -> str:
    return ", ".join(f"{name} {value:{places}}" for name, value in figures.items())
