"""What is left of the budgets, as one transaction sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot.domain.periods import Period, day, month
from bot.domain.spend import Budgets
from bot.errors import PersonCanFix
from storage import locks
from storage.columns import ROOMY
from storage.sums import halves, whole
from storage.tables import ledger

TENTH_OF_A_CENT = Decimal("0.001")
NOTHING = {
    "budget_person": "budget_person_nothing",
    "budget_workspace": "budget_workspace_nothing",
}  # never starts anew
MONEY = 1_297_043_033  # any number, see `locks`


@dataclass(frozen=True, slots=True)
class Limit:
    """One budget of somebody: a workspace (`asker` is None) or a person in it."""

    reason: str
    team: str
    asker: str | None
    budget: Decimal
    period: Period


class Purse:
    """Answers whether an amount can be spent at this moment (microseconds since 1970), and notes what is taken."""

    def __init__(self, connection: Connection, budgets: Budgets, zone: ZoneInfo, moment: int) -> None:
        self._connection = connection
        self._budgets = budgets
        self._day, self._month = day(moment, zone), month(moment, zone)
        self._spent: dict[Limit, Decimal] = {}

    def refusal(self, team: str, asker: str, amount: Decimal) -> PersonCanFix | None:
        """Why this amount cannot be spent; None when it can. Under a budget of 0 nothing can, not even nothing."""
        for limit in self._limits(team, asker):
            left = limit.budget - self._spent_of(limit)
            if amount > left or not limit.budget:
                return _refusal(limit, amount, left)
        return None

    def take(self, team: str, asker: str, amount: Decimal) -> None:
        """It is spent: whoever comes after it in this transaction finds less."""
        for limit in self._limits(team, asker):
            self._spent[limit] = self._spent_of(limit) + amount

    def _limits(self, team: str, asker: str) -> Iterator[Limit]:
        """The workspace's comes first: a person told to come back tomorrow should not find that one used up."""
        if self._budgets.workspace_month is not None:
            yield Limit("budget_workspace", team, None, self._budgets.workspace_month, self._month)
        if self._budgets.person_day is not None:
            yield Limit("budget_person", team, asker, self._budgets.person_day, self._day)

    def _spent_of(self, limit: Limit) -> Decimal:
        if limit not in self._spent:
            self._spent[limit] = spent(self._connection, limit.period, limit.team, limit.asker)
        return self._spent[limit]


def lock(connection: Connection, teams: Iterable[str]) -> None:
    """Let nobody else open calls of these workspaces before this transaction ends.

    SQLite's writers are one at a time anyway.
    """
    locks.take(connection, MONEY, teams)


def spent(connection: Connection, period: Period, team: str, asker: str | None = None) -> Decimal:
    """Prices of what is settled, holds of what is open or unknown, by the moment at which each began."""
    since, until = ledger.c.begun >= period.start, ledger.c.begun < period.end
    query = select(*halves(ledger.c.counts)).where(ledger.c.team == team, since, until)
    if asker is not None:
        query = query.where(ledger.c.asker == asker)
    upper, lower = connection.execute(query).one()
    return whole(upper, lower)


def _refusal(limit: Limit, amount: Decimal, left: Decimal) -> PersonCanFix:
    return PersonCanFix(
        limit.reason if limit.budget else NOTHING[limit.reason],
        amount=_plain(amount, ROUND_CEILING),
        left=_plain(max(left, Decimal(0)), ROUND_FLOOR),
        budget=_plain(limit.budget, ROUND_FLOOR),
        resets=str(limit.period.end // 1_000_000),
    )


def _plain(amount: Decimal, rounding: str) -> str:
    return f"{amount.quantize(TENTH_OF_A_CENT, rounding, ROOMY):f}"
