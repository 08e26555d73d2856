"""What `/imagine cost` answers: what one person spent, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from bot.domain.spend import TierSpend
from bot.ports import Statement
from handlers.bills import left, money, tier_name

NOTHING = "You have spent nothing {when}. `/imagine a red fox in the snow` would be a start."


def statement(said: Statement) -> str:
    """The whole answer, in mrkdwn."""
    if not any(_happened(spend) for spend in (*said.today, *said.in_month)):
        return "\n".join((NOTHING.format(when=f"in {month(said.month)}"), *_left(said)))
    today = (f"*Today, {_day(said.day)}*", *_by_tier(said.today, "nothing so far"))
    whole = (f"*In {month(said.month)}*", *_by_tier(said.in_month, "nothing"), *_unknown(said.in_month))
    return "\n".join((*today, *whole, *_left(said)))


def month(name: str) -> str:
    """ "2026-11" as people say it."""
    return f"{date.fromisoformat(f'{name}-01'):%B %Y}"


def pictures(count: int) -> str:
    """So many pictures."""
    return f"{count} picture{'' if count == 1 else 's'}"


def uncertain(spends: Sequence[TierSpend]) -> str:
    """What calls may have cost besides, whose outcome nobody knows; "" when there are none."""
    amount = sum((spend.unknown for spend in spends), Decimal(0))
    if not amount:
        return ""
    return f"Up to {money(amount)} more may be billed: some calls ended, and nobody knows how."


def _happened(spend: TierSpend) -> bool:
    return bool(spend.pictures or spend.spend or spend.unknown)


def _day(name: str) -> str:
    day = date.fromisoformat(name)
    return f"{day.day} {day:%B}"


def _by_tier(spends: Sequence[TierSpend], nothing: str) -> Iterator[str]:
    happened = [spend for spend in spends if _happened(spend)]
    yield from (f"• {tier_name(spend.tier)}: {_figures(spend)}" for spend in happened)
    if not happened:
        yield f"• {nothing}"
    if len(happened) > 1:
        together = sum((spend.spend for spend in happened), Decimal(0))
        yield f"• Together: {pictures(sum(spend.pictures for spend in happened))}, {money(together)}"


def _figures(spend: TierSpend) -> str:
    return f"{pictures(spend.pictures)}, {money(spend.spend)}{_kept(spend)}"


def _kept(spend: TierSpend) -> str:
    if spend.per_kept is None:
        return " (none kept yet)" if spend.pictures else ""
    return f" ({money(spend.per_kept)} per kept picture, {spend.kept} kept)"


def _unknown(spends: Sequence[TierSpend]) -> Iterator[str]:
    if said := uncertain(spends):
        yield said


def _left(said: Statement) -> Iterator[str]:
    """What the budgets leave, as it is when one is checked: what is under way, and what nobody knows of, counts."""
    limits = (
        (said.budgets.person_day, said.taken or Decimal(0), "of your {budget} for today"),
        (said.budgets.workspace_month, said.workspace or Decimal(0), "of this workspace's {budget} for this month"),
    )
    told = [_remains(budget, spent, words) for budget, spent, words in limits if budget is not None]
    if told:
        yield f"*Left:* {' · '.join(told)}."


def _remains(budget: Decimal, spent: Decimal, words: str) -> str:
    return f"{left(max(Decimal(0), budget - spent))} {words.format(budget=money(budget))}"
