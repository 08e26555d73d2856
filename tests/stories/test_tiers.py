"""Models that go, models that look things up, pictures that are not what was asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from bot.catalogue import load
from bot.domain.options import Tier
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.stories import evidence
from tests.stories.mishaps import breaks, hurry, is_kind, methods, results
from tests.stories.story import Story, telling

FLASH, NEXT_FLASH = load().of_tier(Tier.FLASH)[:2]
PRO = load().of_tier(Tier.PRO)[0]


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    """As many attempts as ever, without the waits between them."""
    with stamina.set_testing(True, attempts=4):
        yield


async def test_a_model_that_is_gone_gives_way_and_people_see_to_whom(world: World, settings: Settings) -> None:
    told = settings.model_copy(update={"operator": "U0BEN"})
    async with running(told), telling(world.url) as story:
        await hurry(story, gemini_retired=[FLASH.id])
        await story.commands("/imagine a red fox")
        fox = await story.sees_picture()
        assert NEXT_FLASH.name in fox.words
        assert f"{FLASH.name} is no longer offered" in fox.words
        assert [evidence.model(call) for call in await story.paintings()] == [FLASH.id, NEXT_FLASH.id]
        await story.replies("make it night", to=fox)
        night = await story.sees_picture()
        assert "no longer offered" not in night.words
        calls = await story.paintings()
        assert [evidence.model(call) for call in calls] == [FLASH.id, NEXT_FLASH.id, NEXT_FLASH.id]
        assert evidence.roles(calls[-1]) == ["user", "model", "user"]
        await story.eventually(lambda: _told_once(story, FLASH.id))
        seen = story.told
    async with running(told), telling(world.url) as story:
        story.told |= seen
        await story.commands("/imagine a blue whale")
        await story.sees_picture()
        assert len(await story.paintings()) == 4
        assert await _told_once(story, FLASH.id)


async def test_a_model_that_is_not_found_without_a_word_of_it_gives_way_as_well(
    world: World, settings: Settings
) -> None:
    async with running(settings.model_copy(update={"operator": "U0BEN"})), telling(world.url) as story:
        await hurry(story)
        await breaks(story, "gemini", {"status": 404})  # "Requested entity was not found."
        await story.commands("/imagine a red fox")
        fox = await story.sees_picture()
        assert f"{FLASH.name} is no longer offered" in fox.words
        await story.eventually(lambda: _told_once(story, FLASH.id))
        await story.commands("/imagine a blue whale")
        await story.sees_picture()
        assert [evidence.model(call) for call in await story.paintings()] == [FLASH.id, NEXT_FLASH.id, NEXT_FLASH.id]


async def _told_once(story: Story, model: str) -> bool | None:
    """Whether the one who runs the bot has one message about this model."""
    said = [call["args"] for call in await methods(story, "chat.postMessage")]
    about = [body for body in said if body["channel"] == "U0BEN" and model in str(body)]
    return True if len(about) == 1 else None


async def test_four_pictures_move_together(story: Story) -> None:
    await hurry(story, gemini_retired=[FLASH.id])
    await story.commands("/imagine a red fox --n 4")
    several = await story.sees_picture()
    assert len(several.images) == 4
    assert several.words.count("no longer offered") == 1
    assert [evidence.model(call) for call in await story.paintings()] == [FLASH.id] * 4 + [NEXT_FLASH.id] * 4


async def test_a_tier_that_is_gone_altogether_is_said_and_others_are_offered(story: Story) -> None:
    await hurry(story, gemini_retired=[FLASH.id, NEXT_FLASH.id])
    await story.commands("/imagine a red fox")
    failed = await story.sees_words("no longer offered")
    assert {"Try again", "Try on Lite", "Try on Pro"} <= set(failed.buttons)
    await story.presses("Try on Lite", on=failed)
    assert "Lite" in (await story.sees_picture()).words
    await hurry(story, gemini_retired=[])
    await story.presses("Try again", on=failed)
    assert (await story.sees_picture()).images


async def test_the_next_model_is_not_asked_for_what_it_cannot_do(story: Story) -> None:
    await hurry(story, gemini_retired=[FLASH.id])
    await story.commands("/imagine a red fox --size 512")
    failed = await story.sees_words(f"{NEXT_FLASH.name} cannot make 512")
    assert is_kind(failed.words)
    assert len(await story.paintings()) == 1


async def test_a_signature_that_is_refused_leads_to_the_picture_after_all(story: Story) -> None:
    await hurry(story)
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    message = "Image part is missing a thought_signature in content position 2, part position 1."
    await breaks(story, "gemini", {"status": 400, "message": message})
    await story.replies("make it night", to=fox)
    night = await story.sees_picture()
    await story.replies("add a hat", to=night)
    await story.sees_picture()
    calls = await story.paintings()
    assert [evidence.roles(call) for call in calls] == [
        ["user"],
        ["user", "model", "user"],
        ["user"],
        ["user", "model", "user"],
    ]
    assert evidence.given(calls[2]) == [evidence.drawn(calls[0])]
    assert "a red fox" in evidence.prompt(calls[2])


async def test_a_finish_reason_about_signatures_is_handled_alike_and_once(story: Story) -> None:
    await hurry(story)
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await breaks(story, "gemini", {"finish_reason": "MISSING_THOUGHT_SIGNATURE"}, times=2)
    await story.replies("make it night", to=fox)
    failed = await story.sees(lambda seen: not seen.images and "make it night" in seen.words)
    assert is_kind(failed.words)
    assert len(await story.paintings()) == 3
    await story.presses("Try again", on=failed)
    await story.sees_picture()


async def test_grounding_shows_where_the_model_looked(story: Story) -> None:
    await hurry(story)
    await story.commands("/imagine the tallest tower of Lisbon --ground")
    seen = await story.sees_picture()
    assert "Looked at" in seen.words
    assert "<http" in seen.words
    assert "google.com/search?q=" in seen.words
    [call] = await story.paintings()
    assert set(call["body"]["tools"][0]["googleSearch"]["searchTypes"]) == {"web_search", "image_search"}
    await story.presses("Re-run with Pro", on=seen)
    await story.sees_picture(by="Pro")
    pro = (await story.paintings())[-1]
    assert set(pro["body"]["tools"][0]["googleSearch"]["searchTypes"]) == {"web_search"}
    await story.replies("make it night", to=seen)
    await story.sees_picture()
    assert "tools" not in (await story.paintings())[-1]["body"]


async def test_a_search_that_goes_wrong_is_left_out_and_that_is_said(story: Story) -> None:
    await hurry(story)
    await breaks(story, "gemini", {"finish_reason": "TOO_MANY_TOOL_CALLS"})
    await story.commands("/imagine the tallest tower of Lisbon --ground")
    seen = await story.sees_picture()
    assert "drawn without it" in seen.words
    calls = await story.paintings()
    assert ["tools" in call["body"] for call in calls] == [True, False]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a red fox --ground --tier lite", "cannot look things up"),
        ("a red fox --think high --tier pro", "cannot be told"),
        ("a red fox --size 4k --tier lite", "cannot make 4K"),
        ("a red fox --ar 8:1 --tier pro", "cannot make 8:1"),
        ("a red fox --size 2k --tier original", "cannot make 2K"),
    ],
)
async def test_what_a_model_cannot_do_is_said_before_it_costs(story: Story, line: str, words: str) -> None:
    await story.commands(f"/imagine {line}")
    said = await story.whispered(words)
    assert "--tier" in said
    assert await story.paintings() == []


@pytest.mark.parametrize(("typed", "level"), [("low", "MINIMAL"), ("high", "HIGH")])
async def test_thinking_is_set_in_the_models_own_words(story: Story, typed: str, level: str) -> None:
    await hurry(story)
    await story.commands(f"/imagine a red fox --think {typed}")
    await story.sees_picture()
    [call] = await story.paintings()
    thinking = call["body"]["generationConfig"]["thinkingConfig"]
    assert thinking.get("thinking_level", thinking.get("thinkingLevel")) == level


async def test_a_picture_of_another_size_is_told_truthfully(story: Story) -> None:
    await story.post("/control/settings", {"file_delay": 0.02, "rate_limits": False})
    await story.commands("/imagine a red fox [wrong size] --ar 16:9 --size 2k")
    seen = await story.sees_picture()
    assert "Asked for 2K 16:9" in seen.words


async def test_drafts_are_paid_for_and_not_shown(story: Story) -> None:
    await hurry(story)
    await breaks(story, "gemini", {"drafts": 2})
    await story.commands("/imagine a red fox")
    drafted = await story.sees_picture()
    assert len(drafted.images) == 1
    await story.commands("/imagine a blue whale")
    plain = await story.sees_picture()
    assert price(drafted.words) > 2.9 * price(plain.words)
    await story.replies("make it night", to=drafted)
    await story.sees_picture()
    assert len(await results(story)) == 3
    assert (await story.paintings())[-1]["status"] == 200


def price(words: str) -> float:
    """The first price on a message."""
    return float(words.split("$")[1].split(maxsplit=1)[0])
