"""Forgetting is complete, spares what is others', and may be broken off and run again."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.forgetting import Forgotten, Share
from bot.domain.pictures import Blob
from bot.domain.requests import Place
from bot.domain.spend import Verdict
from bot.domain.turns import Trouble
from bot.errors import OperatorMustFix, StoreDown
from bot.jobs.upkeep import Keeping, erase, look
from bot.studio.opening import turn_id
from bot.studio.retention import Retention
from storage.claims import StoreClaims
from storage.clock import now
from storage.database import Database
from storage.departures import SqlDepartures
from storage.executors import SqlExecutors
from storage.occupancy import occupied
from storage.tables import metadata, requests, tickets
from tests.contracts.conftest import Ledgers
from tests.contracts.made import Clock
from tests.contracts.oblivion import NAMES, House

GARDEN, KITCHEN = Place("T1", "C1", "1763720000.000100"), Place("T1", "C2", "1763720000.000200")
DIRECT, ABROAD = Place("T1", "D1", "1763720000.000300"), Place("T2", "C9", "1763720000.000400")
DAY = 24 * 60 * 60


@pytest.fixture
def house(database: Database, clock: Clock, tmp_path: Path, ledgers: Ledgers) -> House:
    return House(database, clock, tmp_path / "pictures", ledgers())


async def furnish(house: House) -> None:
    """Two people, who both attached the same photograph."""
    await house.paints("k1", GARDEN, "UANA", given=[b"shared", b"anas own"])
    await house.paints("k2", GARDEN, "UBEN", given=[b"shared"], context="<@UANA>: mine is blue\n<@UBEN>: mine is red")
    await house.paints("k3", DIRECT, "UANA")
    await house.paints("k4", KITCHEN, "UBEN")
    await house.paints("k5", ABROAD, "UCEM")
    await house.verdicts.give([Verdict(f"{turn_id('k2')}-0", "UANA", False, 2)])


async def test_a_person_is_forgotten_and_nobody_else(house: House) -> None:
    await furnish(house)
    done = await house.forgetting().forget(Share(person="UANA"))
    said = await house.everything()
    assert "UANA" not in said
    assert "mine is red" not in said  # what she said stood in the same text
    assert "UBEN" in said
    assert "'D1'" not in said
    assert b"shared" in house.files()
    assert b"anas own" not in house.files()
    assert f"picture of {turn_id('k2')}".encode() in house.files()
    assert (done.turns, done.pictures, done.requests, done.calls, done.overheard) == (2, 2, 2, 2, 1)
    assert (done.verdicts, done.threads, done.left) == (3, 1, 0)
    assert house.history.keys == {"k2", "k4", "k5"}
    assert (await house.turns.find(turn_id("k2"))).pictures


async def test_words_that_others_had_repeated_go_and_their_pictures_stay(house: House) -> None:
    await furnish(house)
    given = [b"shared", b"anas own", b"anas other"]
    await house.paints("k6", GARDEN, "UBEN", author="UANA", given=given, context="<@UBEN>: mine")
    await house.paints("k7", KITCHEN, "UBEN", author="UCEM", given=[b"cems"])
    await house.turns.moved(turn_id("k6"), "model-2", Trouble("file_empty", {"name": "anas.jpg"}))
    done = await house.forgetting().forget(Share(person="UANA"))
    bare = await house.turns.find(turn_id("k6"))
    assert (bare.words, bare.prompt, bare.author, bare.references, bare.notes) == ("", "", "", (), ())
    assert (bare.asker, bare.context, len(bare.pictures)) == ("UBEN", "<@UBEN>: mine", 1)
    assert (done.repeats, done.turns, done.references, done.left) == (1, 2, 2 + 3, 0)
    assert done.objects == 2 * 2 + 2  # her own pictures with their drafts, and what she alone had given
    assert {b"shared", b"cems", f"picture of {turn_id('k6')}".encode()} <= house.files()
    assert not {b"anas own", b"anas other"} & house.files()
    assert (await house.turns.find(turn_id("k7"))).prompt == "a red fox"
    assert "UANA" not in await house.everything()


async def test_who_repeats_words_right_now_keeps_them_until_it_ends(house: House) -> None:
    await house.begins("k1", GARDEN, "UBEN", author="UANA")
    assert await house.forgetting().look(Share(person="UANA")) == Forgotten(left=1)
    assert await house.forgetting().forget(Share(person="UANA")) == Forgotten(left=1)
    assert (await house.turns.find(turn_id("k1"))).prompt == "a red fox"
    await house.requests.finish("k1")
    assert await house.forgetting().forget(Share(person="UANA", channel="C2")) == Forgotten()
    assert await house.forgetting().forget(Share(person="UANA")) == Forgotten(repeats=1)


async def test_what_a_person_spent_still_counts_for_the_others(house: House) -> None:
    await furnish(house)
    before = await house.everything()
    await house.forgetting().forget(Share(person="UANA"))
    after = await house.everything()
    assert before.count("ledger:") == after.count("ledger:") == 5


async def test_a_channel_is_forgotten(house: House) -> None:
    await furnish(house)
    done = await house.forgetting().forget(Share(channel="C1"))
    said = await house.everything()
    assert "'C1'" not in said
    assert "'C2'" in said
    assert await house.threads.find(GARDEN) is None
    assert b"shared" not in house.files()
    assert (done.turns, done.references, done.objects) == (2, 3, 6)
    assert done.size == sum(map(len, [b"shared", b"anas own"])) + 2 * len(
        f"picture of {turn_id('k1')}draft of {turn_id('k1')}"
    )


async def test_a_workspace_leaves_nothing_but_figures(house: House) -> None:
    await furnish(house)
    await house.forgetting().forget(Share(team="T1"))
    await house.forgetting().forget(Share(team="T2"))
    assert await house.counts() == {"ledger": 5}
    assert house.files() == set()
    assert house.history.keys == set()
    said = await house.everything()
    assert not [
        name for name in ("T1", "T2", "UANA", "UBEN", "C1", "C9", *map(turn_id, ["k1", "k5"])) if f"'{name}'" in said
    ]


async def test_what_is_old_goes_and_figures_stay(house: House, clock: Clock) -> None:
    await house.paints("k1", GARDEN, "UANA", given=[b"shared"])
    clock.passes(10 * DAY)
    await house.paints("k2", GARDEN, "UANA", given=[b"shared"])
    await house.aged(turn_id("k1"), clock.now - 10 * DAY * 1_000_000)
    await house.aged(turn_id("k2"), clock.now)
    done = await house.forgetting().forget(Share(before=clock.now - DAY * 1_000_000))
    assert (done.turns, done.requests, done.calls, done.threads) == (1, 1, 0, 0)
    assert (await house.everything()).count("'UANA'") == 2 + 1 + 1  # the ledger's two, the young request and turn
    assert b"shared" in house.files()
    assert f"picture of {turn_id('k1')}".encode() not in house.files()
    assert await house.threads.find(GARDEN) is not None


@pytest.mark.parametrize(
    "share",
    [
        Share(person="UANA"),
        Share(person="UANA", channel="C1"),
        Share(channel="C1"),
        Share(team="T1"),
        Share(team="T1", person="UBEN"),
        Share(before=2**62),
        Share(person="nobody"),
    ],
    ids=str,
)
async def test_a_look_tells_what_will_be_and_changes_nothing(house: House, share: Share) -> None:
    await furnish(house)
    await house.waits("k6", GARDEN, "UANA")
    await house.paints("k7", GARDEN, "UBEN", author="UANA", given=[b"shared", b"anas own", b"anas other"])
    await house.paints("k8", KITCHEN, "UCEM", author="UANA", given=[b"anas other"])
    before, files = await house.everything(), house.files()
    seen = await house.forgetting().look(share)
    assert (await house.everything(), house.files()) == (before, files)
    assert await house.forgetting().forget(share) == seen
    again = await house.forgetting().forget(share)
    assert again == Forgotten()
    assert await house.forgetting().look(share) == Forgotten()


async def test_what_is_at_work_stays_until_it_ends(house: House) -> None:
    await house.begins("k1", GARDEN, "UANA")
    await house.waits("k2", KITCHEN, "UANA")
    done = await house.forgetting().forget(Share(person="UANA"))
    assert (done.left, done.turns, done.requests) == (1, 0, 1)
    assert (await house.turns.find(turn_id("k1"))).asker == "UANA"
    assert house.history.keys == {"k1"}
    await house.requests.finish("k1")
    done = await house.forgetting().forget(Share(person="UANA"))
    assert (done.left, done.turns, done.requests) == (0, 1, 1)
    assert "UANA" not in await house.everything()


async def test_while_no_bot_runs_nothing_is_at_work(house: House) -> None:
    await house.begins("k1", GARDEN, "UANA")
    done = await house.forgetting(lasting=0).forget(Share(person="UANA"))
    assert (done.left, done.turns) == (0, 1)
    assert "UANA" not in await house.everything()


async def test_what_was_begun_a_day_ago_is_not_at_work(house: House, clock: Clock) -> None:
    await house.begins("k1", GARDEN, "UANA")
    clock.passes(DAY)
    assert (await house.forgetting().forget(Share(team="T1"))).turns == 1


async def test_what_somebody_alive_holds_is_at_work_however_long(house: House, clock: Clock) -> None:
    """What lets others go first may wait for days, and is painted in the end."""
    holder = SqlExecutors(house.database, "threadpaint", "life", lambda connection: clock.now)
    await holder.join()
    await house.begins("k1", GARDEN, "UANA")
    await house.requests.adopt("k1")
    clock.passes(3 * DAY)
    assert await holder.beat()
    assert (await house.forgetting().forget(Share(person="UANA"))).left == 1
    clock.passes(2 * 60 * 60)
    assert (await house.forgetting().forget(Share(person="UANA"))).left == 0


async def test_a_persons_direct_messages_are_theirs_also_when_they_are_too_old_to_be_kept(
    house: House, clock: Clock
) -> None:
    for key, place, asker in (("k1", DIRECT, "UANA"), ("k2", Place("T1", "D2", "1763720000.000500"), "UBEN")):
        await house.paints(key, place, asker)
        await house.aged(turn_id(key), clock.now)
    clock.passes(10 * DAY)
    await house.forgetting().forget(Share(before=clock.now))
    assert await house.threads.find(DIRECT) is not None
    seen = await house.forgetting().look(Share(person="UANA"))
    done = await house.forgetting().forget(Share(person="UANA"))
    assert (done.threads, done) == (1, seen)
    said = await house.everything()
    assert "'D1'" not in said
    assert "'D2'" in said


async def test_what_is_due_is_told_once(house: House, clock: Clock) -> None:
    """What is old and of a workspace that has left is due for two reasons, and forgotten once."""
    await furnish(house)
    for number in range(1, 6):
        await house.aged(turn_id(f"k{number}"), clock.now)
    departures = SqlDepartures(house.database, clock)
    await departures.left("T1")
    clock.passes(100 * DAY)
    retention = Retention(house.forgetting(), departures, 90, 30, clock)
    seen = await retention.look()
    assert (seen.turns, seen.requests) == (5, 5)
    assert await retention.forget() == seen


async def test_that_a_workspace_left_goes_with_the_rest_of_it(house: House, url: str) -> None:
    await house.paints("k1", GARDEN, "UANA")
    await house.begins("k2", KITCHEN, "UANA")
    departures = SqlDepartures(house.database)
    await departures.left("T1")
    kept = Keeping(url, str(house.folder), NAMES, None, 30)
    await house.change(update(requests).where(requests.c.key == "k2").values(admitted=now()))
    with occupied(url):  # as by a bot that serves
        assert (await erase(kept, Share(team="T1", person="UBEN"))).left == 0
        assert (await erase(kept, Share(team="T1"))).left == 1
    assert await departures.gone_since(2**62) == ["T1"]
    await house.requests.finish("k2")
    assert (await erase(kept, Share(team="T1"))).turns == 1
    assert await departures.gone_since(2**62) == []
    assert await house.counts() == {"ledger": 1}


async def test_nothing_is_forgotten_beside_another_store_than_ours(house: House, url: str, tmp_path: Path) -> None:
    await house.paints("k1", GARDEN, "UANA")
    await StoreClaims(str(house.folder), house.database).stake()
    before = await house.counts()
    another = Keeping(url, f"{tmp_path}/another", NAMES, None, 30)
    for work in (look, erase):
        for share in (Share(team="T1"), None):
            with pytest.raises(OperatorMustFix, match="pictures_elsewhere"):
                await work(another, share)
    assert await house.counts() == before
    assert (await erase(replace(another, pictures_url=str(house.folder)), Share(team="T1"))).turns == 1


async def test_a_store_that_was_lost_is_given_up_once_another_is_ours(house: House, url: str, tmp_path: Path) -> None:
    await house.paints("k1", GARDEN, "UANA")
    another = Keeping(url, f"{tmp_path}/another", NAMES, None, 30)
    for store in (str(house.folder), another.pictures_url):
        await StoreClaims(store, house.database).stake()
    assert (await erase(another, Share(team="T1"))).turns == 1


async def test_who_dies_before_it_has_left_its_mark_has_left_none(house: House, url: str, tmp_path: Path) -> None:
    kept = Keeping(url, f"{tmp_path}/not a folder", NAMES, None, 30)
    claims = StoreClaims(kept.pictures_url, house.database)
    (tmp_path / "not a folder").rmdir()
    (tmp_path / "not a folder").write_text("in the way")
    with pytest.raises(StoreDown):
        await claims.stake()
    (tmp_path / "not a folder").unlink()
    await house.paints("k1", GARDEN, "UANA")
    assert (await erase(kept, Share(team="T1"))).turns == 1


async def test_old_requests_that_still_wait_are_answered(house: House, clock: Clock) -> None:
    await house.waits("k1", GARDEN, "UANA")
    clock.passes(100 * DAY)
    assert not await house.forgetting().forget(Share(before=clock.now))
    assert await house.requests.find("k1")


async def test_broken_off_at_any_object_it_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await furnish(house)
    seen = await house.forgetting().look(Share(team="T1"))
    whole, drop = 0, house.pictures.drop

    async def breaks(blob: Blob) -> None:
        nonlocal whole
        whole += 1
        if whole % 3 == 0:
            raise OSError("the store is away")
        await drop(blob)

    monkeypatch.setattr(house.pictures, "drop", breaks)
    with pytest.raises(OSError, match="away"):
        await house.forgetting().forget(Share(team="T1"))
    monkeypatch.setattr(house.pictures, "drop", drop)
    await house.forgetting().forget(Share(team="T1"))
    assert "'T1'" not in await house.everything()
    assert len(house.files()) == 2  # the other workspace's picture and its draft
    assert seen.objects == 10


async def test_two_at_the_same_time_forget_once(house: House) -> None:
    await furnish(house)
    done = await asyncio.gather(*(house.forgetting().forget(Share(team="T1")) for _ in range(3)))
    assert sum(one.turns for one in done) == 4
    assert sum(one.requests for one in done) == 4
    assert "'T1'" not in await house.everything()


async def test_verdicts_may_come_while_it_forgets(house: House) -> None:
    pictures = [await house.paints(f"k{n}", GARDEN, "UANA") for n in range(30)]

    async def judge(person: str) -> None:
        for picture in pictures:
            try:
                await house.verdicts.give([Verdict(picture.id, person, True, 3)])
            except IntegrityError:
                continue  # gone in this very moment: the delivery comes again, and finds no such picture

    await asyncio.gather(house.forgetting().forget(Share(team="T1")), judge("UBEN"), judge("UCEM"))
    assert await house.counts() == {"ledger": 30}


async def test_more_than_a_batch(house: House) -> None:
    for number in range(103):
        await house.begins(f"k{number}", GARDEN, "UANA")
        await house.requests.finish(f"k{number}")
    assert (await house.forgetting().forget(Share(person="UANA"))).turns == 103
    assert house.history.keys == set()


async def test_no_ticket_is_left_of_a_process_that_died(house: House) -> None:
    old, young = house.clock() - 61_000_000, house.clock() - 1_000_000
    for id, asker, beat in (("a", "UANA", old), ("b", "UANA", young), ("c", "UBEN", old)):
        row = {
            "id": id,
            "executor": "e",
            "team": "T1",
            "asker": asker,
            "model": "m",
            "room": 1,
            "since": 1,
            "beat": beat,
        }
        await house.change(insert(tickets).values(row))
    await house.forgetting().forget(Share(channel="C1"))
    await house.forgetting().forget(Share(person="UANA"))
    left = await house.database.read(lambda connection: set(connection.scalars(select(tickets.c.id))))
    assert left == {"b", "c"}


async def test_an_id_is_no_pattern(house: House) -> None:
    await house.paints("k1", GARDEN, "UBEN", context="<@UANA>: hello")
    for person in ("U%", "U_NA", "%", "UAN", "U\\ANA"):
        assert not await house.forgetting().forget(Share(person=person))
    assert "hello" in await house.everything()


def test_every_table_is_thought_of() -> None:
    """Whoever adds a table says here what becomes of it; what is somebody's is furnished above and searched for."""
    erased = {"requests", "turns", "turn_references", "pictures", "parts", "verdicts", "displays", "posts", "threads"}
    nobodys = {"executors", "retirements"}
    by_itself = {"tickets", "departures"}  # a place at the models ends with its turn; a departure with the data
    assert set(metadata.tables) == erased | nobodys | by_itself | {"ledger"}


def test_nobody_forgets_everything_by_leaving_something_out() -> None:
    with pytest.raises(ValueError, match="no share"):
        Share()


def test_figures_add_up() -> None:
    ones = Forgotten(*(1 for _ in fields(Forgotten)))
    assert ones + ones == Forgotten(*(2 for _ in fields(Forgotten)))
    assert ones
    assert not Forgotten()
    assert replace(Forgotten(), left=1)
