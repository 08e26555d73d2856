"""Where objects are kept. A folder has to be made as careful as a bucket is by itself."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from bot.domain.pictures import Blob
from bot.errors import OperatorMustFix
from storage.contents import matches

if TYPE_CHECKING:
    from obstore import Attributes


class Store(Protocol):
    """Keeps objects under keys."""

    async def holds(self, blob: Blob) -> bool:
        """Whether the whole object is there to stay."""

    async def write(self, blob: Blob, data: bytes) -> None:
        """Return once the object is there to stay. Others see the whole of it or nothing."""

    async def read(self, blob: Blob) -> bytes:
        """The bytes under this key. FileNotFoundError if there are none."""


def store_at(url: str) -> Store:
    """The store at a folder's path or a URL. Raises OperatorMustFix "pictures_url" when that is no such place."""
    scheme = urlsplit(url).scheme if "://" in url else ""
    try:
        if scheme in ("", "file"):
            return Folder(_folder(url))
        return Bucket(from_url(url))
    except (BaseError, ValueError, OSError) as exc:
        raise OperatorMustFix("pictures_url", url=scheme or url) from exc


def _folder(url: str) -> Path:
    if "://" not in url:
        if not url:
            raise ValueError("no folder")
        return Path(url).expanduser().absolute()
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost") or not parts.path:
        raise ValueError("a file URL has three slashes")
    return Path(url2pathname(parts.path))


class Bucket:
    """Objects with a cloud provider, whose writes are whole and durable when they return."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def holds(self, blob: Blob) -> bool:
        """Whether an object of this length is there."""
        try:
            found = await obstore.head_async(self._store, blob.key)
        except FileNotFoundError:
            return False
        return found["size"] == blob.length

    async def write(self, blob: Blob, data: bytes) -> None:
        """Store it with its MIME type."""
        kind: Attributes = {"Content-Type": blob.mime}
        await obstore.put_async(self._store, blob.key, data, attributes=kind, use_multipart=False)

    async def read(self, blob: Blob) -> bytes:
        """The bytes under this key. FileNotFoundError if there are none."""
        found = await obstore.get_async(self._store, blob.key)
        return bytes(await found.bytes_async())


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
        await asyncio.to_thread(self._settle, blob.key)
        return True

    async def write(self, blob: Blob, data: bytes) -> None:
        """Write a file beside it, rename it, and wait for the disk."""
        await obstore.put_async(self._store, blob.key, data, use_multipart=False)
        await asyncio.to_thread(self._settle, blob.key)

    async def read(self, blob: Blob) -> bytes:
        """The bytes under this key. FileNotFoundError if there are none."""
        found = await obstore.get_async(self._store, blob.key)
        return bytes(await found.bytes_async())

    def _settle(self, key: str) -> None:
        # The library renames without a sync: after a power cut the name could be there and its bytes not.
        file = self._folder / key
        for path in (file, file.parent, self._folder, self._folder.parent):
            sync(path)


def sync(path: Path) -> None:
    """Wait until the disk has this file's bytes, or this folder's names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
