"""Why pictures of a turn will not come: one reason, and beside it another where they failed for several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.domain.turns import Trouble
from bot.errors import ThreadpaintError
from bot.studio.offers import MAY_PASS_ELSEWHERE

FACT = "other:"  # before the name of each fact of the other reason


def why(lost: Sequence[ThreadpaintError]) -> Trouble:
    """What most failed for, of that first what another model may do: it decides what is offered.

    Beside it stands at most one other reason, and first what another model will not mend: a person has to.
    """
    count = Counter(fault.reason for fault in lost)
    reason, *others = sorted(count, key=lambda each: (each not in MAY_PASS_ELSEWHERE, -count[each]))
    other = next(iter(sorted(others, key=MAY_PASS_ELSEWHERE.__contains__)), "")
    facts = {fault.reason: fault.facts for fault in reversed(lost)}
    return Trouble(reason, facts[reason] | _beside(other, count[other], facts.get(other, {})))


def beside(trouble: Trouble) -> tuple[int, Trouble] | None:
    """The other reason, and how many pictures failed for it."""
    if not trouble.facts.get("other"):
        return None
    facts = {name.removeprefix(FACT): fact for name, fact in trouble.facts.items() if name.startswith(FACT)}
    return int(trouble.facts["others"]), Trouble(trouble.facts["other"], facts)


def _beside(reason: str, count: int, facts: dict[str, str]) -> dict[str, str]:
    if not reason:
        return {}
    return {"other": reason, "others": str(count), **{FACT + name: fact for name, fact in facts.items()}}
