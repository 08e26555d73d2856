"""The limits and budgets of a run: what the bots are told, and what is checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from pathlib import Path

from bot.domain.limits import Limits

PICTURE = Decimal("0.07")  # US dollars, about
NOTICED = 5.0  # seconds in which everybody has seen another file of limits: they look every two
PLACES = ("person", "workspace", "model")
PACE = "minute"


@dataclass(frozen=True)
class Rules:
    """Tight enough to be met all the time. Budgets in US dollars.

    `then`: from which part of the time on (0 to 1) the limits are others.
    """

    limits: Limits
    then: tuple[tuple[float, Limits], ...]
    person_day: Decimal
    workspace_month: Decimal

    def environment(self, file: Path) -> dict[str, str]:
        """The settings that say so, with the limits in this file, which is written."""
        write(file, self.limits)
        return {
            "THREADPAINT_LIMITS": str(file),
            "THREADPAINT_BUDGET_PERSON_DAY": str(self.person_day),
            "THREADPAINT_BUDGET_WORKSPACE_MONTH": str(self.workspace_month),
        }


def tight(requests: int, people: int, seconds: float) -> Rules:
    """Some people, and in the end the workspace, come to the end of their money; the limits are met all the time.

    In the middle the limits become tighter, and towards the end wider than ever.
    """
    each = max(PICTURE * requests / people, 4 * PICTURE)
    month = (PICTURE * requests * Decimal("0.8")).quantize(Decimal(1))
    pace = max(10, round(requests / max(seconds, 60.0) * 36))
    then = ((0.4, Limits(2, 6, 5, pace * 2 // 3)), (0.8, Limits(3, 12, 10, pace * 3 // 2)))
    return Rules(Limits(2, 10, 8, pace), then, each.quantize(Decimal("0.01")), month)


def write(file: Path, limits: Limits) -> None:
    """Let the file say this, at one moment."""
    pace = f"per_minute = {limits.pace}\n" if limits.pace else ""
    new = file.with_suffix(".new")
    new.write_text("".join(f"{name} = {getattr(limits, name)}\n" for name in PLACES) + pace, "utf-8")
    new.rename(file)


@dataclass
class Reign:
    """From when to when limits held, and until when somebody had a place that was given under them.

    In seconds since 1970. Nobody who is at work is sent away when a limit is lowered.
    """

    limits: Limits
    since: float = 0.0
    until: float = inf
    left: float = inf

    def allows(self, kind: str, at: float) -> int:
        """How much of this kind it excuses at this moment; `minute` is calls in the minute before it."""
        end = max(self.until + NOTICED, self.left if kind in PLACES else 0.0)
        if not self.since <= at < end:
            return 0
        most = self.limits.pace if kind == PACE else int(getattr(self.limits, kind))
        return 1_000_000 if most is None else most


def most(reigns: Sequence[Reign], kind: str, at: float) -> int:
    """The limit of this kind at this moment: where one follows another, the larger."""
    return max(reign.allows(kind, at) for reign in reigns)
