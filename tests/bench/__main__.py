"""`make bench`, or one of its parts: `python -m tests.bench engine | bursts | replicas | history`.

What one answer costs (`engine`), what a burst costs (`bursts`), what a second replica brings (`replicas`), what a long
past costs (`history`, with fewer turns than it can: a million are `history --turns 1000000`, and take half an hour).
Figures of one run belong together; machines are noisy, so compare ratios.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from tests.bench import bursts, engine, history, replicas
from tests.bench.copying import MOST
from tests.bench.grounds import KINDS

PARTS = ("engine", "bursts", "replicas", "history")
TURNS, FEW = 100_000, 10_000


def between(least: int, most: int) -> Callable[[str], int]:
    """Reads a number from the one to the other."""

    def number(typed: str) -> int:
        if not (typed.isdecimal() and least <= int(typed) <= most):
            raise argparse.ArgumentTypeError(f"must be from {least} to {most}")
        return int(typed)

    return number


def share(typed: str) -> float:
    """A part of a core. What is not a number is refused by its ValueError."""
    if not 0.05 <= float(typed) <= 1:
        raise argparse.ArgumentTypeError("must be from 0.05 to 1")
    return float(typed)


def read() -> argparse.Namespace:
    """The words of the command line."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("what", nargs="?", choices=["all", *PARTS], default="all")
    words.add_argument("--counts", type=int, nargs="+", default=[20, 200], help="bursts: commands at once")
    words.add_argument("--bytes", type=int, default=700_000, help="bursts: size of the model's picture")
    words.add_argument(
        "--jobs", type=between(1, 10_000), default=100, help="replicas: jobs that are measured in each row"
    )
    words.add_argument("--part", type=share, default=0.25, help="replicas: how much of a core a slice is")
    most = MOST * history.TURNS
    words.add_argument("--turns", type=between(1000, most), default=TURNS, help="history: turns of the longer past")
    words.add_argument("--rounds", type=between(1, 10_000), default=50, help="history: rounds of the conversation")
    words.add_argument("--quick", action="store_true", help=f"history: {FEW} turns and a few rounds")
    words.add_argument("--on", choices=KINDS, nargs="+", default=[*KINDS], help="history: databases")
    return words.parse_args()


def plan(asked: argparse.Namespace) -> history.Plan:
    """How long a past, how often looked at."""
    if asked.quick:
        return history.Plan(FEW, often=50, seldom=3, rounds=10)
    return history.Plan(asked.turns, rounds=asked.rounds)


def main(asked: argparse.Namespace) -> None:
    """Run what was asked for."""
    doings: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
        "engine": engine.main,
        "bursts": lambda: bursts.main(asked.counts, asked.bytes),
        "replicas": lambda: replicas.main(replicas.Plan(asked.jobs, part=asked.part)),
        "history": lambda: history.main(plan(asked), [KINDS[kind] for kind in asked.on]),
    }
    for part in PARTS if asked.what == "all" else [asked.what]:
        asyncio.run(doings[part]())


if __name__ == "__main__":
    main(read())
