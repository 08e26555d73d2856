"""Whether a file can be handed on as it is."""

from PIL import Image
from PIL.ExifTags import IFD

from bot.imaging.colours import is_srgb
from bot.imaging.kinds import Kind
from bot.imaging.pngs import is_public
from bot.imaging.turning import exif_of, orientation_of

_PASSING = frozenset((Kind.PNG, Kind.JPEG, Kind.WEBP))
# Places where programs keep positions, captions and names besides EXIF.
_PRIVATE = ("photoshop", "mp")


def could_pass(picture: Image.Image, kind: Kind, longest: int) -> bool:
    """Whether the header alone does not rule it out."""
    if kind not in _PASSING or getattr(picture, "is_animated", False):
        return False
    return picture.mode in ("RGB", "RGBA") and max(picture.size) <= longest


def is_clean(picture: Image.Image, data: bytes, kind: Kind) -> bool:
    """Whether a decoded picture is upright, eight bits deep, in sRGB, and says nothing about where it was taken."""
    return (
        _holds_nothing_else(data, kind)
        and not (kind is Kind.PNG and data[24] != 8)
        and orientation_of(picture) == 1
        and is_srgb(picture.info.get("icc_profile"))
        and not _tells_place(picture)
    )


def _tells_place(picture: Image.Image) -> bool:
    tags = exif_of(picture)
    # EXIF that could not be read may hold anything.
    unread = bool(picture.info.get("exif")) and not tags
    packets = [picture.info.get("xmp") or b"", *(body for _, body in getattr(picture, "applist", ()))]
    told = any(b"GPS" in packet for packet in packets)
    return unread or told or IFD.GPSInfo in tags or any(key in picture.info for key in _PRIVATE)


def _holds_nothing_else(data: bytes, kind: Kind) -> bool:
    """Nothing rides along behind the picture: archives, films and second photos are hidden there."""
    if kind is Kind.PNG:
        return is_public(data)
    if kind is Kind.WEBP:
        return len(data) == int.from_bytes(data[4:8], "little") + 8
    return data.endswith(b"\xff\xd9")
