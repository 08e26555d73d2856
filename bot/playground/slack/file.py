"""A file in the workspace, and what its bytes show it to be."""

import io
import time
from dataclasses import dataclass, field

from PIL import Image

from bot.playground import keys
from bot.playground.slack.shapes import Json

THUMBS = (64, 80, 160, 360, 480, 720, 960, 1024)
# What an image block may show, by what the bytes are (never by the name).
SHOWABLE = frozenset({"image/png", "image/jpeg", "image/gif"})
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png", "PNG"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg", "JPEG"),
    (b"GIF8", "image/gif", "gif", "GIF"),
    (b"BM", "image/bmp", "bmp", "BMP"),
    (b"II*\x00", "image/tiff", "tiff", "TIFF"),
    (b"MM\x00*", "image/tiff", "tiff", "TIFF"),
    (b"%PDF-", "application/pdf", "pdf", "PDF"),
)


@dataclass
class File:
    """A file. Until `ready` its type, size in pixels and thumbnails are unknown, as they are at Slack.

    `kept_back` is all that is told of it, where Slack does not show it: its `mode`, or its `file_access`.
    """

    id: str
    name: str
    title: str
    owner: str
    data: bytes
    alt_txt: str = ""
    created: int = field(default_factory=lambda: int(time.time()))
    expected: int = 0
    ready: bool = False
    completed: bool = False
    mimetype: str = ""
    filetype: str = ""
    pretty_type: str = ""
    pixels: tuple[int, int] | None = None
    shares: dict[str, list[str]] = field(default_factory=dict)
    kept_back: Json = field(default_factory=dict)

    def process(self) -> None:
        """Look at the bytes: what Slack does in the seconds after an upload."""
        self.mimetype, self.filetype, self.pretty_type = sniff(self.data, self.name)
        self.pixels = _measure(self.data) if self.mimetype.startswith("image/") else None
        self.ready = True

    def described(self, url: str, private_channels: frozenset[str] = frozenset()) -> Json:
        """Slack's file object; `url` is the world's address."""
        place = f"{url}/slack/files/{keys.TEAM_ID}-{self.id}"
        told: Json = {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": self.filetype,
            "pretty_type": self.pretty_type,
            "user": self.owner,
            "user_team": keys.TEAM_ID,
            "editable": False,
            "size": len(self.data),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": any(channel not in private_channels for channel in self.shares),
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{place}/{self.name}",
            "url_private_download": f"{place}/download/{self.name}",
            "permalink": f"{url}/files/{self.owner}/{self.id}/{self.name}",
            "has_rich_preview": False,
            "file_access": "visible",
            "shares": self._shares(private_channels),
            "channels": [c for c in self.shares if c not in private_channels and c[0] == "C"],
            "groups": [c for c in self.shares if c in private_channels and c[0] != "D"],
            "ims": [c for c in self.shares if c[0] == "D"],
        }
        if self.alt_txt:
            told["alt_txt"] = self.alt_txt
        return told | self._thumbs(place)

    def _shares(self, private_channels: frozenset[str]) -> Json:
        told: Json = {}
        for channel, stamps in self.shares.items():
            side = "private" if channel in private_channels else "public"
            told.setdefault(side, {})[channel] = [{"ts": ts, "team_id": keys.TEAM_ID} for ts in stamps]
        return told

    def _thumbs(self, place: str) -> Json:
        if self.pixels is None:
            return {}
        wide, high = self.pixels
        told: Json = {"original_w": wide, "original_h": high, "image_exif_rotation": 1}
        stem = self.name.rsplit(".", 1)[0]
        for edge in THUMBS:
            if edge <= 360 or max(wide, high) > edge:
                told[f"thumb_{edge}"] = f"{place}/{stem}_{edge}.png"
        return told


def sniff(data: bytes, name: str) -> tuple[str, str, str]:
    """The mimetype, Slack's filetype and its pretty name, from the bytes; the name only helps with text."""
    for magic, mimetype, filetype, pretty in _MAGIC:
        if data.startswith(magic):
            return mimetype, filetype, pretty
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", "webp", "WebP"
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        return ("image/avif", "avif", "AVIF") if data[8:12] == b"avif" else ("image/heic", "heic", "HEIC")
    if name.lower().endswith(".svg") or data.lstrip()[:4] == b"<svg":
        return "image/svg+xml", "svg", "SVG"
    if _is_text(data):
        return "text/plain", "text", "Plain Text"
    return "application/octet-stream", "binary", "Binary"


def thumbnail(data: bytes, edge: int) -> bytes:
    """A PNG of the picture, no side longer than `edge` pixels. Raises OSError when it is no picture."""
    with Image.open(io.BytesIO(data)) as picture:
        small = picture.convert("RGBA")
    small.thumbnail((edge, edge))
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()


def _measure(data: bytes) -> tuple[int, int] | None:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size
    except (OSError, Image.DecompressionBombError):
        return None


def _is_text(data: bytes) -> bool:
    try:
        return "\x00" not in data[:4096].decode()
    except UnicodeDecodeError:
        return False
