"""Writing pictures: PNG where something shines through, JPEG for everything else."""

import io
from collections.abc import Iterator

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
    for candidate, quality in _candidates(picture):
        data, kind = encoded(candidate, quality)
        if len(data) <= budget or max(candidate.size) == 1:
            break
    return data, kind, candidate.size


def _candidates(picture: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    for quality in _QUALITIES if picture.mode == "RGB" else _QUALITIES[:1]:
        yield picture, quality
    longest = max(picture.size)
    while longest > 1:
        longest = int(longest * _SMALLER)
        yield within(picture, longest), _QUALITIES[-1]
