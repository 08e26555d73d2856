"""Whether a file can be handed on as it is."""

from PIL import Image
from PIL.ExifTags import IFD

from bot.imaging.colours import is_srgb
from bot.imaging.kinds import Kind
from bot.imaging.turning import orientation_of

_PASSING = frozenset((Kind.PNG, Kind.JPEG, Kind.WEBP))
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
# Places where programs keep positions, captions and names besides EXIF.
_PRIVATE = ("photoshop", "Raw profile type exif", "Raw profile type APP1", "Raw profile type iptc", "mp")


def could_pass(picture: Image.Image, kind: Kind, longest: int) -> bool:
    """Whether the header alone does not rule it out."""
    still = not getattr(picture, "is_animated", False)
    return kind in _PASSING and still and picture.mode in ("RGB", "RGBA") and max(picture.size) <= longest


def is_clean(picture: Image.Image, data: bytes, kind: Kind) -> bool:
    """Whether a decoded picture is upright, eight bits deep, in sRGB, and says nothing about where it was taken."""
    return (
        _ends_properly(data, kind)
        and not (kind is Kind.PNG and data[24] != 8)
        and orientation_of(picture) == 1
        and is_srgb(picture.info.get("icc_profile"))
        and not _tells_place(picture)
    )


def _tells_place(picture: Image.Image) -> bool:
    try:
        positioned = IFD.GPSInfo in picture.getexif()
    except Exception:
        # EXIF we cannot read may hold anything.
        return True
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    words = packet if isinstance(packet, bytes) else str(packet).encode()
    return positioned or b"GPS" in words or any(key in picture.info for key in _PRIVATE)


def _ends_properly(data: bytes, kind: Kind) -> bool:
    """Nothing rides along behind the picture: archives, films and second photos are hidden there."""
    if kind is Kind.PNG:
        return data.endswith(_PNG_END) and data.count(_PNG_END) == 1
    if kind is Kind.WEBP:
        return len(data) == int.from_bytes(data[4:8], "little") + 8
    return data.endswith(b"\xff\xd9")
