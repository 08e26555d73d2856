"""Pictures: the object store keeps bytes under keys made from them."""

from __future__ import annotations

import asyncio
import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.pictures import Blob
from bot.errors import OperatorMustFix
from bot.ports import Pictures
from handlers import wording
from storage.pictures import StoredPictures

DATA = b"\xff\xd8 a picture"
DIGEST = sha256(DATA).hexdigest()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=2000), mime=st.sampled_from(["image/jpeg", "image/png", "../../x", ""]))
async def test_comes_back_as_it_was(pictures: Pictures, data: bytes, mime: str) -> None:
    blob = await pictures.put(data, mime)
    assert (blob.mime, blob.length) == (mime, len(data))
    assert await pictures.get(blob) == data


async def test_a_large_one_comes_back_too(pictures: Pictures) -> None:
    data = os.urandom(12_000_000)
    assert await pictures.get(await pictures.put(data, "image/png")) == data


async def test_the_key_is_made_of_the_content(pictures: Pictures) -> None:
    blob = await pictures.put(DATA, "image/jpeg")
    assert blob.key == f"{DIGEST[:2]}/{DIGEST[2:]}.jpg"
    assert await pictures.put(DATA, "image/jpeg") == blob


async def test_many_at_once(pictures: Pictures) -> None:
    blobs = await asyncio.gather(*(pictures.put(DATA, "image/jpeg") for _ in range(20)))
    assert len(set(blobs)) == 1
    assert await pictures.get(blobs[0]) == DATA


@pytest.mark.parametrize("key", [f"{DIGEST[:2]}/{DIGEST[2:]}.jpg", "", "../x", "/etc/passwd", "ab", "ab/cd.jpg"])
async def test_what_is_not_there_is_not_found(pictures: Pictures, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        await pictures.get(Blob(key, "image/jpeg", 3))


async def test_what_was_dropped_is_gone_until_it_is_put_again(pictures: StoredPictures) -> None:
    blob, other = await pictures.put(DATA, "image/jpeg"), await pictures.put(b"another", "image/jpeg")
    for _ in range(2):
        await pictures.drop(blob)
        with pytest.raises(FileNotFoundError):
            await pictures.get(blob)
    assert await pictures.get(other) == b"another"
    assert await pictures.put(DATA, "image/jpeg") == blob
    assert await pictures.get(blob) == DATA


@pytest.mark.parametrize("key", ["", "../x", "ab", "ab/cd.jpg"])
async def test_only_a_key_of_ours_drops_anything(pictures: StoredPictures, key: str, tmp_path: Path) -> None:
    blob = await pictures.put(DATA, "image/jpeg")
    (tmp_path / "x").write_text("not ours")
    await pictures.drop(Blob(key, "image/jpeg", 3))
    assert await pictures.get(blob) == DATA
    assert (tmp_path / "x").read_text() == "not ours"


async def test_a_place_that_works_is_opened(pictures: StoredPictures) -> None:
    await pictures.open()


async def test_opening_a_folder_leaves_nothing_in_it(tmp_path: Path) -> None:
    await StoredPictures(str(tmp_path)).open()
    assert [name for _, _, files in os.walk(tmp_path) for name in files] == []


async def test_one_object_is_one_file(tmp_path: Path) -> None:
    pictures = StoredPictures(str(tmp_path / "new"))
    for _ in range(3):
        blob = await pictures.put(DATA, "image/jpeg")
    files = [path for path in (tmp_path / "new").rglob("*") if path.is_file()]
    assert files == [tmp_path / "new" / blob.key]
    assert files[0].read_bytes() == DATA


async def test_storing_again_does_not_write_again(tmp_path: Path) -> None:
    pictures = StoredPictures(str(tmp_path))
    blob = await pictures.put(DATA, "image/jpeg")
    before = (tmp_path / blob.key).stat()
    await pictures.put(DATA, "image/jpeg")
    after = (tmp_path / blob.key).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("torn", [b"", DATA[:-1], b"\0" * len(DATA)])
async def test_a_torn_file_is_not_served_and_is_mended(tmp_path: Path, torn: bytes) -> None:
    pictures = StoredPictures(str(tmp_path))
    blob = await pictures.put(DATA, "image/jpeg")
    (tmp_path / blob.key).write_bytes(torn)
    with pytest.raises(FileNotFoundError):
        await pictures.get(blob)
    await pictures.put(DATA, "image/jpeg")
    assert await pictures.get(blob) == DATA


async def test_a_half_written_file_beside_it_is_no_obstacle(tmp_path: Path) -> None:
    pictures = StoredPictures(str(tmp_path))
    (tmp_path / DIGEST[:2]).mkdir()
    (tmp_path / DIGEST[:2] / f"{DIGEST[2:]}.jpg#1").write_bytes(DATA[:3])
    assert await pictures.get(await pictures.put(DATA, "image/jpeg")) == DATA


async def test_what_was_deleted_is_not_found(tmp_path: Path) -> None:
    pictures = StoredPictures(str(tmp_path / "new"))
    blob = await pictures.put(DATA, "image/jpeg")
    shutil.rmtree(tmp_path / "new")
    with pytest.raises(FileNotFoundError):
        await pictures.get(blob)
    assert await pictures.put(DATA, "image/jpeg") == blob
    assert await pictures.get(blob) == DATA


@pytest.mark.parametrize(
    "url", ["", "ftp://host/folder", "file://folder", "file://", "nothing://", "s3:///nowhere", "s3://[b"]
)
def test_a_place_that_makes_no_sense_is_refused(url: str) -> None:
    with pytest.raises(OperatorMustFix) as caught:
        StoredPictures(url)
    assert caught.value.reason == "pictures_url"


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OperatorMustFix) as caught:
        StoredPictures(str(tmp_path / "file" / "folder"))
    assert caught.value.reason == "pictures_folder"


def test_a_bucket_whose_credentials_are_missing_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nowhere.json"))
    with pytest.raises(OperatorMustFix) as caught:
        StoredPictures("gs://bucket/prefix")
    said = wording.for_operator(caught.value.reason, caught.value.facts)
    assert "gs://bucket/prefix" in said
    assert "Check its credentials" in said


@pytest.mark.parametrize("url", ["s3://bucket/prefix", "gs://bucket/prefix"])
def test_a_bucket_is_understood(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    StoredPictures(url)
