"""The gate: whether bytes that came from outside are a picture we can use."""

from dataclasses import dataclass

from PIL.ImageFile import ImageFile

from bot.imaging.colours import in_srgb
from bot.imaging.depth import eight_bit
from bot.imaging.kinds import Kind
from bot.imaging.limits import LIMITS, Limits
from bot.imaging.opening import guarded, kind_of, opened, refuse_vast
from bot.imaging.turning import orientation_of, upright_size
from bot.imaging.unusable import Unusable

__all__ = ["LIMITS", "Admitted", "Limits", "Unusable", "admit"]


@dataclass(frozen=True, slots=True)
class Admitted:
    """A picture that decodes to its last pixel. Width and height in pixels, as a person sees it (turned upright)."""

    data: bytes
    name: str
    kind: Kind
    width: int
    height: int


def admit(data: bytes, name: str, limits: Limits = LIMITS) -> Admitted:
    """The picture in `data`, proved whole; of an animation or a stack of pages only the first is looked at.

    Raises `Unusable` and nothing else. Memory stays near six bytes for each allowed pixel, whatever the file claims:
    size is judged from the header, before anything is decoded.
    """
    kind = kind_of(data, name)
    _refuse_heavy(data, name, limits)
    with guarded(name):
        picture = opened(data, name, kind, limits)
        declared = picture.size
        _decode(picture, kind)
        # Some containers only learn the size of what they hold while decoding it.
        refuse_vast(picture, name, limits)
        _try_colours(picture)
        width, height = upright_size(declared, orientation_of(picture))
    return Admitted(data, name, kind, width, height)


def _refuse_heavy(data: bytes, name: str, limits: Limits) -> None:
    if len(data) > limits.bytes:
        size, limit = (f"{count / 1024 / 1024:.4g}" for count in (len(data), limits.bytes))
        raise Unusable("file_too_big", name, size=f"{size} MB", limit=f"{limit} MB")


def _decode(picture: ImageFile, kind: Kind) -> None:
    """Reads every byte; for JPEG at an eighth of the size, which still walks all the compressed data."""
    if kind is Kind.JPEG:
        picture.draft(None, (1, 1))
    picture.load()


def _try_colours(picture: ImageFile) -> None:
    """Takes one pixel all the way, so that what is admitted can be prepared: a palette may be missing altogether."""
    in_srgb(eight_bit(picture.crop((0, 0, 1, 1))), picture.info.get("icc_profile"))
