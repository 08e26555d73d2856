"""How large a picture comes, which ratio a picture has, and whether it is what was asked for."""

from __future__ import annotations

from math import log

from bot.catalogue.model import Model, Pixels
from bot.domain.options import AUTO, Size

OUT_OF_SHAPE = 0.02  # of the proportion: the announced pixels themselves are up to so much off the ratio
SHORT = 0.95  # of the announced longest side
LONG = 1.5  # times the announced longest side: nearer to the next size, which has twice
SIDES = {Size.HALF: 512, Size.ONE: 1024, Size.TWO: 2048, Size.FOUR: 4096}


def pixels(model: Model, ratio: str, size: Size) -> Pixels:
    """Width and height of this ratio at this size, as announced. KeyError when the model does not paint it."""
    if ratio not in model.ratios or size not in model.sizes:
        raise KeyError((model.id, ratio, size))
    return model.pixels[ratio][size]


def nearest_ratio(model: Model, width: int, height: int) -> str:
    """The model's ratio that is closest to this width and height, by proportion. ValueError for no size at all."""
    if width <= 0 or height <= 0:
        raise ValueError(f"a picture of {width} by {height}")
    shape = log(width) - log(height)
    return min(model.ratios, key=lambda ratio: abs(shape - _shape(ratio)))


def as_asked(model: Model, ratio: str | None, size: Size | None, width: int, height: int) -> bool:
    """Whether a picture of this width and height has the ratio and the size asked for; None asked for nothing.

    Within 2 % of the proportion, or of the one the model announces for it; at least 95 % of the announced longest side,
    and less than one and a half times as long. Nothing is announced for what the model does not paint: there the ratio
    itself counts, and that it is as long as the side of a square.
    """
    if width <= 0 or height <= 0:
        return False
    asked = nearest_ratio(model, width, height) if ratio is None or ratio == AUTO else ratio
    announced = model.pixels.get(asked, {})
    if size is not None and not _is_of_size(max(width, height), announced.get(size), SIDES[size]):
        return False
    right = [_proportion(asked), *(across / down for across, down in announced.values())]
    return asked != ratio or any(abs(width / height / each - 1) <= OUT_OF_SHAPE for each in right)


def _is_of_size(longest: int, announced: Pixels | None, side: int) -> bool:
    if announced is None:
        return longest >= SHORT * side
    return SHORT <= longest / max(announced) < LONG


def _shape(ratio: str) -> float:
    return log(_proportion(ratio))


def _proportion(ratio: str) -> float:
    width, height = map(int, ratio.split(":"))
    return width / height
