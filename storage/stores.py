"""Where objects are kept: a folder on this machine, or a bucket with a provider."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from obstore import parse_scheme
from obstore.exceptions import BaseError

from bot.domain.pictures import Blob
from bot.errors import OperatorMustFix
from bot.ports.sweeping import Found
from storage.buckets import Bucket
from storage.folders import Folder
from storage.mishaps import shown


class Store(Protocol):
    """Keeps objects under keys. What it cannot do now it raises as StoreDown, what it may not do as OperatorMustFix."""

    async def holds(self, blob: Blob) -> bool:
        """Whether the whole object is there to stay, and counts as stored within the last hours (`storage.ages`)."""

    async def write(self, blob: Blob, data: bytes) -> None:
        """Return once the object is there to stay. Others see the whole of it or nothing."""

    async def read(self, blob: Blob) -> bytes:
        """The bytes under this key. FileNotFoundError if there are none."""

    async def drop(self, blob: Blob) -> None:
        """Return once the object is gone for good. Nothing happens where there is none."""

    def everything(self) -> Iterator[Sequence[Found]]:
        """What may be an object, page by page. Each page blocks; what comes or goes meanwhile may be missed."""

    def listed(self, folder: str) -> Iterator[Sequence[Found]]:
        """The same of one folder."""

    async def discard(self, found: Found) -> bool:
        """Delete what was found, unless it was stored again since. Whether it was deleted."""


def store_at(url: str) -> Store:
    """The store at a folder's path or a URL.

    Raises OperatorMustFix "pictures_url" when that is no such place, "pictures_folder" when the folder cannot be made,
    and "pictures_credentials" when what the environment says of a provider is not enough to go there, or is wrong.
    """
    try:
        if "://" not in url or urlsplit(url).scheme == "file":
            return _folder_at(_folder(url))
        parse_scheme(url)
    except (BaseError, ValueError) as exc:
        raise OperatorMustFix("pictures_url", url=url.partition("://")[0]) from exc
    try:
        return Bucket(url)
    except (BaseError, ValueError, OSError) as exc:
        raise OperatorMustFix("pictures_credentials", url=shown(url)) from exc


def _folder_at(folder: Path) -> Folder:
    try:
        return Folder(folder)
    except (BaseError, OSError) as exc:
        raise OperatorMustFix("pictures_folder", url=str(folder)) from exc


def _folder(url: str) -> Path:
    if "://" not in url:
        if not url:
            raise ValueError("no folder")
        return Path(url).expanduser().absolute()
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost") or not parts.path:
        raise ValueError("a file URL has three slashes")
    return Path(url2pathname(parts.path))
