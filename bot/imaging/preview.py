"""Making a painted picture ready to be shown in Slack."""

from dataclasses import dataclass

from bot.imaging.colours import in_srgb
from bot.imaging.depth import eight_bit
from bot.imaging.encoding import encoded, opaque_if_solid
from bot.imaging.kinds import Kind
from bot.imaging.limits import LIMITS
from bot.imaging.opening import guarded, kind_of, opened, refuse_vast
from bot.imaging.turning import orientation_of, upright, upright_size

# Slack's image block shows png, jpg, jpeg and gif, and nothing else.
_SHOWN = frozenset((Kind.PNG, Kind.JPEG, Kind.GIF))
_QUALITY = 95


@dataclass(frozen=True, slots=True)
class Preview:
    """What Slack can show. Width and height in pixels, as a person sees it."""

    data: bytes
    mime: str
    width: int
    height: int


def preview(data: bytes, name: str = "picture") -> Preview:
    """A picture Slack can show: PNG, JPEG and GIF as they are, others as PNG (with transparency) or JPEG.

    Untouched means untouched: a painted picture carries content credentials (C2PA), which any rewriting would lose,
    so of those only the header is read. Raises `Unusable` and nothing else.
    """
    kind = kind_of(data, name)
    if kind in _SHOWN:
        return Preview(data, kind.mime, *measure(data, name))
    with guarded(name):
        picture = opened(data, name, kind, LIMITS)
        picture.load()
        refuse_vast(picture, name, LIMITS)
        plain = opaque_if_solid(in_srgb(eight_bit(picture), picture.info.get("icc_profile")))
        shown = upright(plain, orientation_of(picture))
        made, made_kind = encoded(shown, _QUALITY)
    return Preview(made, made_kind.mime, *shown.size)


def measure(data: bytes, name: str = "picture") -> tuple[int, int]:
    """Width and height in pixels as a person sees the picture, from its header alone. Raises `Unusable`."""
    kind = kind_of(data, name)
    with guarded(name):
        picture = opened(data, name, kind, LIMITS)
        return upright_size(picture.size, orientation_of(picture))
