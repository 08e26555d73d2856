"""A bucket: what goes wrong there is said in a sentence, what may pass is waited for, and nothing for ever."""

from __future__ import annotations

import errno
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from obstore.exceptions import GenericError

from bot.domain.pictures import Blob
from bot.errors import OperatorMustFix, StoreDown
from handlers import wording
from storage import buckets
from storage.pictures import StoredPictures
from tests.bench.stage import free_port
from tests.contracts.broken_store import BrokenStore, broken_store
from tests.servers.buckets import ObjectStore, environment

DATA = b"\xff\xd8 a picture"


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody's, and nothing of the developer's own."""
    for name in ("AWS_ENDPOINT", "AWS_ALLOW_HTTP", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)


def point(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Let the store be there."""
    for name, value in environment(url).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As much is tried, in seconds where it would be minutes."""
    monkeypatch.setitem(buckets.RETRIES, "retry_timeout", timedelta(seconds=1))
    monkeypatch.setitem(buckets.CLIENT, "timeout", "1s")


@pytest.fixture
async def broken(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[BrokenStore]:
    async with broken_store() as store:
        point(monkeypatch, store.url)
        yield store


@pytest.fixture
def real(object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    point(monkeypatch, object_store.url)
    return object_store


async def refusal(pictures: StoredPictures) -> OperatorMustFix:
    with pytest.raises(OperatorMustFix) as caught:
        await pictures.open(within=5)
    return caught.value


async def test_a_bucket_that_works_is_left_as_it_was(real: ObjectStore) -> None:
    bucket = real.bucket()
    await StoredPictures(f"s3://{bucket}/a folder/é").open()
    assert real.objects(bucket) == []


async def test_what_is_put_lies_under_the_prefix(real: ObjectStore) -> None:
    bucket = real.bucket()
    pictures = StoredPictures(f"s3://{bucket}/a/prefix/")
    blob = await pictures.put(DATA, "image/jpeg")
    assert real.objects(bucket) == [f"a/prefix/{blob.key}"]
    assert await StoredPictures(f"s3://{bucket}/a/prefix").get(blob) == DATA


async def test_a_bucket_that_is_not_there_stops_the_start(real: ObjectStore) -> None:
    fault = await refusal(StoredPictures("s3://nobody-made-this/x"))
    assert fault.reason == "pictures_bucket"
    assert "There is no bucket" in wording.for_operator(fault.reason, fault.facts)
    assert "s3://nobody-made-this/x" in wording.for_operator(fault.reason, fault.facts)


@pytest.mark.parametrize("code", ["403 InvalidAccessKeyId", "403 SignatureDoesNotMatch", "401 Unauthorized"])
async def test_a_wrong_key_stops_the_start(broken: BrokenStore, code: str) -> None:
    broken.always = code
    fault = await refusal(StoredPictures("s3://me:geheim@bucket/x"))
    said = wording.for_operator(fault.reason, fault.facts)
    assert fault.reason == "pictures_refused"
    assert "AWS_SECRET_ACCESS_KEY" in said
    assert "geheim" not in said
    assert len(broken.asked) == 1


@pytest.mark.parametrize("methods", [1, 2, 3])
async def test_a_key_that_may_only_half_of_it_stops_the_start(broken: BrokenStore, methods: int) -> None:
    broken.mishaps.extend(["", "", ""][:methods])  # look, write, read, delete
    broken.always = "403 AccessDenied"
    assert (await refusal(StoredPictures("s3://bucket"))).reason == "pictures_refused"
    assert broken.asked == ["HEAD", "PUT", "GET", "DELETE"][: methods + 1]


async def test_a_store_that_is_down_stops_the_start_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    point(monkeypatch, f"http://127.0.0.1:{free_port()}")
    before = time.monotonic()
    with pytest.raises(OperatorMustFix) as caught:
        await StoredPictures("s3://bucket/x").open(within=0.5)
    assert time.monotonic() - before < 5
    assert "at s3://bucket/x cannot be reached" in wording.for_operator(caught.value.reason, caught.value.facts)


async def test_a_store_that_never_answers_stops_the_start_soon(broken: BrokenStore) -> None:
    broken.always = "hang"
    with pytest.raises(OperatorMustFix, match="pictures_unreachable"):
        await StoredPictures("s3://bucket").open(within=0.5)


async def test_where_no_key_is_given_nobody_waits_long_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    point(monkeypatch, f"http://127.0.0.1:{free_port()}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", f"http://127.0.0.1:{free_port()}")  # the machine's own keys, in a cloud
    with pytest.raises(OperatorMustFix) as caught:
        await StoredPictures("s3://bucket").open(within=0.5)
    assert caught.value.reason == "pictures_unreachable"


async def test_a_store_that_answers_nonsense_stops_the_start(broken: BrokenStore) -> None:
    broken.mishaps.extend(["", "", "200 OK"])
    assert (await refusal(StoredPictures("s3://bucket"))).reason in {"pictures_wrong", "pictures_unreachable"}


@pytest.mark.parametrize("mishap", ["503 SlowDown", "500 InternalError", "429 TooManyRequests"])
async def test_what_passes_is_waited_for(broken: BrokenStore, mishap: str) -> None:
    pictures = StoredPictures("s3://bucket/x")
    broken.mishaps.extend([mishap] * 2)
    blob = await pictures.put(DATA, "image/jpeg")
    broken.mishaps.extend([mishap] * 2)
    assert await pictures.get(blob) == DATA
    broken.mishaps.append(mishap)
    await pictures.drop(blob)
    assert broken.objects == {}


async def doing(pictures: StoredPictures, what: str) -> None:
    blob = Blob("ab/" + "0" * 62 + ".jpg", "image/jpeg", 3)
    works = {
        "put": lambda: pictures.put(DATA, "x"),
        "get": lambda: pictures.get(blob),
        "drop": lambda: pictures.drop(blob),
    }
    await works[what]()


@pytest.mark.parametrize("what", ["put", "get", "drop"])
@pytest.mark.parametrize("mishap", ["hang", "503 SlowDown", "301 PermanentRedirect"])
async def test_nothing_is_waited_for_for_ever(broken: BrokenStore, impatient: None, mishap: str, what: str) -> None:
    broken.always = mishap
    before = time.monotonic()
    with pytest.raises(StoreDown) as caught:
        await doing(StoredPictures("s3://bucket/x"), what)
    assert time.monotonic() - before < 10
    assert caught.value.facts == {"url": "s3://bucket/x"}


@pytest.mark.parametrize("what", ["put", "get", "drop"])
async def test_a_key_that_is_taken_back_is_said(broken: BrokenStore, what: str) -> None:
    broken.always = "403 ExpiredToken"
    with pytest.raises(OperatorMustFix, match="pictures_refused"):
        await doing(StoredPictures("s3://bucket"), what)


@pytest.mark.parametrize("what", ["put", "get", "drop"])
@pytest.mark.parametrize("code", ["NoSuchBucket", "ContainerNotFound"])
async def test_a_bucket_that_is_gone_is_no_missing_object(broken: BrokenStore, what: str, code: str) -> None:
    broken.always = f"404 {code}"
    with pytest.raises(OperatorMustFix, match="pictures_bucket"):
        await doing(StoredPictures("s3://bucket"), what)


@pytest.mark.parametrize("what", ["get", "drop"])
async def test_nor_is_it_so_at_a_real_one(real: ObjectStore, what: str) -> None:
    with pytest.raises(OperatorMustFix, match="pictures_bucket"):
        await doing(StoredPictures("s3://nobody-made-this"), what)


async def test_an_object_that_is_gone_is_no_missing_bucket(broken: BrokenStore) -> None:
    broken.always = "404 NoSuchKey"
    pictures = StoredPictures("s3://bucket/NoSuchBucket")
    with pytest.raises(FileNotFoundError):
        await doing(pictures, "get")
    await doing(pictures, "drop")


@pytest.mark.parametrize("reason", ["pictures_unreachable", "pictures_refused", "pictures_bucket"])
def test_people_are_told_no_addresses(reason: str) -> None:
    assert "bucket" not in wording.sentence(reason, {"url": "s3://bucket"})


async def test_a_folder_that_cannot_be_written_stops_the_start(tmp_path: Path) -> None:
    pictures = StoredPictures(str(tmp_path / "pictures"))
    (tmp_path / "pictures").rmdir()
    (tmp_path / "pictures").write_text("in the way")
    assert (await refusal(pictures)).reason == "pictures_unreachable"


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        GenericError("Unable to copy data to file: No space left on device (os error 28)"),
    ],
)
async def test_a_disk_that_is_full_stops_the_start_with_a_word_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("storage.folders.obstore.put_async", full)
    found = await refusal(StoredPictures(str(tmp_path)))
    assert "is full" in wording.for_operator(found.reason, found.facts)
    assert "no room left" in wording.sentence(found.reason, found.facts)


async def test_a_folder_that_breaks_later_is_no_missing_picture(tmp_path: Path) -> None:
    pictures = StoredPictures(str(tmp_path / "pictures"))
    (tmp_path / "pictures").rmdir()
    (tmp_path / "pictures").write_text("in the way")
    with pytest.raises(StoreDown):
        await pictures.put(DATA, "image/jpeg")
