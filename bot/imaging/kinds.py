"""What a file is, decided by its first bytes; names and declared types are never believed."""

import re
from enum import StrEnum

from bot.imaging.brands import brands_of
from bot.imaging.markup import is_text, root_of

_HEAD = 65_536


class Kind(StrEnum):
    """A kind of file we can name to a person."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    HEIC = "heic"
    GIF = "gif"
    BMP = "bmp"
    TIFF = "tiff"
    AVIF = "avif"
    JXL = "jxl"
    JPEG2000 = "jpeg2000"
    ICON = "icon"
    PSD = "psd"
    RAW = "raw"
    SVG = "svg"
    POSTSCRIPT = "postscript"
    PDF = "pdf"
    HTML = "html"
    ZIP = "zip"
    OFFICE = "office"
    ARCHIVE = "archive"
    VIDEO = "video"
    SOUND = "sound"
    TEXT = "text"

    @property
    def mime(self) -> str:
        """The media type, as IANA registers it (the usual one where a kind covers several)."""
        return _SPOKEN[self][0]

    @property
    def label(self) -> str:
        """How a sentence calls it, with its article: "a PDF"."""
        return _SPOKEN[self][1]

    @property
    def is_picture(self) -> bool:
        """Whether it holds a picture made of pixels; `admit` still takes only some of these kinds."""
        return self in _PICTURES


_SPOKEN: dict[Kind, tuple[str, str]] = {
    Kind.PNG: ("image/png", "a PNG picture"),
    Kind.JPEG: ("image/jpeg", "a JPEG picture"),
    Kind.WEBP: ("image/webp", "a WebP picture"),
    Kind.HEIC: ("image/heic", "a HEIC picture"),
    Kind.GIF: ("image/gif", "a GIF"),
    Kind.BMP: ("image/bmp", "a BMP picture"),
    Kind.TIFF: ("image/tiff", "a TIFF picture"),
    Kind.AVIF: ("image/avif", "an AVIF picture"),
    Kind.JXL: ("image/jxl", "a JPEG XL picture"),
    Kind.JPEG2000: ("image/jp2", "a JPEG 2000 picture"),
    Kind.ICON: ("image/vnd.microsoft.icon", "an icon file"),
    Kind.PSD: ("image/vnd.adobe.photoshop", "a Photoshop file"),
    Kind.RAW: ("image/x-raw", "a camera raw file"),
    Kind.SVG: ("image/svg+xml", "an SVG drawing"),
    Kind.POSTSCRIPT: ("application/postscript", "a PostScript file"),
    Kind.PDF: ("application/pdf", "a PDF"),
    Kind.HTML: ("text/html", "a web page"),
    Kind.ZIP: ("application/zip", "a ZIP archive"),
    Kind.OFFICE: ("application/octet-stream", "an Office document"),
    Kind.ARCHIVE: ("application/octet-stream", "an archive"),
    Kind.VIDEO: ("video/mp4", "a video"),
    Kind.SOUND: ("audio/mpeg", "a sound recording"),
    Kind.TEXT: ("text/plain", "a text file"),
}

_DECODED = (Kind.PNG, Kind.JPEG, Kind.WEBP, Kind.HEIC, Kind.GIF, Kind.BMP, Kind.TIFF)
_PICTURES = {*_DECODED, Kind.AVIF, Kind.JXL, Kind.JPEG2000, Kind.ICON, Kind.PSD, Kind.RAW}

# Order matters: a camera raw file is also a TIFF, an Office document is also a ZIP.
_SIGNATURES = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"\x89PNG\r\n\x1a\n", Kind.PNG),
        (rb"\xff\xd8\xff", Kind.JPEG),
        (rb"RIFF....WEBP", Kind.WEBP),
        (rb"GIF8[79]a", Kind.GIF),
        # Two letters would also match a sentence about a car: the header's length must make sense too.
        (rb"BM.{12}[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\x00\x00\x00", Kind.BMP),
        (rb"II\*\x00.{4}CR|IIU\x00|IIR[OS]\x08\x00|MMOR\x00|FUJIFILMCCD-RAW", Kind.RAW),
        (rb"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+", Kind.TIFF),
        (rb"8BPS\x00[\x01\x02]", Kind.PSD),
        (rb"\x00\x00\x00\x0cJXL \r\n|\xff\x0a", Kind.JXL),
        (rb"\x00\x00\x00\x0cjP  \r\n|\xff\x4f\xff\x51", Kind.JPEG2000),
        (rb"\x00\x00[\x01\x02]\x00[^\x00]\x00", Kind.ICON),
        (rb"%PDF-", Kind.PDF),
        (rb"%!PS|\xc5\xd0\xd3\xc6", Kind.POSTSCRIPT),
        (rb"\{\\rtf|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OFFICE),
        (rb"PK\x03\x04.*?(?:\[Content_Types\]\.xml|mimetypeapplication/vnd\.oasis)", Kind.OFFICE),
        (rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", Kind.ZIP),
        (rb"\x1f\x8b|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|BZh[1-9]1AY|\xfd7zXZ\x00|.{257}ustar", Kind.ARCHIVE),
        (rb"\x1a\x45\xdf\xa3|RIFF....AVI |\x00\x00\x01[\xb3\xba]|FLV\x01", Kind.VIDEO),
        (rb"\x00...(?:moov|mdat|wide|free|skip|pnot)", Kind.VIDEO),
        (
            rb"ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]|RIFF....WAVE|OggS\x00|fLaC\x00|#!AMR|FORM....AIF",
            Kind.SOUND,
        ),
    )
)

_GENERAL = ("mif1", "mif2", "msf1", "miaf", "heif", "MiHB", "MiHE")
_HEVC = ("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs")
_BRANDS: dict[str, Kind] = dict.fromkeys(_GENERAL + _HEVC, Kind.HEIC) | {
    "avif": Kind.AVIF,
    "avis": Kind.AVIF,
    "crx ": Kind.RAW,
    "jxl ": Kind.JXL,
    "jp2 ": Kind.JPEG2000,
    "M4A ": Kind.SOUND,
    "M4B ": Kind.SOUND,
}
_WEB = {"html", "head", "body", "title", "meta", "link", "script", "style", "div", "p", "span", "a", "br", "h1"} | {
    *("h2", "table", "form", "center", "iframe")
}


def sniff(data: bytes) -> Kind | None:
    """The kind of file these bytes begin; None when they begin nothing we know. Never raises."""
    head = bytes(data[:_HEAD])
    return _by_brand(head) or _by_signature(head) or _by_words(head)


def _by_signature(head: bytes) -> Kind | None:
    return next((kind for pattern, kind in _SIGNATURES if pattern.match(head)), None)


def _by_brand(head: bytes) -> Kind | None:
    """ISO media files (ISO/IEC 14496-12) say in `ftyp` what they are: first the main brand, then all others."""
    brands = brands_of(head)
    if not brands:
        return None
    # "mif1" only says "some HEIF": the coded picture inside is named by the compatible brands.
    if brands[0] in _GENERAL:
        coded = [_BRANDS[brand] for brand in brands if brand in _BRANDS and brand not in _GENERAL]
        return coded[0] if coded else Kind.HEIC
    return _BRANDS.get(brands[0], Kind.VIDEO)


def _by_words(head: bytes) -> Kind | None:
    root = root_of(head)
    if root == "svg":
        return Kind.SVG
    if root in _WEB:
        return Kind.HTML
    # Readers of PDF accept junk before the header, so files with it exist.
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    return Kind.TEXT if is_text(head) else None
