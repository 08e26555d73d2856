"""The limits and budgets of a run: what the bots are told, and what is checked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Rules:
    """Tight enough to be met all the time. Budgets in US dollars."""

    person: int
    workspace: int
    model: int
    person_day: Decimal
    workspace_month: Decimal

    def at_once(self, kind: str) -> int:
        """The limit of this kind."""
        return int(getattr(self, kind))

    @property
    def environment(self) -> dict[str, str]:
        """The settings that say so."""
        return {
            "THREADPAINT_AT_ONCE_PERSON": str(self.person),
            "THREADPAINT_AT_ONCE_WORKSPACE": str(self.workspace),
            "THREADPAINT_AT_ONCE_MODEL": str(self.model),
            "THREADPAINT_BUDGET_PERSON_DAY": str(self.person_day),
            "THREADPAINT_BUDGET_WORKSPACE_MONTH": str(self.workspace_month),
        }
