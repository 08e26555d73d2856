"""What somebody spent is read from their own calls; a whole workspace's are read only where a budget needs them."""

from __future__ import annotations

from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from bot.domain.options import Tier
from bot.domain.spend import Budgets, Scope, TierSpend
from bot.ports import Messenger
from bot.studio.spending import Spending
from tests.fakes.books import RememberedLedger

MINE, OURS = Scope("T1", asker="U1"), Scope("T1")
SPENT = (TierSpend(Tier.FLASH, 3, Decimal(2), Decimal(0), 3, 1, 1),)


def spending(ledger: RememberedLedger, budgets: Budgets) -> Spending:
    return Spending(ledger, cast(Messenger, object()), budgets, ZoneInfo("UTC"))


@pytest.mark.parametrize("budgets", [Budgets(), Budgets(person_day=Decimal(1))])
async def test_a_workspace_without_a_budget_is_not_read(budgets: Budgets) -> None:
    ledger = RememberedLedger({MINE: SPENT, OURS: SPENT})
    said = await spending(ledger, budgets).statement("T1", "U1")
    assert (said.today, said.in_month, said.workspace) == (SPENT, SPENT, None)
    assert said.taken == (None if budgets == Budgets() else 2)
    assert {scope for scope, _ in ledger.asked} == {MINE}


async def test_a_workspace_with_a_budget_is() -> None:
    ledger = RememberedLedger({MINE: SPENT, OURS: SPENT})
    said = await spending(ledger, Budgets(workspace_month=Decimal(5))).statement("T1", "U1")
    assert said.workspace == 2
