"""What a run came to, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tests.chaos.crowding import heights_of
from tests.chaos.evidence import Evidence
from tests.chaos.replicas import Replica
from tests.chaos.rules import most
from tests.chaos.spending import billed, counted
from tests.chaos.stage import Outcome, Plan
from tests.chaos.verdict import faults

STOP = 30.0  # seconds: a container is killed when it takes longer than its grace period
SHOWN = 12  # of each kind of fault


def tell(plan: Plan, outcome: Outcome) -> int:
    """Print it; how many things were wrong."""
    wrong = faults(outcome.evidence, plan.rules) | {"slow to stop": list(_slow(outcome.weather.replicas))}
    _say(f"{plan.requests} requests of {plan.people} people to {plan.replicas} replicas, seed {plan.seed}")
    _say(f"  blows: {_listed(outcome.weather.happened)}; ended unasked: {_unasked(outcome.weather.replicas) or 'none'}")
    _say(_asked(outcome))
    _say(f"  {outcome.doubled} events came twice; {len(outcome.evidence.judged)} words on pictures were acknowledged")
    _say(_cancelled(outcome.evidence))
    _say(f"  deliveries not acknowledged: {_listed(outcome.evidence.unheard) or 'none'}")
    _say(f"  {outcome.calm:.0f} s from the last blow's end to the last answer; {_waits(outcome.evidence)}")
    _say(_crowded(outcome.evidence))
    _say(_spent(plan, outcome.evidence))
    for name, found in wrong.items():
        _say("\n    ".join((f"  {name}: {len(found)}", *found[:SHOWN])))
    if not outcome.in_time:
        _say("  not everything was answered in time")
    return sum(map(len, wrong.values())) + (not outcome.in_time)


def _asked(outcome: Outcome) -> str:
    seen = outcome.evidence
    pictures = len({turn for turn, _ in seen.stored})
    return (
        f"  {outcome.asked} asked, {len(seen.promised)} acknowledged, {seen.told} answered at once, "
        f"{len(seen.requests)} written down "
        f"({_listed(Counter(row.act for row in seen.requests))}), {pictures} with a picture, "
        f"in words: {_listed(seen.troubles) or 'none'}, {sum(row.deaths for row in seen.requests)} deaths survived"
    )


def _cancelled(seen: Evidence) -> str:
    cancelled = [row for row in seen.requests if row.cancelled]
    early = sum(row.failed == "cancelled" for row in cancelled)
    return (
        f"  {len(seen.wishes)} times somebody cancelled: {early} before they were begun, {len(cancelled) - early} after"
    )


def _waits(seen: Evidence) -> str:
    seconds = sorted((row.finished - row.accepted) / 1e6 for row in seen.requests if row.finished) or [0.0]
    return f"half were answered within {seconds[len(seconds) // 2]:.0f} s, all within {seconds[-1]:.0f} s"


def _crowded(seen: Evidence) -> str:
    """For each kind of limit the moment at which it was met most closely."""
    closest: dict[str, tuple[float, str]] = {}
    for (kind, _), heights in heights_of(seen.calls).items():
        for at, height in heights:
            limit = most(seen.reigns, kind, at)
            closest[kind] = max(closest.get(kind, (0.0, "")), (height / limit, f"{height} of {limit} for a {kind}"))
    return f"  {len(seen.calls)} calls to models; at most {', '.join(said for _, said in closest.values())}"


def _spent(plan: Plan, seen: Evidence) -> str:
    ledger, bills = counted(seen), billed(seen)
    most = max(ledger.values(), default=0)
    return (
        f"  the dearest person ${most} of ${plan.rules.person_day}, "
        f"all ${sum(ledger.values())} of ${plan.rules.workspace_month}; billed ${sum(bills.values()):.2f}; "
        f"{_listed(Counter(row.outcome for row in seen.ledger))}"
    )


def _slow(replicas: Iterable[Replica]) -> Iterator[str]:
    for one in replicas:
        yield from (f"{one.name} took {seconds:.0f} s" for seconds in one.stops if seconds > STOP)


def _unasked(replicas: Iterable[Replica]) -> str:
    return ", ".join(f"{one.name} with {_listed(one.unasked)}" for one in replicas if one.unasked)


def _listed(counts: Counter[str] | Counter[int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=str))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
