"""`python -m tests.bench history`: what a long past costs.

Two databases are made, one with a past of so many turns (with their requests, pictures, answers, calls, verdicts), one
with none. Everything is then measured in both by turns, one act here, one there, so that a busy moment of the machine
touches both alike: first the bot's own code on the database, then a real bot in a real conversation over the wire. The
one without a past has ten threads of twenty turns, so that there is something to go on with. The past's pictures
themselves are nowhere: nothing here reads them.

There is no gallery of pictures in the product; what reads much of the past are `/imagine cost`, `/imagine report` and
the daily work that forgets what is past its time.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from sqlalchemy import func, select

from bot.domain import periods
from bot.domain.requests import Place
from storage.clock import now
from storage.database import Database
from storage.tables import ledger
from tests.bench.ensemble import SERVE, ensemble
from tests.bench.grounds import ground
from tests.bench.past import LONG, SECOND, Past
from tests.bench.pouring import fill, upgraded
from tests.bench.reads import PLENTY, UTC, Do, Reads
from tests.bench.replicas import say
from tests.bench.rounds import Rounds
from tests.bench.spread import Spread

AIM = 1.5
THREADS = 10  # long ones, in both
TURNS = 10_000  # that are made one by one; more are copies of these
EVERY = 5  # rounds between two reports
HOUR = 3600 * SECOND
BUDGETS = {"THREADPAINT_BUDGET_PERSON_DAY": str(PLENTY), "THREADPAINT_BUDGET_WORKSPACE_MONTH": str(PLENTY)}


@dataclass(frozen=True)
class Plan:
    """How many turns the longer past has, how often the usual is done, and how often what reads much."""

    turns: int = 100_000
    often: int = 200
    seldom: int = 10
    rounds: int = 50


@dataclass(frozen=True)
class Side:
    """A database, a folder for whatever else a bot keeps, and the long threads in it by their newest picture."""

    url: str
    folder: Path
    long: dict[str, Place]


async def main(plan: Plan, kinds: Sequence[str]) -> None:
    """Print all rows."""
    say(f"p50 / p99 ms with no turns | with {plan.turns:,} | p99 with them over p99 without; aim: at most {AIM} x")
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            none = _side(kind, Path(folder) / "none", stack, Past(LONG * THREADS, now() - HOUR, (LONG,)), 1)
            begun, copies = time.monotonic(), ceil(plan.turns / TURNS)
            many = _side(kind, Path(folder) / "many", stack, Past(plan.turns // copies, now() - HOUR), copies)
            say(f"{kind}, filled in {time.monotonic() - begun:.0f} s, {await _this_month(many.url)} calls this month")
            await _reads(kind, [none, many], plan)
            await _rounds(kind, [none, many], plan)


def _side(kind: str, folder: Path, stack: ExitStack, past: Past, copies: int) -> Side:
    """A new database with this past, so many times."""
    folder.mkdir()
    url = upgraded(stack.enter_context(ground(kind, folder)))
    return Side(url, folder, fill(url, past, copies))


async def _this_month(url: str) -> int:
    """Calls in the ledger that a month's budget adds up."""
    database = Database(url)
    month = periods.month(now(), UTC)
    query = select(func.count()).where(ledger.c.begun >= month.start)
    found = await database.read(lambda connection: connection.scalar(query))
    await database.close()
    return found or 0


async def _reads(kind: str, sides: Sequence[Side], plan: Plan) -> None:
    """The bot's own code."""
    rooms = [Reads(side.url, side.long) for side in sides]
    often = await _by_turns([room.often() for room in rooms], plan.often, [room.tidy for room in rooms])
    seldom = await _by_turns([room.seldom() for room in rooms], plan.seldom, [])
    for name, (none, many) in (often | seldom).items():
        say(line(f"{kind}, {name}", none, many))
    for room in rooms:
        await room.database.close()


async def _by_turns(rooms: Sequence[Mapping[str, Do]], times: int, after: Sequence[Do]) -> dict[str, list[Spread]]:
    """Everything so many times, in each room, which one of them first changes; once before, unmeasured."""
    taken: dict[str, list[list[float]]] = {name: [[] for _ in rooms] for name in rooms[0]}
    for number in range(times + 1):
        for name, each in taken.items():
            for room, found in [*zip(rooms, each, strict=True)][:: 1 if number % 2 else -1]:
                begun = time.perf_counter()
                await room[name]()
                found.append((time.perf_counter() - begun) * 1000)
        for tidy in after:
            await tidy()
    return {name: [Spread(found[1:]) for found in each] for name, each in taken.items()}


async def _rounds(kind: str, sides: Sequence[Side], plan: Plan) -> None:
    """A real bot, a real conversation."""
    async with AsyncExitStack() as stack:
        ons = [await stack.enter_async_context(ensemble(one.folder, one.url, (SERVE,), **BUDGETS)) for one in sides]
        rounds = [Rounds(on) for on in ons]
        for each in rounds:
            await each.warm()
        for number in range(plan.rounds):
            for each in rounds:
                await each.round(number)
                if number % EVERY == 0:
                    await each.report()
    for name, times in rounds[0].times.items():
        say(line(f"{kind}, {name}", Spread(times), Spread(rounds[1].times[name])))
    if unread := rounds[1].unread:
        say(f"{kind}, /imagine cost was given up after two seconds in {unread} of {plan.rounds} rounds")


def line(name: str, none: Spread, many: Spread) -> str:
    """One row."""
    ratio = many.p99 / none.p99 if none.p99 else 0.0
    return f"{name} | {none} | {many} | {ratio:.2f} x"
