"""What the buttons under a picture offer, and about what each would cost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.catalogue import Catalogue, estimate
from bot.domain.requests import Act, ImageRequest
from bot.domain.turns import Turn
from bot.errors import PersonCanFix
from bot.ports import Offer
from bot.studio.repeating import TIERS, repeat

UNDER_A_PICTURE = (Act.PRO, Act.AGAIN, Act.VARIATIONS, Act.ENLARGE)
AFTER_A_FAILURE = (Act.AGAIN, Act.LITE, Act.FLASH, Act.PRO)
# Another model may do it: it is not busy, not out of order, not out of quota, or draws where this one would not.
MAY_PASS_ELSEWHERE = frozenset(
    {"model_busy", "model_overloaded", "model_timeout", "model_unreachable", "model_broken", "model_retired"}
    | {"quota_spent", "answer_empty", "answer_unreadable", "no_picture", "picture_failed", "answer_cut"}
)


def offers(catalogue: Catalogue, turn: Turn, picture: str) -> tuple[Offer, ...]:
    """The buttons that make sense here: nothing that the model cannot do, nothing that is already so."""
    return tuple(_possible(catalogue, turn, picture))


def price(catalogue: Catalogue, turn: Turn) -> Decimal:
    """About what a turn will cost, in US dollars, before it is painted."""
    model, given = catalogue.model(turn.model), len(turn.references) + bool(turn.parent)
    size = turn.options.size if model.sends_size else None
    searches = len(model.search) if turn.options.ground else 0
    return turn.options.count * estimate(model, size or model.usual, given, len(turn.prompt), searches)


def _possible(catalogue: Catalogue, turn: Turn, picture: str) -> Iterator[Offer]:
    for act in _acts(turn):
        click = ImageRequest("", act, turn.place, turn.asker, "", picture=picture)
        try:
            planned = repeat(catalogue, turn, click, "")
        except PersonCanFix:
            continue
        if not _is_already(catalogue, turn, planned):
            yield Offer(act, price(catalogue, planned))


def _acts(turn: Turn) -> tuple[Act, ...]:
    if turn.pictures:
        return UNDER_A_PICTURE
    passing = turn.trouble is not None and turn.trouble.reason in MAY_PASS_ELSEWHERE
    return AFTER_A_FAILURE if passing else (Act.AGAIN,)


def _is_already(catalogue: Catalogue, turn: Turn, planned: Turn) -> bool:
    if planned.act in TIERS:
        return catalogue.model(turn.model).tier is TIERS[planned.act]
    return planned.act is Act.ENLARGE and planned.options.size == (
        turn.options.size or catalogue.model(turn.model).usual
    )
