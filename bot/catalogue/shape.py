"""How large a picture comes, and which ratio a picture has."""

from __future__ import annotations

from math import log

from bot.catalogue.model import Model, Pixels
from bot.domain.options import Size


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


def _shape(ratio: str) -> float:
    width, height = map(int, ratio.split(":"))
    return log(width / height)
