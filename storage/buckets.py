"""Objects with a provider, whose writes are whole and durable when they return: S3 and what speaks it, GCS, Azure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore
from obstore.store import ObjectStore, from_url

from bot.domain.pictures import Blob
from bot.errors import OperatorMustFix
from bot.ports.sweeping import Found
from storage.ages import is_young
from storage.mishaps import shown, told

if TYPE_CHECKING:
    from obstore import Attributes, ObjectMeta
    from obstore.store import ClientConfig, RetryConfig

PATIENCE = timedelta(seconds=90)  # after which nothing is begun again; the model's answer is in memory meanwhile
SECOND = 1.0  # to which some stores cut off their times, in some answers
PAGE = 1000  # objects
NO_BUCKET = re.compile("<Code>(NoSuchBucket|ContainerNotFound)</Code>")  # else it is the object that is missing

# The endpoint in the environment decides between http and https: a store in one's own network often has no certificate.
CLIENT: ClientConfig = {"allow_http": True, "connect_timeout": "5s", "timeout": "60s"}
RETRIES: RetryConfig = {
    "max_retries": 50,  # the time decides: a connection that is refused is back at once
    "retry_timeout": PATIENCE,
    "backoff": {"init_backoff": timedelta(milliseconds=200), "max_backoff": timedelta(seconds=5), "base": 2},
}


class Bucket:
    """Every call ends within some two and a half minutes, whatever the store does, and is repeated until then."""

    def __init__(self, url: str) -> None:
        """Keys and region are read from the environment. Raises obstore's errors and ValueError; touches nothing."""
        self._place = shown(url)
        self._store = _store(url)

    async def holds(self, blob: Blob) -> bool:
        """Whether an object of this length is there. One that is old is written again, which makes it young."""
        try:
            with told(self._place):
                found = await obstore.head_async(self._store, blob.key)
        except FileNotFoundError:
            return False
        return found["size"] == blob.length and is_young(found["last_modified"].timestamp())

    async def write(self, blob: Blob, data: bytes) -> None:
        """Store it with its MIME type. Raises OperatorMustFix "pictures_bucket" when there is no such bucket."""
        kind: Attributes = {"Content-Type": blob.mime}
        try:
            with told(self._place):
                await obstore.put_async(self._store, blob.key, data, attributes=kind, use_multipart=False)
        except FileNotFoundError as exc:
            raise OperatorMustFix("pictures_bucket", url=self._place) from exc

    async def read(self, blob: Blob) -> bytes:
        """The bytes under this key. FileNotFoundError if there are none; OperatorMustFix as `write`."""
        with self._told():
            found = await obstore.get_async(self._store, blob.key)
            return bytes(await found.bytes_async())

    async def drop(self, blob: Blob) -> None:
        """Delete it. Where the bucket keeps old versions, its own rules decide how long. Raises as `write`."""
        try:
            with self._told():
                await obstore.delete_async(self._store, blob.key)
        except FileNotFoundError:
            return

    def everything(self) -> Iterator[Sequence[Found]]:
        """Every object under our prefix."""
        return self.listed("")

    def listed(self, folder: str) -> Iterator[Sequence[Found]]:
        """The objects in this folder, a page for each call to the store. Raises as `write`."""
        try:
            with told(self._place):
                for page in obstore.list(self._store, folder or None, chunk_size=PAGE):
                    yield [_found(meta) for meta in page]
        except FileNotFoundError as exc:
            raise OperatorMustFix("pictures_bucket", url=self._place) from exc

    async def discard(self, found: Found) -> bool:
        """Look, and delete it unless it was stored again; between the two lies one round trip to the store."""
        try:
            with told(self._place):
                now = await obstore.head_async(self._store, found.key)
                if now["last_modified"].timestamp() >= found.stored + SECOND:
                    return False
                await obstore.delete_async(self._store, found.key)
        except FileNotFoundError:
            return False
        return True

    @contextmanager
    def _told(self) -> Iterator[None]:
        """As `told`: but a bucket that is not there is no missing object, of which people would be told."""
        try:
            with told(self._place):
                yield
        except FileNotFoundError as exc:
            if NO_BUCKET.search(str(exc)):
                raise OperatorMustFix("pictures_bucket", url=self._place) from exc
            raise


def _found(meta: ObjectMeta) -> Found:
    return Found(meta["path"], meta["size"], meta["last_modified"].timestamp())


def _store(url: str) -> ObjectStore:
    if urlsplit(url).scheme not in ("s3", "s3a"):
        return from_url(url, client_options=CLIENT, retry_config=RETRIES)
    # Deleting many at once is what not everything that speaks S3 can do, and we delete one by one.
    return from_url(url, client_options=CLIENT, retry_config=RETRIES, disable_bulk_delete=True)
