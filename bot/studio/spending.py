"""What was spent, for those who ask."""

from __future__ import annotations

import time
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain import periods
from bot.domain.periods import Period
from bot.domain.requests import ImageRequest
from bot.domain.spend import Budgets, Scope
from bot.errors import PersonCanFix
from bot.ports import Ledger, Messenger, Report, Statement


class Spending:
    """Reads the ledger. Days and months begin where `zone` says."""

    def __init__(self, ledger: Ledger, messenger: Messenger, budgets: Budgets, zone: ZoneInfo) -> None:
        self._ledger = ledger
        self._messenger = messenger
        self._budgets = budgets
        self._zone = zone

    async def statement(self, team: str, asker: str, month: str = "") -> Statement:
        """What one person spent today and in a month ("2026-11"; this one if empty). Raises PersonCanFix."""
        mine, today = Scope(team, asker=asker), periods.day(_now(), self._zone)
        chosen = self.month(month)
        day, whole = await self._ledger.by_tier(mine, today), await self._ledger.by_tier(mine, chosen)
        taken, workspace = await self._taken(team, asker, today), await self._workspace(team)
        return Statement(today.name, day, chosen.name, whole, taken, workspace, self._budgets)

    async def _taken(self, team: str, asker: str, today: Period) -> Decimal | None:
        """What is taken out of the person's budget: what is under way too, as it is when the budget is checked."""
        if self._budgets.person_day is None:
            return None
        return await self._ledger.spent(team, today, asker)

    async def _workspace(self, team: str) -> Decimal | None:
        """What is taken out of its budget. Without one nobody needs this, and it takes longest to read by far."""
        if self._budgets.workspace_month is None:
            return None
        return await self._ledger.spent(team, periods.month(_now(), self._zone))

    async def report(self, request: ImageRequest) -> None:
        """Post what the pictures of a channel cost. Raises PersonCanFix for what is no month, and chat errors."""
        month, team = self.month(request.text), request.place.team
        channel = await self._ledger.by_tier(Scope(team, channel=request.place.channel), month)
        workspace = await self._ledger.by_tier(Scope(team), month)
        await self._messenger.report(request, Report(month.name, channel, workspace))

    def month(self, name: str) -> Period:
        """The month of this name, this month for "". Raises PersonCanFix."""
        if not name:
            return periods.month(_now(), self._zone)
        try:
            return periods.month_named(name, self._zone)
        except ValueError:
            raise PersonCanFix("month_unknown", given=name) from None


def _now() -> int:
    return time.time_ns() // 1000
