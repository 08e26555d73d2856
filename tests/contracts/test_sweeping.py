"""Sweeping takes from the store what nobody names, and nothing else, on both databases, in a folder and in a bucket."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.domain.forgetting import Forgotten
from bot.domain.pictures import Blob
from bot.errors import OperatorMustFix, StoreDown
from bot.ports.sweeping import Found
from bot.studio import sweeping as room
from bot.studio.sweeping import DAY, Sweeping
from storage import ages, buckets, folders
from storage.claims import StoreClaims
from storage.database import Database
from storage.naming import COLUMNS, SqlNaming
from storage.pictures import StoredPictures
from storage.tables import metadata, posts
from tests.contracts.sweeps import claimed, keys, later, names, sweeping
from tests.servers.buckets import ObjectStore


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty picture store."""
    if request.param == "folder":
        return f"{tmp_path}/kept/pictures"
    store: ObjectStore = request.getfixturevalue("object_store")
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://{store.bucket()}/some prefix"


async def test_what_nobody_names_goes_and_the_rest_stays(place: str, database: Database) -> None:
    await claimed(place, database)
    kept = StoredPictures(place)
    named = [await kept.put(f"named {number}".encode(), "image/png") for number in range(6)]
    strays = [await kept.put(f"stray {number}".encode(), "image/jpeg") for number in range(4)]
    for blob in named:
        await names(database, blob)
    expected = Forgotten(strays=4, size=sum(blob.length for blob in strays))
    assert await sweeping(place, database).look() == expected
    assert await keys(place) == {blob.key for blob in named + strays}
    assert await sweeping(place, database).sweep() == expected
    assert await keys(place) == {blob.key for blob in named}
    assert not await sweeping(place, database).sweep()


async def test_what_is_young_stays(place: str, database: Database) -> None:
    await claimed(place, database)
    stray = await StoredPictures(place).put(b"on its way to its row", "image/png")
    assert not await sweeping(place, database, days=1.99).look()
    assert not await sweeping(place, database, days=1.99).sweep()
    assert await keys(place) == {stray.key}


async def test_a_store_is_not_swept_before_it_was_claimed_for_two_days(place: str, database: Database) -> None:
    await StoredPictures(place).put(b"of whoever was here before", "image/png")
    assert not await sweeping(place, database).look()
    assert len(await keys(place)) == 1
    assert not await sweeping(place, database, days=0.0).sweep()  # this one claims it
    assert not await sweeping(place, database, days=1.99).sweep()
    assert (await sweeping(place, database, days=2.01).sweep()).strays == 1


async def test_a_store_full_of_what_we_do_not_know_is_not_claimed(place: str, database: Database) -> None:
    """The address of a database was mistyped, or a trial was pointed at the store of others."""
    kept = StoredPictures(place)
    blobs = [await kept.put(f"theirs {number}".encode(), "image/png") for number in range(4)]
    await names(database, blobs[0])
    for days in (3.0, 30.0):
        assert not await sweeping(place, database, days=days).sweep()
    await names(database, blobs[1])
    assert (await sweeping(place, database, days=30.0).sweep()).strays == 2


async def test_a_store_of_two_databases_is_swept_by_neither(place: str, database: Database) -> None:
    """The other's rows are not ours to know."""
    await claimed(place, database)
    await StoredPictures(place).put(b"the other one's", "image/png")
    await database.write(lambda connection: connection.execute(delete(posts)))  # ours is another database now
    for _ in range(2):
        assert not await sweeping(place, database).sweep()
        assert not await sweeping(place, database).look()
    assert len(await keys(place)) == 1


async def test_replicas_that_claim_at_once_do_not_shut_each_other_out(place: str, database: Database) -> None:
    one, two = StoreClaims(place, database), StoreClaims(place, database)
    first = await one.ours_since()
    await one.stake()
    await two.stake()
    assert first is None
    assert await two.ours_since() is not None
    rows = await database.read(lambda connection: len(connection.execute(posts.select()).all()))
    assert rows == 1


async def test_one_sweep_a_day_is_enough(place: str, database: Database) -> None:
    await claimed(place, database)
    kept = StoredPictures(place)
    await kept.put(b"one", "image/png")
    rest = 4 * DAY  # the sweep is said to begin now, and the clock is three days further
    assert (await sweeping(place, database, rest=rest).sweep()).strays == 1
    await kept.put(b"two", "image/png")
    assert not await sweeping(place, database, rest=rest).sweep()
    assert (await sweeping(place, database, rest=2 * DAY).sweep()).strays == 1


class Broken(StoredPictures):
    """Deletes one object, and then is away."""

    discarded = 0

    async def discard(self, found: Found) -> bool:
        if self.discarded:
            raise StoreDown("pictures_unreachable", url="somewhere")
        self.discarded += 1
        return await super().discard(found)


async def test_a_sweep_that_broke_off_is_done_again_soon(place: str, database: Database) -> None:
    await claimed(place, database)
    kept = StoredPictures(place)
    for number in range(3):
        await kept.put(f"stray {number}".encode(), "image/png")
    claims = StoreClaims(place, database)
    broken = Sweeping(Broken(place), SqlNaming(database), claims, 4 * DAY, lambda: later(3))
    with pytest.raises(StoreDown):
        await broken.sweep()
    assert len(await keys(place)) == 2
    assert (await sweeping(place, database, rest=4 * DAY).sweep()).strays == 2


class Slow(StoredPictures):
    """Somebody stores everything again after the rows were asked, and before anything is deleted."""

    again: Sequence[bytes] = ()

    async def discard(self, found: Found) -> bool:
        for data in self.again:
            await StoredPictures.put(self, data, "image/png")
        return await super().discard(found)


