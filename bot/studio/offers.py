"""What the buttons under a picture offer, and about what each would cost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.catalogue import Catalogue, estimate, tokens
from bot.domain.options import Size
from bot.domain.requests import Act, ImageRequest
from bot.domain.turns import Turn
from bot.errors import PersonCanFix
from bot.ports import Offer
from bot.studio import context
from bot.studio.repeating import TIERS, repeat

UNDER_A_PICTURE = (Act.PRO, Act.AGAIN, Act.VARIATIONS, Act.ENLARGE)
AFTER_A_FAILURE = (Act.AGAIN, Act.LITE, Act.FLASH, Act.PRO)
# Another model may do it: it is not busy, not out of order, not out of quota, or draws where this one would not.
MAY_PASS_ELSEWHERE = frozenset(
    {"model_busy", "model_overloaded", "model_timeout", "model_unreachable", "model_broken", "model_retired"}
    | {"quota_spent", "answer_empty", "answer_unreadable", "no_picture", "picture_failed", "answer_cut"}
)


def offers(catalogue: Catalogue, turn: Turn, picture: str, before: tuple[Turn, ...] = ()) -> tuple[Offer, ...]:
    """The buttons that make sense here: nothing that the model cannot do, nothing that is already so.

    Of `picture` what can be had from it; where that is the turn's own id, ways to what did not come. `before` are the
    turns that this one went on from, oldest first.
    """
    return tuple(_possible(catalogue, turn, picture, before))


def price(catalogue: Catalogue, turn: Turn, before: tuple[Turn, ...] = ()) -> Decimal:
    """About what a turn will cost, in US dollars, before it is painted; with a search of each kind it may make.

    With the turns `before` it, oldest first, what goes along of their conversation is in it.
    """
    model = catalogue.model(turn.model)
    given = len(context.taken(turn, model)) + bool(turn.parent)
    words = tokens(context.words(turn)) + context.burden(turn, before, model)
    size = turn.options.size if model.sends_size else None
    searches = len(model.search) if turn.options.ground else 0
    return turn.options.count * estimate(model, size or model.usual, given, words, searches)


def _possible(catalogue: Catalogue, turn: Turn, picture: str, before: tuple[Turn, ...]) -> Iterator[Offer]:
    for act in _acts(turn, picture):
        click = ImageRequest("", act, turn.place, turn.asker, "", picture=picture)
        try:
            planned = repeat(catalogue, turn, click, "")
        except PersonCanFix:
            continue
        if not (_is_already(catalogue, turn, planned) or _falls_short(planned)):
            chain = (*before, turn) if planned.parent == picture else before
            yield Offer(act, price(catalogue, planned, chain))


def _acts(turn: Turn, picture: str) -> tuple[Act, ...]:
    if picture != turn.id:
        return UNDER_A_PICTURE
    passing = turn.trouble is not None and turn.trouble.reason in MAY_PASS_ELSEWHERE
    return AFTER_A_FAILURE if passing else (Act.AGAIN,)


def _falls_short(planned: Turn) -> bool:
    """The button promises 4K, which is not the largest size of every model."""
    return planned.act is Act.ENLARGE and planned.options.size != Size.FOUR


def _is_already(catalogue: Catalogue, turn: Turn, planned: Turn) -> bool:
    """Of a model that the catalogue no longer knows nobody can say which tier it was, or how large it painted."""
    painter = catalogue.models.get(turn.model)
    if planned.act in TIERS:
        return painter is not None and painter.tier is TIERS[planned.act]
    size = turn.options.size or (painter and painter.usual)
    return planned.act is Act.ENLARGE and planned.options.size == size
