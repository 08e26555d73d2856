"""Setbacks that come together or one after the other: what is asked again, and what the model is told then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from bot.catalogue import Catalogue, load
from bot.domain.options import Tier
from bot.settings import Settings
from bot.studio import lineup
from bot.studio.lineup import Lineup
from storage import retirements
from tests.photographs import photograph
from tests.stories import evidence
from tests.stories.mishaps import breaks, hurry
from tests.stories.story import Story

FLASH, NEXT_FLASH = load().of_tier(Tier.FLASH)[:2]
GONE = {"error": "gone"}
FILTERED = {"finish_reason": "IMAGE_SAFETY"}


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    """As many attempts as ever, without the waits between them."""
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.mark.parametrize("faults", [(FILTERED, GONE, GONE, GONE), (GONE, GONE, GONE, FILTERED)])
async def test_what_was_refused_is_not_asked_again_and_keeps_nothing_back(story: Story, faults: tuple) -> None:
    await hurry(story)
    for fault in faults:
        await breaks(story, "gemini", fault)
    await story.commands("/imagine a red fox --n 4")
    seen = await story.sees_picture()
    assert len(seen.images) == 3
    assert "1 of 4 did not come. The picture was filtered out" in seen.words
    assert [evidence.model(call) for call in await story.paintings()] == [FLASH.id] * 4 + [NEXT_FLASH.id] * 3


BUSY = {"status": 503}


async def test_of_two_reasons_both_are_told_and_what_did_not_come_can_be_had_elsewhere(story: Story) -> None:
    await hurry(story)
    await breaks(story, "gemini", FILTERED)
    await breaks(story, "gemini", BUSY, times=8)  # the two others, at each of their attempts
    await story.commands("/imagine a red fox --n 3")
    failed = await story.sees_words("The model is overloaded right now.")
    assert "1 of 3: The picture was filtered out" in failed.words
    await story.presses("Try on Pro", on=failed)
    assert len((await story.sees_picture()).images) == 3


async def test_a_thread_whose_tier_is_gone_goes_on_with_the_one_that_was_chosen_instead(story: Story) -> None:
    (original,) = load().of_tier(Tier.ORIGINAL)
    await hurry(story)
    await story.commands("/imagine a red fox --tier original")
    fox = await story.sees_picture()
    await hurry(story, gemini_retired=[original.id])
    await story.replies("make it night", to=fox)
    failed = await story.sees_words("This model is no longer offered.")
    await story.presses("Try on Flash", on=failed)
    await story.sees_picture(by=FLASH.name)
    await story.replies("add a hat")
    await story.sees_picture(by=FLASH.name)
    await story.replies("add a tie")
    await story.sees_picture(by=FLASH.name)
    assert [evidence.model(call) for call in await story.paintings()] == [original.id] * 2 + [FLASH.id] * 3


async def test_a_story_told_in_short_and_then_in_full_is_remembered_as_it_was_told(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hurry(story, gemini_retired=[FLASH.id])
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    monkeypatch.setattr(Lineup, "look", is_served_again)  # a day later
    await story.replies("make it night", to=fox)
    night = await story.sees_picture()
    await story.replies("add a hat", to=night)
    await story.sees_picture()
    told = [[evidence.words(turn) for turn in evidence.turns(call)] for call in await served(story)]
    assert [each[::2] for each in told] == [
        ["a red fox"],
        ["a red fox", "make it night"],
        ["a red fox", "make it night", "add a hat"],
    ]


TOO_LARGE = "The input token count (140000) exceeds the maximum number of tokens allowed (131072)."
UNREADABLE = "Unable to process input image. Please retry or report in https://ai.google.dev/troubleshooting"


@pytest.mark.parametrize("message", [TOO_LARGE, UNREADABLE])
async def test_a_story_that_is_refused_is_told_in_short_and_is_no_end_of_the_thread(story: Story, message: str) -> None:
    await hurry(story)
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await breaks(story, "gemini", {"status": 400, "message": message})
    await story.replies("make it night", to=fox)
    night = await story.sees_picture()
    await story.replies("add a hat", to=night)
    await story.sees_picture()
    calls = await story.paintings()
    assert [len(evidence.turns(call)) for call in calls] == [1, 3, 1, 3]
    assert evidence.given(calls[2]) == [evidence.drawn(calls[0])]


async def test_what_is_refused_in_short_is_not_asked_again(story: Story) -> None:
    await hurry(story)
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await breaks(story, "gemini", {"status": 400, "message": UNREADABLE}, times=9)
    await story.presses("Re-run with Pro", on=fox)
    await story.sees_words("could not work with this request")
    assert len(await story.paintings()) == 2
    await story.replies("make it night --tier pro", to=fox)  # which never saw it: it is told in short at once
    await story.sees_words("make it night")
    assert len(await story.paintings()) == 3


SIGNATURE = {"finish_reason": "MISSING_THOUGHT_SIGNATURE"}
SEARCH = {"finish_reason": "TOO_MANY_TOOL_CALLS"}
LARGE = {"status": 400, "message": TOO_LARGE}


@pytest.mark.parametrize("faults", [(SEARCH, SIGNATURE), (SIGNATURE, LARGE, SEARCH), (SIGNATURE, GONE), (GONE, LARGE)])
async def test_of_several_ways_around_each_is_taken_and_no_picture_is_lost(story: Story, faults: tuple) -> None:
    await hurry(story)
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    for fault in faults:
        await breaks(story, "gemini", fault)
    await story.replies("make it night --ground --n 4", to=fox)
    night = await story.sees_picture()
    assert len(night.images) == 4
    assert "did not come" not in night.words
    assert len(await story.paintings()) == 1 + 4 + len(faults)


async def test_a_picture_missing_from_the_middle_of_a_story_is_no_end_of_it(story: Story, settings: Settings) -> None:
    await hurry(story)
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    kept = objects(settings)
    await story.replies("make it night --ar 16:9", to=fox)  # bytes of its own
    night = await story.sees_picture()
    for file in kept:
        file.unlink()
    await story.replies("add a hat", to=night)
    hat = await story.sees_picture()
    await story.replies("add a moon", to=hat)
    await story.sees_picture()
    calls = await story.paintings()
    assert [len(evidence.turns(call)) for call in calls] == [1, 3, 1, 3]
    assert evidence.given(calls[2]) == [evidence.drawn(calls[1])]


async def test_a_thread_whose_picture_is_missing_goes_on_from_one_that_is_attached(
    story: Story, settings: Settings
) -> None:
    await hurry(story)
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    for file in objects(settings):
        file.unlink()
    await story.replies("make it night", to=fox)
    failed = await story.sees_words("no record of this picture any more")
    assert "make it night" in failed.words
    own = await story.attaches(photograph(), "fox.jpg")
    await story.replies("make it night", to=fox, files=[own])
    night = await story.sees_picture()
    await story.replies("add a hat", to=night)
    await story.sees_picture()
    calls = await story.paintings()
    assert [len(evidence.turns(call)) for call in calls] == [1, 1, 3]
    assert len(evidence.given(calls[1])) == 1
    assert "current picture" not in evidence.prompt(calls[1])


async def test_a_picture_that_came_in_words_is_not_made_up_into_a_turn_of_the_models(story: Story) -> None:
    await hurry(story)
    await breaks(story, "gemini", {"data_url": True})
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await story.replies("make it night", to=fox)
    night = await story.sees_picture()
    await story.replies("add a hat", to=night)
    await story.sees_picture()
    calls = await story.paintings()
    assert [(call["status"], len(evidence.turns(call))) for call in calls] == [(200, 1), (200, 1), (200, 3)]


async def test_what_a_model_can_do_is_asked_of_it_again_once_it_may_be_back(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hurry(story, gemini_retired=[FLASH.id])
    await story.commands("/imagine a red fox")
    await story.sees_picture(by=NEXT_FLASH.name)
    await hurry(story, gemini_retired=[])
    monkeypatch.setattr(retirements, "DAY", 0)
    monkeypatch.setattr(lineup, "LOOK", 0.0)
    await story.commands("/imagine a blue whale --size 512")  # which the other cannot do
    await story.sees_picture(by=FLASH.name)
    assert len(await story.paintings()) == 3


async def test_a_passing_fault_of_one_model_stops_no_tier(story: Story) -> None:
    """The first of the tier is gone for good; the second answers once, as a fault, that it is."""
    await hurry(story, gemini_retired=[FLASH.id])
    await breaks(story, "gemini", GONE)
    await story.commands("/imagine a red fox")
    await story.sees_words("no longer offered")
    await story.commands("/imagine a blue whale")
    whale = await story.sees_picture(by=NEXT_FLASH.name)
    assert f"{FLASH.name} is no longer offered" in whale.words
    await story.commands("/imagine a green frog")
    frog = await story.sees_picture(by=NEXT_FLASH.name)
    assert "no longer offered" not in frog.words
    asked = [evidence.model(call) for call in await story.paintings()]
    assert asked == [FLASH.id, NEXT_FLASH.id, FLASH.id, NEXT_FLASH.id, NEXT_FLASH.id]


async def test_a_failure_does_not_say_that_another_model_made_it(story: Story) -> None:
    await hurry(story)
    for fault in (GONE, FILTERED):
        await breaks(story, "gemini", fault)
    await story.commands("/imagine a red fox")
    failed = await story.sees_words("filtered out")
    assert "made this" not in failed.words


async def test_a_picked_picture_tells_of_its_own_model(story: Story) -> None:
    await hurry(story)
    await breaks(story, "gemini", GONE)
    await story.commands("/imagine a red fox --n 2")
    both = await story.sees_picture()
    number = 1 if "Number 1: " in both.words else 2
    assert f"Number {number}: {FLASH.name} is no longer offered, so {NEXT_FLASH.name} made this." in both.words
    for each in (1, 2):
        await story.presses(f"Pick {each}", on=both)
        picked = await story.sees_picture()
        assert ("no longer offered" in picked.words) is (each == number)
    await story.commands("/imagine a blue whale")  # since it painted beside the fault, the first model is there
    await story.sees_picture()
    assert [evidence.model(call) for call in await story.paintings()] == [FLASH.id] * 2 + [NEXT_FLASH.id, FLASH.id]


async def served(story: Story) -> list[evidence.Call]:
    """The calls that were answered with a picture."""
    return [call for call in await story.paintings() if call["status"] == 200]


def objects(settings: Settings) -> list[Path]:
    """What lies in the object store."""
    return [file for file in Path(settings.pictures_url).rglob("*") if file.is_file()]


async def is_served_again(self: Lineup) -> Catalogue:
    """Stands in for looking a day later, when nothing is known to be retired."""
    self.catalogue = load()
    return self.catalogue
