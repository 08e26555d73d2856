"""What things cost, in words: prices, the small line under a picture, the price of what is offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import ROUND_FLOOR, Decimal, InvalidOperation, localcontext

from bot.catalogue import Catalogue
from bot.domain.options import Tier
from bot.domain.pictures import Picture
from bot.domain.requests import Act
from bot.domain.turns import Turn
from bot.ports import Offer
from bot.studio import context
from handlers.mrkdwn import escape

TENTH_OF_A_CENT = Decimal("0.001")
MOST_SECONDS = 10**11  # of what Slack takes as a moment


def money(amount: Decimal) -> str:
    """US dollars with as many places as matter: $1,234.50, $1.24, $0.068, $0.07, and $0.0004 where it is so little."""
    if amount >= 1:
        return f"${amount:,.2f}"
    if 0 < amount <= TENTH_OF_A_CENT / 2:  # which rounds to nothing
        return f"${float(amount):.1g}" if amount >= Decimal("0.0001") else "less than $0.0001"
    return "$" + _trimmed(f"{amount:.3f}")


def exactly(amount: str) -> str:
    """US dollars to the tenth of a cent, as budgets count them; what is no number stays as it is."""
    try:
        return "$" + _trimmed(f"{Decimal(amount):,.3f}")
    except InvalidOperation:
        return amount


def left(amount: Decimal) -> str:
    """What is left of a budget, as budgets tell it: to the tenth of a cent, and never more than there is."""
    with localcontext(rounding=ROUND_FLOOR):
        return exactly(f"{amount:.3f}")


def is_more(amount: str, than: str) -> bool:
    """Whether one amount is more than the other; not where one of them is no number."""
    try:
        return Decimal(amount) > Decimal(than)
    except InvalidOperation:
        return False


def moment(seconds: str) -> str:
    """Unix seconds as Slack shows them in each reader's own time; where it cannot, in UTC. Empty for no moment."""
    if not (seconds.isascii() and seconds.isdigit() and int(seconds) < MOST_SECONDS):
        return ""
    shown = datetime.fromtimestamp(int(seconds), UTC)
    return f"<!date^{seconds}^{{date_short_pretty}} at {{time}}|{shown.day} {shown:%B %Y, %H:%M} UTC>"


def tier_name(tier: Tier) -> str:
    """What people call a tier."""
    return tier.value.capitalize()


def model_name(catalogue: Catalogue, id: str) -> str:
    """What people call a model; its id where the catalogue no longer knows it."""
    return catalogue.models[id].name if id in catalogue.models else id


def details(turn: Turn, catalogue: Catalogue, pictures: Sequence[Picture], offers: Sequence[Offer]) -> str:
    """The small line: models, real pixels, seconds, price, and what Pro would cost before anyone clicks."""
    models = _each(model_name(catalogue, picture.model or turn.model) for picture in pictures)
    pixels = sorted({f"{picture.width}×{picture.height} px" for picture in pictures})
    seconds = f"{max(picture.seconds for picture in pictures):.1f} s"
    parts = [
        escape(" and ".join(models)),
        *pixels,
        seconds,
        _paid(pictures),
        *_given(turn, catalogue),
        *_on_pro(offers),
    ]
    return " · ".join(parts)


def _paid(pictures: Sequence[Picture]) -> str:
    """The price of one picture; of several what they cost together, and how many they are."""
    cost = money(sum((picture.cost for picture in pictures), Decimal(0)))
    return f"{cost} for {len(pictures)}" if len(pictures) > 1 else cost


def _given(turn: Turn, catalogue: Catalogue) -> list[str]:
    model = catalogue.models.get(turn.model)
    count = len(context.taken(turn, model) if model else turn.references)
    return [f"{count} reference{'s' if count > 1 else ''}"] if count else []


def _on_pro(offers: Sequence[Offer]) -> list[str]:
    return [f"Pro ≈ {money(offer.price)}" for offer in offers if offer.act is Act.PRO]


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _trimmed(figure: str) -> str:
    """Without a third place that says nothing."""
    return figure.removesuffix("0")
