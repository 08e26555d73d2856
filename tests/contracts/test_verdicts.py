"""Verdicts: the latest word of each person on each picture, in whatever order the words arrive."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.spend import Verdict
from bot.ports import Turns
from storage.verdicts import SqlVerdicts
from tests.contracts.made import ROOM, numbers, picture, turn


@pytest.fixture(autouse=True)
async def pictures(turns: Turns) -> None:
    await turns.begin(turn("t", pictures=tuple(picture(f"t-{n}", "t", n) for n in range(4))))


def says(kept: bool | None, moment: int = 1, person: str = "U1", picture: str = "t-0") -> Verdict:
    return Verdict(picture, person, kept, moment)


async def test_nobody_has_said_anything(verdicts: SqlVerdicts) -> None:
    await verdicts.give([])
    assert await verdicts.tally(["t-0"]) == (0, 0)
    assert await verdicts.tally([]) == (0, 0)


async def test_people_are_counted(verdicts: SqlVerdicts) -> None:
    await verdicts.give([says(True), says(True, person="U2"), says(False, person="U3"), says(None, person="U4")])
    for _ in range(2):
        await verdicts.give([says(True)])
    assert await verdicts.tally(["t-0"]) == (2, 1)
    assert await verdicts.tally(["t-1"]) == (0, 0)


async def test_a_person_counts_once_for_several_pictures(verdicts: SqlVerdicts) -> None:
    await verdicts.give([says(True, picture=f"t-{n}") for n in range(3)])
    await verdicts.give([says(False, picture="t-3"), says(False, person="U2"), says(False, person="U2", picture="t-1")])
    assert await verdicts.tally([f"t-{n}" for n in range(4)]) == (1, 2)
    assert await verdicts.tally(["t-3", "t-3", "unknown"]) == (0, 1)


async def test_what_comes_late_does_not_count(verdicts: SqlVerdicts) -> None:
    await verdicts.give([says(False, 5)])
    await verdicts.give([says(True, 4)])
    assert await verdicts.tally(["t-0"]) == (0, 1)


async def test_what_was_taken_back_does_not_come_back(verdicts: SqlVerdicts) -> None:
    await verdicts.give([replace(says(None, 5), by_reaction=True)])
    await verdicts.give([says(True, 4)])
    assert await verdicts.tally(["t-0"]) == (0, 0)
    await verdicts.give([says(True, 6)])
    assert await verdicts.tally(["t-0"]) == (1, 0)


def thumb(kept: bool | None, moment: int, said: bool | None = None) -> Verdict:
    return replace(says(kept, moment), by_reaction=True, said=said)


async def test_a_thumb_that_is_taken_off_takes_back_its_own_word_only(verdicts: SqlVerdicts) -> None:
    await verdicts.give([thumb(False, 1)])
    await verdicts.give([thumb(True, 2)])
    await verdicts.give([thumb(None, 3, said=False)])
    assert await verdicts.tally(["t-0"]) == (1, 0)
    await verdicts.give([thumb(None, 4, said=True)])
    assert await verdicts.tally(["t-0"]) == (0, 0)


async def test_where_a_thumb_is_taken_off_another_of_the_same_person_may_still_speak(verdicts: SqlVerdicts) -> None:
    await verdicts.give([thumb(True, 1)])
    await verdicts.give([thumb(None, 2, said=True)])
    await verdicts.give([thumb(True, 2, said=True)])
    assert await verdicts.tally(["t-0"]) == (1, 0)
    await verdicts.give([thumb(False, 3, said=True)])
    assert await verdicts.tally(["t-0"]) == (0, 1)
    await verdicts.give([thumb(None, 5, said=False)])
    await verdicts.give([thumb(False, 4, said=True)])  # what stood before that one was taken off as well
    assert await verdicts.tally(["t-0"]) == (0, 0)


async def test_a_look_that_comes_late_does_not_bring_a_thumb_back(verdicts: SqlVerdicts) -> None:
    """Two of a kind taken off one after the other: the look after the first may still have seen the second."""
    await verdicts.give([thumb(True, 1)])
    await verdicts.give([thumb(None, 2, said=True)])
    await verdicts.give([thumb(None, 3, said=True)])
    await verdicts.give([thumb(True, 2, said=True)])
    assert await verdicts.tally(["t-0"]) == (0, 0)


async def test_a_thumb_that_still_speaks_leaves_a_button_as_it_was(verdicts: SqlVerdicts) -> None:
    await verdicts.give([says(False, 2)])
    await verdicts.give([thumb(True, 3, said=True)])
    assert await verdicts.tally(["t-0"]) == (0, 1)


async def test_a_thumb_that_is_taken_off_leaves_a_button_as_it_was(verdicts: SqlVerdicts) -> None:
    await verdicts.give([thumb(True, 1)])
    await verdicts.give([says(True, 2)])
    await verdicts.give([thumb(None, 3, said=True)])
    assert await verdicts.tally(["t-0"]) == (1, 0)


async def test_a_thumb_beside_a_button_takes_nothing_back_when_it_goes(verdicts: SqlVerdicts) -> None:
    await verdicts.give([says(True, 1)])
    await verdicts.give([thumb(True, 2)])
    await verdicts.give([thumb(None, 3, said=True)])
    assert await verdicts.tally(["t-0"]) == (1, 0)
    await verdicts.give([thumb(False, 4)])
    await verdicts.give([thumb(None, 5, said=False)])
    assert await verdicts.tally(["t-0"]) == (0, 0)


async def test_of_the_same_moment_the_later_written_holds(verdicts: SqlVerdicts) -> None:
    await verdicts.give([says(True), says(False)])
    assert await verdicts.tally(["t-0"]) == (0, 1)
    await verdicts.give([says(True)])
    assert await verdicts.tally(["t-0"]) == (1, 0)


async def test_unknown_pictures_are_left_out(verdicts: SqlVerdicts) -> None:
    mixed = [says(True, picture="nothing"), says(True), says(True, picture="t-0\0")]
    assert "t-0" in await verdicts.give(mixed)
    assert await verdicts.tally(["t-0", "nothing"]) == (1, 0)
    assert await verdicts.give([says(True, picture="nothing")]) == frozenset()


async def test_many_at_once(verdicts: SqlVerdicts) -> None:
    ways = [
        [says(True, n, f"U{n % 5}", f"t-{picture}") for picture in (0, 1, 2, 3)][:: 1 - 2 * (n % 2)] for n in range(40)
    ]
    await asyncio.gather(*map(verdicts.give, ways))
    assert await verdicts.tally(["t-0", "t-1", "t-2", "t-3"]) == (5, 0)


words = st.builds(says, st.sampled_from([True, False, None]), st.integers(0, 5), st.sampled_from(["U1", "U2"]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.lists(words, max_size=4), max_size=6))
async def test_in_any_order_the_latest_word_of_each_holds(
    verdicts: SqlVerdicts, turns: Turns, said: list[list[Verdict]]
) -> None:
    name = f"any {next(numbers)}"
    await turns.begin(turn(name, pictures=(picture(f"{name}-0", name),)))
    for batch in said:
        await verdicts.give([replace(one, picture=f"{name}-0") for one in batch])
    latest: dict[str, Verdict] = {}
    for one in (one for batch in said for one in batch):
        if one.person not in latest or one.moment >= latest[one.person].moment:
            latest[one.person] = one
    kept = [one.kept for one in latest.values()]
    assert await verdicts.tally([f"{name}-0"]) == (kept.count(True), kept.count(False))


async def test_a_message_shows_pictures(verdicts: SqlVerdicts) -> None:
    assert await verdicts.at(ROOM, "5.0") == ()
    for _ in range(2):
        await verdicts.display(ROOM, "5.0", ["t-2", "t-0", "t-1"])
    await verdicts.display(ROOM, "6.0", ["t-2"])
    await verdicts.display(ROOM, "7.0", [])
    assert await verdicts.at(ROOM, "5.0") == ("t-2", "t-0", "t-1")
    assert await verdicts.at(replace(ROOM, thread="another"), "6.0") == ("t-2",)
    for elsewhere in (replace(ROOM, channel="C2"), replace(ROOM, team="T2")):
        assert await verdicts.at(elsewhere, "5.0") == ()
    assert await verdicts.at(ROOM, "7.0") == ()


async def test_a_message_that_is_displayed_by_two_at_once(verdicts: SqlVerdicts) -> None:
    await asyncio.gather(*(verdicts.display(ROOM, "5.0", [f"t-{n}" for n in range(4)]) for _ in range(10)))
    assert await verdicts.at(ROOM, "5.0") == ("t-0", "t-1", "t-2", "t-3")
