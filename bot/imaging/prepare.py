"""Making a picture ready for a model: upright, eight bits, sRGB, nothing private, not too large."""

from collections.abc import Collection
from dataclasses import dataclass

from PIL.ImageFile import ImageFile

from bot.imaging.cleanness import could_pass, is_clean
from bot.imaging.colours import in_srgb
from bot.imaging.depth import eight_bit
from bot.imaging.encoding import fitted, opaque_if_solid, within
from bot.imaging.kinds import Kind
from bot.imaging.limits import LIMITS
from bot.imaging.opening import guarded, kind_of, opened, refuse_vast
from bot.imaging.turning import orientation_of, upright

ANY = frozenset(kind.mime for kind in Kind)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a model is given. Width and height in pixels; `original_kind` is the kind of file it was made from."""

    data: bytes
    mime: str
    width: int
    height: int
    original_kind: Kind


def prepare(
    data: bytes, name: str, longest: int = 3072, budget: int = 7_000_000, mimes: Collection[str] = ANY
) -> Prepared:
    """The picture as PNG (with transparency) or JPEG, at most `longest` pixels a side and `budget` bytes.

    Camera data and positions are left behind. A file that is already all this, and of one of the `mimes`, passes byte
    for byte, so that what a model painted comes back to it exactly. Raises `Unusable` and nothing else. A picture of a
    hundred megapixels takes up to a gigabyte of memory on the way, one of twelve about a hundred megabytes.
    """
    kind = kind_of(data, name)
    with guarded(name):
        picture = opened(data, name, kind, LIMITS)
        if kind.mime in mimes and could_pass(picture, kind, longest) and len(data) <= budget:
            picture.load()
            if is_clean(picture, data, kind):
                return Prepared(data, kind.mime, *picture.size, kind)
        return _made(picture, name, kind, longest, budget)


def _made(picture: ImageFile, name: str, kind: Kind, longest: int, budget: int) -> Prepared:
    if kind is Kind.JPEG:
        # The decoder halves for free; twice the size asked for leaves enough to resample well.
        picture.draft(None, (2 * longest, 2 * longest))
    picture.load()
    refuse_vast(picture, name, LIMITS)
    small = within(eight_bit(picture), longest)
    plain = opaque_if_solid(in_srgb(small, picture.info.get("icc_profile")))
    made, made_kind, size = fitted(upright(plain, orientation_of(picture)), budget)
    return Prepared(made, made_kind.mime, *size, kind)
