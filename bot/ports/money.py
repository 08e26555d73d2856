"""What was spent, and what it was worth to people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from bot.domain.periods import Period
from bot.domain.requests import Place
from bot.domain.spend import Bill, Entry, Scope, TierSpend, Verdict


class Ledger(Protocol):
    """The ledger: a row for each call to a model. It keeps the budgets, whoever asks at the same time."""

    async def open(self, entry: Entry) -> None:
        """Write the call down, with what it may cost held against the budgets, before it is made.

        Raises PersonCanFix "budget_person" or "budget_workspace" when it would pass one, "_nothing" behind it where
        that is 0, and Paced when the model is called as often as it may be in a minute; then nothing is written.
        Whatever else it raises: the call must not be made, and holds nothing.
        """

    async def settle(self, id: str, bill: Bill) -> None:
        """What became of the call; its hold is given back. Nothing happens to a row that is settled.

        Returns once it is written, however long the database is away.
        """

    async def afford(self, place: Place, asker: str, amount: Decimal) -> None:
        """Raises like `open` when this amount would pass a budget now. Holds nothing."""

    async def by_tier(self, scope: Scope, period: Period) -> tuple[TierSpend, ...]:
        """The figures of each tier that made a call in this period, cheap tiers first."""

    async def spent(self, team: str, period: Period, asker: str | None = None) -> Decimal:
        """What calls take out of a budget in this period, a workspace's or, with `asker`, a person's in it.

        These are prices, and holds where no price is known yet: of calls under way, and of those nobody knows of.
        """


class Verdicts(Protocol):
    """Which pictures people keep."""

    async def give(self, verdicts: Sequence[Verdict]) -> frozenset[str]:
        """Remember them, each unless the same person has given a later one. Which of their pictures there are.

        What is said of others, which are forgotten, is left out.
        """

    async def tally(self, pictures: Sequence[str]) -> tuple[int, int]:
        """How many people keep at least one of these pictures, and how many discard at least one."""

    async def at(self, place: Place, post: str) -> tuple[str, ...]:
        """The pictures that the message with this timestamp shows; empty when it shows none of ours."""

    async def display(self, place: Place, post: str, pictures: Sequence[str]) -> None:
        """This message shows these pictures. Run twice: nothing more."""


class Retirements(Protocol):
    """Models that the provider no longer serves to us."""

    async def retire(self, model: str) -> None:
        """It was not there when it was asked. Forgotten after a day, so that a passing fault does not last."""

    async def restore(self, model: str) -> None:
        """It painted: forget that it was not there. Nothing happens if nobody remembers that."""

    async def retired(self) -> frozenset[str]:
        """Those that were not there within the last day."""
