"""What a call costs, in US dollars, exactly."""

from __future__ import annotations

from decimal import Decimal

from bot.catalogue.model import Model
from bot.domain.options import Size

MILLION = Decimal(1_000_000)


def cost(model: Model, prompt_tokens: int, image_tokens: int, total_tokens: int) -> Decimal:
    """What the provider charges for these tokens; never less than nothing.

    Every token that is neither prompt nor picture is text or thinking, wherever the provider lists it: on a refusal
    the other counts overlap and only the total is right.
    """
    prompt, image = max(0, prompt_tokens), max(0, image_tokens)
    text = max(0, total_tokens - prompt - image)
    prices = model.prices
    return (prompt * prices.text_in + image * prices.image_out + text * prices.text_out) / MILLION


def estimate(model: Model, size: Size | None, count: int, references: int) -> Decimal:
    """About what this many pictures cost, each given the same references. KeyError for a size it does not paint.

    Words and thinking are left out: together they are a small part of a picture's price.
    """
    each = cost(model, references * model.reference_tokens, model.output_tokens[size or model.usual], 0)
    return count * each
