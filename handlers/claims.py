"""Which tier is cheaper per kept picture: one sentence, and nothing claimed on too few pictures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.domain.spend import TierSpend
from handlers.bills import money, tier_name

ENOUGH = 20  # judged pictures of a tier, below which nothing is claimed of it


def claim(channel: Sequence[TierSpend]) -> str:
    """What a channel's figures show, with the pictures it rests on; or how much is missing until they show anything."""
    fit = sorted((spend for spend in channel if _is_enough(spend)), key=_price)
    if len(fit) < 2:
        return _nothing(channel)
    prices = [money(_price(spend)) for spend in fit]
    equal = prices.count(prices[0])  # a difference that does not show is none
    first, others = fit[:equal], fit[equal:]
    if equal > 1:
        names = _listed([tier_name(spend.tier) for spend in first])
        rests = ", ".join(f"{tier_name(spend.tier)}: {_rests_on(spend)}" for spend in first)
        return f"In this channel {names} cost the same per kept picture: {prices[0]} ({rests}){_than(others)}."
    cheaper = "cheaper" if len(fit) == 2 else "the cheapest"
    return (
        f"In this channel {tier_name(first[0].tier)} is {cheaper} per kept picture: "
        f"{prices[0]} ({_rests_on(first[0])}), against {_listed([_figure(spend) for spend in others])}."
    )


def _is_enough(spend: TierSpend) -> bool:
    return spend.judged >= ENOUGH and spend.per_kept is not None


def _price(spend: TierSpend) -> Decimal:
    return spend.per_kept or Decimal(0)


def _nothing(channel: Sequence[TierSpend]) -> str:
    rule = f"it takes two tiers with at least {ENOUGH} judged pictures each, and at least one of them kept"
    judged = [_judged(spend) for spend in channel if spend.pictures]
    so_far = f"so far {_listed(judged)}" if judged else "so far there is no picture to judge"
    return f"Nothing is claimed for this channel yet: {rule}; {so_far}."


def _judged(spend: TierSpend) -> str:
    none_kept = " (none kept)" if spend.judged and not spend.kept else ""
    return f"{tier_name(spend.tier)} has {spend.judged}{none_kept}"


def _than(others: Sequence[TierSpend]) -> str:
    return f", against {_listed([_figure(spend) for spend in others])}" if others else ""


def _figure(spend: TierSpend) -> str:
    return f"{money(_price(spend))} for {tier_name(spend.tier)} ({_rests_on(spend)})"


def _rests_on(spend: TierSpend) -> str:
    """A price is a tier's whole spend for those kept: how many nobody judged, and might have kept, has to be seen."""
    return f"{spend.judged} of {spend.pictures} pictures judged"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