async def test_who_stores_it_again_before_it_is_deleted_keeps_it(
    place: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await claimed(place, database)
    slow = Slow(place)
    blob = await slow.put(b"again", "image/png")
    aged = replace(await found(slow, blob), stored=time.time() - 3 * DAY)
    monkeypatch.setattr(ages, "YOUNG", 0.0)  # whatever is there counts as old
    slow.again = [b"again"]
    assert not await slow.discard(aged)
    assert await slow.get(blob) == b"again"


async def found(kept: StoredPictures, blob: Blob) -> Found:
    return next(each for page in [page async for page in kept.everything()] for each in page if each.key == blob.key)


async def test_storing_again_makes_an_old_object_young(
    tmp_path: Path, object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = StoredPictures(str(tmp_path))
    blob = await kept.put(b"again", "image/png")
    day = time.time() - DAY
    os.utime(tmp_path / blob.key, (day, day))
    await kept.put(b"again", "image/png")
    assert (await found(kept, blob)).stored > day + DAY / 2
    for name, value in object_store.environment.items():
        monkeypatch.setenv(name, value)
    bucket = object_store.bucket()
    kept = StoredPictures(f"s3://{bucket}")
    await kept.put(b"again", "image/png")
    before = (await found(kept, blob)).stored
    await kept.put(b"again", "image/png")
    assert (await found(kept, blob)).stored == before
    monkeypatch.setattr(ages, "YOUNG", 0.0)
    while (await found(kept, blob)).stored == before:  # a store may count whole seconds
        await kept.put(b"again", "image/png")


async def test_a_pile_is_swept_in_pages(place: str, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (buckets, folders):
        monkeypatch.setattr(module, "PAGE", 2)
    monkeypatch.setattr(room, "AT_ONCE", 2)
    await claimed(place, database)
    kept = StoredPictures(place)
    for number in range(40):
        await kept.put(f"stray {number}".encode(), "image/png")
    assert (await sweeping(place, database).sweep()).strays == 40
    assert await keys(place) == set()


FOREIGN = (
    "notes.txt",
    "ab/notes.txt",
    f"ab/{'0' * 61}.png",
    f"ab/{'0' * 62}.png.bak",
    f"AB/{'0' * 62}.png",
    f"other/ab/{'0' * 62}.png",
    f"ab/cd/{'0' * 62}.png",
    f"threadpaint/{'0' * 62}.png",
    f"{'0' * 64}.png",
)


async def test_foreign_files_are_left_alone(tmp_path: Path, database: Database) -> None:
    await claimed(str(tmp_path), database)
    for name in FOREIGN:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("not ours")
    (tmp_path / "cd").symlink_to(tmp_path / "ab")
    (tmp_path / "ef").write_text("no folder")
    (tmp_path / "00" / f"{'1' * 62}.png").mkdir(parents=True)
    (tmp_path / "00" / f"{'2' * 62}.png").symlink_to(tmp_path / "notes.txt")
    assert not await sweeping(str(tmp_path), database).sweep()
    assert [name for name in FOREIGN if not (tmp_path / name).exists()] == []


async def test_foreign_objects_are_left_alone(
    database: Database, object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in object_store.environment.items():
        monkeypatch.setenv(name, value)
    bucket = object_store.bucket()
    outer, inner = StoredPictures(f"s3://{bucket}"), StoredPictures(f"s3://{bucket}/inner")
    beside = await StoredPictures(f"s3://{bucket}/inner2").put(b"beside", "image/png")
    await claimed(f"s3://{bucket}/inner", database)
    above, stray = await outer.put(b"above", "image/png"), await inner.put(b"stray", "image/png")
    assert (await sweeping(f"s3://{bucket}/inner", database).sweep()).strays == 1
    left = object_store.objects(bucket)
    assert {above.key, f"inner2/{beside.key}"} <= set(left)
    assert f"inner/{stray.key}" not in left


async def test_what_a_torn_write_left_goes_too(tmp_path: Path, database: Database) -> None:
    await claimed(str(tmp_path), database)
    blob = await StoredPictures(str(tmp_path)).put(b"whole", "image/png")
    await names(database, blob)
    (tmp_path / f"{blob.key}#1").write_bytes(b"who")
    assert await sweeping(str(tmp_path), database).sweep() == Forgotten(strays=1, size=3)
    assert await keys(str(tmp_path)) == {blob.key}


async def test_two_that_sweep_at_once_take_nothing_from_each_other(tmp_path: Path, database: Database) -> None:
    await claimed(str(tmp_path), database)
    kept = StoredPictures(str(tmp_path))
    for number in range(30):
        await kept.put(f"stray {number}".encode(), "image/png")
    done = await asyncio.gather(*(sweeping(str(tmp_path), database).sweep() for _ in range(3)))
    assert sum(each.strays for each in done) == 30
    assert await keys(str(tmp_path)) == set()


async def test_a_bucket_that_is_gone_is_told(
    database: Database, object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in object_store.environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises((OperatorMustFix, StoreDown)):  # as its store puts it
        await sweeping("s3://nobody-made-this/x", database).sweep()


async def test_keys_are_looked_up_by_indexes(database: Database) -> None:
    assert await SqlNaming(database).unnamed(()) == frozenset()
    many = {f"ab/{number:062x}.png" for number in range(1000)}
    assert await SqlNaming(database).unnamed(many) == many


def test_every_column_that_names_an_object_is_asked() -> None:
    named = {column for table in metadata.sorted_tables for column in table.c if "blob" in column.name}
    assert named == set(COLUMNS)
