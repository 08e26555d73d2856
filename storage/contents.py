"""Keys made from contents: the same bytes have the same key, and bytes that changed betray themselves."""

from __future__ import annotations

import re
from hashlib import sha256

from bot.domain.pictures import Blob

ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/heif": "heif",
    "image/avif": "avif",
}
KEY = re.compile(r"([0-9a-f]{2})/([0-9a-f]{62})\.[a-z]+")
UNFINISHED = re.compile(KEY.pattern + r"#\d+")  # what a write to a folder that was cut short leaves beside it
FOLDERS = tuple(f"{number:02x}" for number in range(256))


def describe(data: bytes, mime: str) -> Blob:
    """Key, type and length of these bytes. The key's first two digits are a folder, to keep folders small."""
    digest = sha256(data).hexdigest()
    return Blob(f"{digest[:2]}/{digest[2:]}.{ENDINGS.get(mime, 'bin')}", mime, len(data))


def matches(blob: Blob, data: bytes) -> bool:
    """Whether these are the bytes the key was made from."""
    key = KEY.fullmatch(blob.key)
    return key is not None and sha256(data).hexdigest() == key[1] + key[2]


def is_key(text: str) -> bool:
    """Whether this is a key of ours, and so no path to somewhere else."""
    return KEY.fullmatch(text) is not None


def is_unfinished(text: str) -> bool:
    """Whether this is what a write of ours left when it was cut short."""
    return UNFINISHED.fullmatch(text) is not None
