"""What people made of a picture outlives it, as its price does: no tier looks dearer because its pictures are old."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.domain.forgetting import Share
from bot.domain.options import Tier
from bot.domain.periods import Period
from bot.domain.requests import Place
from bot.domain.spend import Bill, Errand, Outcome, Scope, TierSpend, Verdict
from bot.studio.opening import turn_id
from storage.database import Database
from storage.forgetting import SqlForgetting
from storage.tables import ledger as calls
from tests.contracts import made
from tests.contracts.conftest import Ledgers
from tests.contracts.made import Clock
from tests.contracts.oblivion import NAMES, House

ALWAYS = Period("always", 0, 2**62)
GARDEN = Place("T1", "C1", "1763720000.000100")
EVERYTHING = Share(before=2**62)


@pytest.fixture
def house(database: Database, clock: Clock, tmp_path: Path, ledgers: Ledgers) -> House:
    return House(database, clock, tmp_path / "pictures", ledgers())


async def paints(house: House, key: str, *votes: bool | None, asker: str = "UANA", tier: Tier = Tier.FLASH) -> str:
    """A picture of this tier, with what others think of it besides the one who keeps all; its id."""
    picture = await house.paints(key, GARDEN, asker)
    await house.change(update(calls).where(calls.c.id == key).values(tier=tier.value))
    await house.verdicts.give([Verdict(picture.id, f"U{n}", kept, 1) for n, kept in enumerate(votes)])
    return picture.id


async def figures(house: House, scope: Scope = Scope("T1")) -> tuple[TierSpend, ...]:  # noqa: B008
    return await house.ledger.by_tier(scope, ALWAYS)


async def furnish(house: House) -> None:
    """Kept; discarded; neither; nobody's word; one whose only word was taken back; kept, on another tier."""
    await paints(house, "kept", True, False)
    await paints(house, "discarded", False, False)
    await paints(house, "even", False)
    for key, kept in (("silent", None), ("taken back", None)):
        id = await paints(house, key)
        await house.verdicts.give([Verdict(id, "U9", kept, 2)])
    await paints(house, "dear", tier=Tier.PRO)


@pytest.mark.parametrize("share", [EVERYTHING, Share(person="UANA")], ids=str)
async def test_what_is_forgotten_was_worth_as_much_as_before(house: House, share: Share) -> None:
    await furnish(house)
    before = await figures(house, Scope("T1", channel="C1"))
    assert [(one.pictures, one.judged, one.kept) for one in before] == [(5, 3, 1), (1, 1, 1)]
    await house.forgetting().forget(share)
    assert not (await house.counts()).keys() & {"verdicts", "pictures", "turns"}
    assert await figures(house, Scope("T1", channel="C1")) == await figures(house) == before


async def test_a_person_forgotten_later_leaves_what_was_kept(house: House) -> None:
    await furnish(house)
    before = await figures(house)
    await house.forgetting().forget(EVERYTHING)
    assert await figures(house, Scope("T1", asker="UANA")) == before
    await house.forgetting().forget(Share(person="UANA"))
    assert await figures(house) == before
    said = await house.everything()
    assert "UANA" not in said
    assert "U9" not in said


async def test_two_that_forget_the_same_turns_take_nothing_from_what_was_kept(house: House) -> None:
    await furnish(house)
    before = await figures(house)
    one, other = (SqlForgetting(house.database, NAMES, house.clock) for _ in range(2))
    batch, same = await one.turns(EVERYTHING), await other.turns(EVERYTHING)
    assert len(batch.turns) == 6
    assert batch.turns == same.turns
    await asyncio.gather(one.erase_turns(batch), other.erase_turns(same))
    assert not (await house.counts()).keys() & {"verdicts", "pictures", "turns"}
    assert await figures(house) == before


async def test_the_word_of_who_is_forgotten_goes_from_what_is_others(house: House) -> None:
    await paints(house, "bens", asker="UBEN")
    await house.forgetting().forget(Share(person="U9"))
    (found,) = await figures(house)
    assert (found.pictures, found.judged, found.kept) == (1, 0, 0)


async def test_young_and_forgotten_ones_are_added_up(house: House, clock: Clock) -> None:
    for key in ("old", "young"):
        await paints(house, key, True)
    await house.aged(turn_id("old"), 1)
    await house.aged(turn_id("young"), clock.now)
    await house.forgetting().forget(Share(before=2))
    assert (await house.counts())["pictures"] == 1
    (found,) = await figures(house)
    assert (found.pictures, found.judged, found.kept) == (2, 2, 2)


async def test_a_picture_paid_for_twice_is_one_picture_ever_after(house: House, clock: Clock) -> None:
    await paints(house, "k")
    bills = {"same moment": made.paid(), "refused": Bill(Outcome.REFUSED), "unknown": Bill(Outcome.UNKNOWN)}
    for id, bill in bills.items():
        await house.ledger.open(replace(made.entry(id, place=GARDEN), errand=Errand(turn_id("k"), 0, "UANA", GARDEN)))
        await house.ledger.settle(id, bill)
    before = await figures(house)
    assert [(one.calls, one.pictures, one.judged, one.kept) for one in before] == [(4, 2, 1, 1)]
    await house.forgetting().forget(EVERYTHING)
    assert await figures(house) == before


async def test_each_of_several_is_remembered_for_itself(house: House) -> None:
    turn = await house.begins("four", GARDEN, "UANA")
    for index in range(4):
        await house.turns.add(made.picture(f"{turn.id}-{index}", turn.id, index, blob=await house.put(b"%d" % index)))
        entry = made.entry(f"call {index}", place=GARDEN)
        await house.ledger.open(replace(entry, errand=Errand(turn.id, index, "UANA", GARDEN)))
        await house.ledger.settle(entry.id, made.paid())
    await house.verdicts.give([Verdict(f"{turn.id}-{n}", "U9", kept, 1) for n, kept in ((1, True), (2, False))])
    await house.requests.finish("four")
    await house.forgetting().forget(EVERYTHING)
    assert [(one.pictures, one.judged, one.kept) for one in await figures(house)] == [(4, 2, 1)]


async def test_what_is_at_work_keeps_its_call_until_it_is_judged(house: House) -> None:
    turn = await house.begins("k", GARDEN, "UANA")
    await house.turns.add(made.picture(f"{turn.id}-0", turn.id, blob=await house.put(b"fox")))
    await house.ledger.open(replace(made.entry("c", place=GARDEN), errand=Errand(turn.id, 0, "UANA", GARDEN)))
    await house.ledger.settle("c", made.paid())
    share = Share(person="UANA")
    seen = await house.forgetting().look(share)
    assert await house.forgetting().forget(share) == seen
    await house.verdicts.give([Verdict(f"{turn.id}-0", "U9", True, 1)])
    await house.requests.finish("k")
    await house.forgetting().forget(share)
    assert [(one.pictures, one.judged, one.kept) for one in await figures(house)] == [(1, 1, 1)]
    assert "UANA" not in await house.everything()
