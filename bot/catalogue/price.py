"""What a call costs, in US dollars, exactly."""

from __future__ import annotations

from decimal import Decimal

from bot.catalogue.model import Model
from bot.domain.options import Size
from bot.domain.spend import Usage

MILLION = Decimal(1_000_000)
THOUSAND = Decimal(1_000)
ABSURD = 10**12  # of anything in one call: a provider that says more has lost count


def cost(model: Model, usage: Usage, size: Size | None = None) -> Decimal:
    """What the provider charges for this call: by Google's formula, at the catalogue's prices. Never less than nothing.

    Every token that is neither prompt nor picture is text or thinking, wherever the provider lists it: on a refusal
    the other counts overlap and only the total is right. Without a total it is the thinking that the provider lists.
    Pictures without a count of their tokens count as pictures of this size do, the model's usual one for None.
    """
    prompt, total = _sane(usage.prompt), _sane(usage.total)
    image = _sane(usage.image) or _uncounted(model, usage, size)
    text = max(0, total - prompt - image) if total else _sane(usage.thinking)
    prices = model.prices
    tokens = (prompt * prices.text_in + image * prices.image_out + text * prices.text_out) / MILLION
    return tokens + _sane(usage.queries) * prices.search / THOUSAND


def estimate(model: Model, size: Size | None, pictures_in: int, words: int = 0, queries: int = 0) -> Decimal:
    """The most that one call costs whose answer has one picture and no drafts. KeyError for a size it does not paint.

    `pictures_in` and the tokens of `words` are all that goes into the request, earlier turns too. `queries` are the
    searches it may make, all of which are in it. It is more than the bill; decision 8 says by how much at most.
    """
    prompt = pictures_in * model.reference_tokens + words
    image = model.output_tokens[size or model.usual]
    total = prompt + image + model.thinking_tokens
    return cost(model, Usage(prompt, image, total, pictures=1, queries=queries), size)


def _uncounted(model: Model, usage: Usage, size: Size | None) -> int:
    """Tokens of pictures that nobody counted: as many as the catalogue says, within what the total leaves for them."""
    each = model.output_tokens.get(size or model.usual, model.output_tokens[model.usual])
    expected, room = _sane(usage.pictures) * each, _sane(usage.total) - _sane(usage.prompt)
    return min(expected, room) if room > 0 else expected


def _sane(count: int) -> int:
    return min(max(0, count), ABSURD)
