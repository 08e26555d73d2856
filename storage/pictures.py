"""The object store: bytes under keys made from their SHA-256, in a folder or in a bucket."""

from __future__ import annotations

import asyncio

from bot.domain.pictures import Blob
from storage.contents import describe, is_key, matches
from storage.stores import store_at


class StoredPictures:
    """Keeps the promise of `bot.ports.Pictures`.

    `url` is a folder's path, `file:///folder`, `s3://bucket/prefix`, `gs://…` or `az://…`; a bucket's keys and region
    are read from the environment under its provider's own names. Raises OperatorMustFix when it makes no sense.
    """

    def __init__(self, url: str) -> None:
        self._store = store_at(url)

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
        if not is_key(blob.key):
            raise FileNotFoundError(blob.key)
        data = await self._store.read(blob)
        if not await asyncio.to_thread(matches, blob, data):
            raise FileNotFoundError(blob.key)
        return data
