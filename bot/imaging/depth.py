"""Bringing every way to store a pixel down to eight bits a channel."""

import math

from PIL import Image

_GOOD = frozenset(("RGB", "RGBA", "L", "LA", "CMYK", "LAB"))
_ALPHA = frozenset(("PA", "La", "RGBa"))
_SINGLE = frozenset(("I", "F"))
_TO_EIGHT = [round(value / 257) for value in range(65_536)]


def eight_bit(picture: Image.Image) -> Image.Image:
    """The same picture in mode RGB, RGBA, L, LA, CMYK or LAB; a transparent colour becomes an alpha channel."""
    if picture.mode.startswith("I;16"):
        made = picture.convert("I").point(_TO_EIGHT, "L")
        # A transparent grey was named on the old scale.
        made.info.pop("transparency", None)
        return made
    if picture.mode in _SINGLE:
        return _stretched(picture, *_range_of(picture))
    if picture.mode in _GOOD and "transparency" not in picture.info:
        return picture
    return picture.convert("RGBA" if _shines_through(picture) else "RGB")


def _shines_through(picture: Image.Image) -> bool:
    """As Pillow's `has_transparency_data`, which asks a palette picture without a palette too much."""
    palette_mode = picture.palette.mode if picture.palette else ""
    return "transparency" in picture.info or picture.mode in _ALPHA or palette_mode.endswith("A")


def _stretched(picture: Image.Image, low: float, high: float) -> Image.Image:
    """Maps low..high to 0..255. In floats: Pillow's whole numbers clip at 255 instead of scaling."""
    scale = 255 / (high - low)
    return picture.convert("F").point(lambda value: value * scale + (0.5 - low * scale)).convert("L")


def _range_of(picture: Image.Image) -> tuple[float, float]:
    """Which values are black and white. Files do not say: 0..1, 0..255 and 0..65535 are usual, else what is there."""
    low, high = _extremes(picture)
    usual = (1, 255, 65_535) if picture.mode == "F" else (255, 65_535)
    return next(((0, top) for top in usual if low >= 0 and high <= top), (low, high))


def _extremes(picture: Image.Image) -> tuple[float, float]:
    low, high = (float(str(value)) for value in picture.getextrema())
    usable = math.isfinite(low) and math.isfinite(high) and low < high
    return (low, high) if usable else (0, max(1, high) if math.isfinite(high) else 1)
