"""Objects as files. A folder has to be made as careful as a bucket is by itself."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import obstore
from obstore.store import LocalStore

from bot.domain.pictures import Blob
from bot.ports.sweeping import Found
from storage.ages import is_young
from storage.contents import FOLDERS, matches
from storage.mishaps import told

PAGE = 1000  # files


class Folder:
    """Objects as files. The file is renamed into place whole, and the disk is told to keep both file and name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = LocalStore(folder, mkdir=True)

    async def holds(self, blob: Blob) -> bool:
        """Whether the very bytes are there: an earlier write may have been cut short with the power.

        An old file is made young first, so that nobody who sweeps takes it for forgotten.
        """
        try:
            data = await self.read(blob)
            if not await asyncio.to_thread(matches, blob, data):
                return False
            with told(self._folder):
                await asyncio.to_thread(_freshen, self._folder / blob.key)
            await self._settle(blob)
        except FileNotFoundError:
            return False
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

    def everything(self) -> Iterator[Sequence[Found]]:
        """The files in the folders that objects are in, also those that a write left unfinished."""
        return chain.from_iterable(self.listed(name) for name in FOLDERS)

    def listed(self, folder: str) -> Iterator[Sequence[Found]]:
        """The files in this folder. What is no plain file is left out."""
        with told(self._folder):
            try:
                names = [path.name for path in (self._folder / folder).iterdir()]
            except (FileNotFoundError, NotADirectoryError):
                return
            for start in range(0, len(names), PAGE):
                page = (_found(self._folder, f"{folder}/{name}") for name in names[start : start + PAGE])
                yield [found for found in page if found]

    async def discard(self, found: Found) -> bool:
        """Delete the file unless it was stored again; between this look and its end are some microseconds."""
        with told(self._folder):
            return await asyncio.to_thread(_discard, self._folder / found.key, found.stored)

    async def _settle(self, blob: Blob) -> None:
        # The library renames without a sync: after a power cut the name could be there and its bytes not.
        file = self._folder / blob.key
        with told(self._folder):
            await asyncio.to_thread(_sync, file, file.parent, self._folder, self._folder.parent)


def _unlink(file: Path) -> None:
    file.unlink(missing_ok=True)
    if file.parent.exists():
        _sync(file.parent)


def _freshen(file: Path) -> None:
    if not is_young(file.stat().st_mtime):
        os.utime(file)


def _found(folder: Path, key: str) -> Found | None:
    """None where there is no plain file any more."""
    try:
        seen = (folder / key).lstat()
    except FileNotFoundError:
        return None
    return Found(key, seen.st_size, seen.st_mtime) if stat.S_ISREG(seen.st_mode) else None


def _discard(file: Path, stored: float) -> bool:
    try:
        if file.stat().st_mtime > stored:
            return False
        file.unlink()
    except FileNotFoundError:
        return False
    _sync(file.parent)
    return True


def _sync(*paths: Path) -> None:
    """Wait until the disk has these files' bytes and these folders' names."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
