"""Writing pictures: PNG where something shines through, JPEG for everything else."""

import io
import math

from PIL import Image

from bot.imaging.kinds import Kind

_QUALITIES = (92, 85, 75)
_SMALLER = 0.8


def encoded(picture: Image.Image, quality: int = 92) -> tuple[bytes, Kind]:
    """An RGB or RGBA picture as PNG (when it has an alpha channel) or JPEG without colour subsampling.

    Nothing but pixels is written: no EXIF, no comment, no profile.
    """
    bare = picture.copy()
    bare.info.clear()
    kind = Kind.PNG if bare.mode == "RGBA" else Kind.JPEG
    settings = {} if kind is Kind.PNG else {"quality": quality, "subsampling": 0}
    made = io.BytesIO()
    bare.save(made, kind.name, **settings)
    return made.getvalue(), kind


def opaque_if_solid(picture: Image.Image) -> Image.Image:
    """Without its alpha channel when nothing shines through anywhere."""
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert("RGB")
    return picture


def within(picture: Image.Image, longest: int) -> Image.Image:
    """Not larger than `longest` pixels on its longer side, in proportion, never thinner than one pixel."""
    scale = longest / max(picture.size)
    if scale >= 1:
        return picture
    width, height = (max(1, round(side * scale)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def fitted(picture: Image.Image, budget: int) -> tuple[bytes, Kind, tuple[int, int]]:
    """The best encoding of at most `budget` bytes, and its size in pixels: first quality gives way, then size.

    When even a single pixel is over budget, that pixel is the answer.
    """
    for quality in _QUALITIES if picture.mode == "RGB" else _QUALITIES[-1:]:
        data, kind = encoded(picture, quality)
        if len(data) <= budget:
            return data, kind, picture.size
    smaller, longest = picture, max(picture.size)
    while len(data) > budget and longest > 1:
        # Bytes grow with the area; what the estimate misses, the next round takes off.
        longest = max(1, int(longest * min(_SMALLER, math.sqrt(budget / len(data)))))
        smaller = within(picture, longest)
        data, kind = encoded(smaller, _QUALITIES[-1])
    return data, kind, smaller.size
