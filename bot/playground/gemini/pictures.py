"""Looks at the bytes of a picture: what they are, and whether they can be decoded at all."""

from __future__ import annotations

import hashlib
import io
from collections import OrderedDict

from PIL import Image

HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
REMEMBERED = 512
MOST_PIXELS = 80_000_000
known_good: OrderedDict[bytes, None] = OrderedDict()


def sniff(data: bytes) -> str:
    """The mime type the bytes themselves claim, "" when they claim none that is known here."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if data[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return "image/heic"
    if data[:5] == b"%PDF-":
        return "application/pdf"
    return ""


def is_sound(data: bytes, mime: str) -> bool:
    """Whether the bytes are a whole, decodable picture (or paper) of that mime type. Decodes them."""
    claimed = "image/heic" if mime == "image/heif" else mime
    if sniff(data) != claimed:
        return False
    if claimed in {"image/heic", "application/pdf"}:
        return True  # Pillow cannot open these by itself: the brand in the header has to do
    digest = hashlib.sha256(data).digest()
    if digest not in known_good and not decodes(data):
        return False
    known_good[digest] = None
    if len(known_good) > REMEMBERED:
        known_good.popitem(last=False)
    return True


def decodes(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                return False
            image.draft("RGB", (256, 256))  # a JPEG is decoded at an eighth: enough to notice that it is cut short
            image.load()
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    return True


def measure(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as seen (turned the way EXIF says); None when Pillow cannot tell."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            turned = image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
            width, height = image.size
    except (OSError, SyntaxError, ValueError):
        return None
    return (height, width) if turned else (width, height)
