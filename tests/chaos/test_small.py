"""A very small run, so that the large one that people start by hand is known to work."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.rules import tight
from tests.chaos.stage import Plan, play
from tests.chaos.verdict import CHECKS, faults
from tests.servers.buckets import ObjectStore
from tests.servers.postgres import own_database


async def test_two_replicas_whose_database_falls_silent(
    postgres_server: str, object_store: ObjectStore, tmp_path: Path
) -> None:
    plan = Plan(
        requests=10,
        people=5,
        replicas=2,
        seconds=3.0,
        every=1.5,
        pause=1.0,
        cut=1.0,
        patience=60.0,
        kinds=("hush",),
        seed=1,
        rules=tight(30, 5, 60.0),
    )
    with own_database(postgres_server) as url:
        outcome = await play(plan, url, object_store, tmp_path)
    assert outcome.in_time
    assert outcome.weather.happened["hush"]
    assert len(outcome.evidence.requests) == 10
    assert outcome.evidence.calls
    assert faults(outcome.evidence, plan.rules) == {name: [] for name in CHECKS}
