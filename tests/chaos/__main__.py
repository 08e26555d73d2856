"""`python -m tests.chaos`: replicas on one Postgres and one bucket, a crowd, and the worst of weathers.

At random a replica is killed (-9) and started again, stopped and started again, put to sleep and woken, and all of them
lose their database for a while: it refuses them, or nothing is heard of it. Events come twice, people press twice, and
the limits are changed on the way. At the end everything that was acknowledged must be answered, once and in order,
within the limits and the budgets, and no model may have been asked for a picture again that was stored already. Who was
never told "ok" is owed nothing. Ends with 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.chaos.report import tell
from tests.chaos.rules import tight
from tests.chaos.stage import Plan, play
from tests.chaos.weather import KINDS
from tests.servers import buckets, postgres

QUICK = {"requests": 40, "people": 6, "seconds": 20.0, "every": 3.0, "pause": 22.0, "patience": 120.0}


def read() -> argparse.Namespace:
    """The words of the command line."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--requests", type=int, default=500)
    words.add_argument("--people", type=int, default=40)
    words.add_argument("--replicas", type=int, default=3)
    words.add_argument("--seconds", type=float, default=300, help="in which the requests come")
    words.add_argument("--every", type=float, default=6, help="seconds between two blows, on average")
    words.add_argument("--pause", type=float, default=90, help="seconds that a replica sleeps")
    words.add_argument("--cut", type=float, default=10, help="seconds without a database")
    words.add_argument("--patience", type=float, default=240, help="seconds until all is answered, once all is calm")
    words.add_argument("--only", choices=KINDS, nargs="+", default=KINDS, help="blows of these kinds")
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--logs", type=Path, help="a folder for the replicas' logs")
    words.add_argument("--quick", action="store_true", help=f"a minute or so: {_listed(QUICK)}, unless said otherwise")
    if words.parse_known_args()[0].quick:
        words.set_defaults(**QUICK)
    return words.parse_args()


def _listed(values: Mapping[str, float]) -> str:
    return " ".join(f"--{name} {value:g}" for name, value in values.items())


def main(said: argparse.Namespace, folder: Path) -> int:
    """Play it; how many things were wrong."""
    plan = Plan(
        said.requests,
        said.people,
        said.replicas,
        said.seconds,
        said.every,
        said.pause,
        said.cut,
        said.patience,
        tuple(said.only),
        said.seed,
        tight(said.requests, said.people, said.seconds),
    )
    logs = said.logs or folder
    logs.mkdir(parents=True, exist_ok=True)
    with postgres.server() as server, buckets.server() as store, postgres.own_database(server) as database:
        outcome = asyncio.run(play(plan, database, store, logs))
    return tell(plan, outcome)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        sys.exit(1 if main(read(), Path(place)) else 0)
