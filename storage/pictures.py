"""The object store: bytes under keys made from their SHA-256, in a folder or in a bucket."""

from __future__ import annotations

import asyncio
import re
from hashlib import sha256

import obstore

from bot.domain.pictures import Blob
from storage.stores import Store, store_at

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


class StoredPictures:
    """Keeps the promise of `bot.ports.Pictures`.

    `url` is a folder's path, `file:///folder`, `s3://bucket/prefix`, `gs://…` or `az://…`; a bucket's keys and region
    are read from the environment under its provider's own names. Raises OperatorMustFix when it makes no sense.
    """

    def __init__(self, url: str) -> None:
        self._store: Store = store_at(url)

    async def put(self, data: bytes, mime: str) -> Blob:
        """Keep the bytes under a key made from their SHA-256; storing the same bytes twice is one object.

        Once it returns, the object survives a power cut.
        """
        blob = await asyncio.to_thread(describe, data, mime)
        if not await self._store.holds(blob):
            await self._store.write(blob, data)
        return blob

    async def get(self, blob: Blob) -> bytes:
        """The bytes. FileNotFoundError when they are gone, or are no longer what was put."""
        data = await self._store.read(blob)
        if not await asyncio.to_thread(matches, blob, data):
            raise FileNotFoundError(blob.key)
        return data


def describe(data: bytes, mime: str) -> Blob:
    """Key, type and length of these bytes. The key's first two digits are a folder, to keep folders small."""
    digest = sha256(data).hexdigest()
    return Blob(f"{digest[:2]}/{digest[2:]}.{ENDINGS.get(mime, 'bin')}", mime, len(data))


def matches(blob: Blob, data: bytes) -> bool:
    """Whether these are the bytes the key was made from."""
    key = KEY.fullmatch(blob.key)
    return key is not None and sha256(data).hexdigest() == key[1] + key[2]
