"""The object store: bytes under keys made from their SHA-256, in a folder or in a bucket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from secrets import token_bytes

from bot.domain.pictures import Blob
from bot.errors import OperatorMustFix, StoreDown
from bot.ports.sweeping import Found
from storage.contents import describe, is_key, is_unfinished, matches
from storage.mishaps import shown
from storage.stores import store_at

AT_START = 20.0  # seconds in which the store has to answer


class StoredPictures:
    """Keeps the promises of `bot.ports.Pictures` and `bot.ports.sweeping.Shelves`.

    `url` is a folder's path, `file:///folder`, `s3://bucket/prefix`, `gs://…` or `az://…`; a bucket's keys and region
    are read from the environment under its provider's own names. Raises OperatorMustFix when it makes no sense.

    Everything raises StoreDown "pictures_unreachable" when the store does not do its work for some two minutes,
    "pictures_full" when its disk is full, and OperatorMustFix "pictures_refused" or "pictures_bucket" when it never
    will.
    """

    def __init__(self, url: str) -> None:
        self._store = store_at(url)
        self._place = shown(url)

    async def put(self, data: bytes, mime: str) -> Blob:
        """Keep the bytes under a key made from their SHA-256; storing the same bytes twice is one object.

        Once it returns, the object survives a power cut, and counts as stored within the last hours.
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

    async def drop(self, blob: Blob) -> None:
        """The object is gone for good when this returns. Nothing happens where there is none."""
        if is_key(blob.key):
            await self._store.drop(blob)

    async def everything(self) -> AsyncIterator[Sequence[Found]]:
        """The objects whose keys are ours, and what a write of ours left unfinished, page by page."""
        pages = self._store.everything()
        while (page := await asyncio.to_thread(next, pages, None)) is not None:
            yield [found for found in page if is_key(found.key) or is_unfinished(found.key)]

    async def discard(self, found: Found) -> bool:
        """Delete what was found, unless it was stored again since. Whether it was deleted."""
        return await self._store.discard(found)

    async def open(self, within: float = AT_START) -> None:
        """Write an object, read it and delete it. Raises OperatorMustFix when that does not work in so many seconds."""
        try:
            async with asyncio.timeout(within):
                await self._try()
        except StoreDown as exc:
            raise OperatorMustFix(exc.reason, url=self._place) from exc
        except TimeoutError as exc:
            raise OperatorMustFix("pictures_unreachable", url=self._place) from exc

    async def _try(self) -> None:
        probe = token_bytes(16)  # one of its own for each start: others may be at it at the same time
        blob = await self.put(probe, "application/octet-stream")
        try:
            if await self.get(blob) != probe:
                raise FileNotFoundError(blob.key)
        except FileNotFoundError as exc:
            raise OperatorMustFix("pictures_wrong") from exc
        await self.drop(blob)
