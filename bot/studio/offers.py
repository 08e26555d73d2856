"""What the buttons under a picture offer, and about what each would cost."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalogue import Catalogue, estimate
from bot.domain.options import Tier
from bot.domain.requests import Act, ImageRequest
from bot.domain.turns import Turn
from bot.errors import PersonCanFix
from bot.ports import Offer
from bot.studio.repeating import repeat

BUTTONS = (Act.PRO, Act.AGAIN, Act.VARIATIONS, Act.ENLARGE)


def offers(catalogue: Catalogue, turn: Turn, picture: str) -> tuple[Offer, ...]:
    """The buttons that make sense here: nothing that the model cannot do, nothing that is already so."""
    return tuple(_possible(catalogue, turn, picture))


def _possible(catalogue: Catalogue, turn: Turn, picture: str) -> Iterator[Offer]:
    for act in BUTTONS:
        click = ImageRequest("", act, turn.place, turn.asker, "", picture=picture)
        try:
            planned = repeat(catalogue, turn, click, "")
        except PersonCanFix:
            continue
        if not _is_already(catalogue, turn, planned):
            model = catalogue.model(planned.model)
            options = planned.options
            price = estimate(model, options.size, options.count, len(planned.references) + bool(planned.parent))
            yield Offer(act, price)


def _is_already(catalogue: Catalogue, turn: Turn, planned: Turn) -> bool:
    if planned.act is Act.PRO:
        return catalogue.model(turn.model).tier is Tier.PRO
    return planned.act is Act.ENLARGE and planned.options.size == (
        turn.options.size or catalogue.model(turn.model).usual
    )
