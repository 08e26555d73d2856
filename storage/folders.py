"""Objects as files. A folder has to be made as careful as a bucket is by itself."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import obstore
from obstore.store import LocalStore

from bot.domain.pictures import Blob
from storage.contents import matches
from storage.mishaps import told


class Folder:
    """Objects as files. The file is renamed into place whole, and the disk is told to keep both file and name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = LocalStore(folder, mkdir=True)

    async def holds(self, blob: Blob) -> bool:
        """Whether the very bytes are there: an earlier write may have been cut short with the power."""
        try:
            data = await self.read(blob)
        except FileNotFoundError:
            return False
        if not await asyncio.to_thread(matches, blob, data):
            return False
        await self._settle(blob)
        return True

    async def write(self, blob: Blob, data: bytes) -> None:
        """Write a file beside it, rename it, and wait for the disk."""
        with told(self._folder):
            await obstore.put_async(self._store, blob.key, data, use_multipart=False)
        await self._settle(blob)

    async def read(self, blob: Blob) -> bytes:
        """The bytes under this key. FileNotFoundError if there are none."""
        with told(self._folder):
            found = await obstore.get_async(self._store, blob.key)
            return bytes(await found.bytes_async())

    async def drop(self, blob: Blob) -> None:
        """Delete the file, and wait until the disk has forgotten its name."""
        with told(self._folder):
            await asyncio.to_thread(_unlink, self._folder / blob.key)

    async def _settle(self, blob: Blob) -> None:
        # The library renames without a sync: after a power cut the name could be there and its bytes not.
        file = self._folder / blob.key
        with told(self._folder):
            await asyncio.to_thread(_sync, file, file.parent, self._folder, self._folder.parent)


def _unlink(file: Path) -> None:
    file.unlink(missing_ok=True)
    if file.parent.exists():
        _sync(file.parent)


def _sync(*paths: Path) -> None:
    """Wait until the disk has these files' bytes and these folders' names."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
