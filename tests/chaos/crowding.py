"""How much went on at the same time at the models, and in a minute, counted where the calls arrive."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from tests.chaos.evidence import Call, Evidence
from tests.chaos.rules import PACE, Rules, most

Step = tuple[float, int, str]  # when, one more or one less, who


def crowding(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """No more turns at the same time, and no more calls in a minute, than each limit allows, where calls arrive."""
    for (kind, name), heights in heights_of(evidence.calls).items():
        for at, height in heights:
            if height > (limit := most(evidence.reigns, kind, at)):
                yield f"{height} at {at:.1f} for {kind} {name}, of {limit}"


def rivals(evidence: Evidence, _rules: Rules) -> Iterator[str]:
    """Nothing is asked for twice at the same time."""
    steps: dict[str, list[Step]] = defaultdict(list)
    room = {call.turn: call.pictures for call in evidence.calls}
    for place, call in enumerate(evidence.calls):
        steps[call.turn] += [(call.at, 1, str(place)), (call.over, -1, str(place))]
    for turn, changes in steps.items():
        if (height := max(height for _, height in _heights(changes))) > room[turn]:
            yield f"{height} calls at the same time for fox {turn}, of {room[turn]}"


def heights_of(calls: Iterable[Call]) -> dict[tuple[str, str], list[tuple[float, int]]]:
    """For each limit, by kind and name: how high it stood when it rose.

    At the same time: of turns, for each person, each model, and all. In a minute: of calls, for each model.
    """
    steps: dict[tuple[str, str], list[Step]] = defaultdict(list)
    for place, call in enumerate(calls):
        for of in (("person", call.person), ("model", call.model), ("workspace", "")):
            steps[of] += [(call.at, 1, call.turn), (call.over, -1, call.turn)]
        steps[PACE, call.model] += [(call.at, 1, str(place)), (call.at + 60.0, -1, str(place))]
    return {of: _heights(changes) for of, changes in steps.items()}


def _heights(changes: list[Step]) -> list[tuple[float, int]]:
    """How many have begun and not ended, whenever one begins. Who ends at that moment has ended before."""
    there: Counter[str] = Counter()
    heights = []
    for at, change, who in sorted(changes):
        there[who] += change
        there += Counter()  # without those that are gone
        if change > 0:
            heights.append((at, len(there)))
    return heights
