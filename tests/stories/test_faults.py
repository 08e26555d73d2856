"""When the model says no, breaks or says nothing: one kind sentence, or the picture after all."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import stamina

from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.stories.mishaps import breaks, hurry, is_kind, results
from tests.stories.refusals import ROWS
from tests.stories.story import Story, telling

PASSES = (
    *(
        "IMAGE_OTHER",
        "STOP, nothing",
        "NO_IMAGE",
        "NO_IMAGE, and words",
        "429 per minute",
        "503 UNAVAILABLE",
        "500 INTERNAL",
    ),
    *("504 DEADLINE_EXCEEDED", "cut off before drawing", "cut off after drawing"),
)


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    """As many attempts as ever, without the waits between them."""
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


async def test_what_failed_keeps_the_prompt_and_anyone_may_try_again(swift: Story) -> None:
    await breaks(swift, "gemini", {"status": 403})
    await swift.commands("/imagine a red fox")
    root = await swift.sees_words("a red fox")
    failed = await swift.sees_words("access to the model was refused")
    assert failed.thread == root.ts
    assert "<@U0ANA>: a red fox" in failed.words
    await swift.presses("Try again", on=failed, by="U0BEN")
    picture = await swift.sees_picture()
    assert picture.thread == root.ts
    assert "<@U0BEN>" in picture.words
    assert "a red fox" in picture.words
    assert [seen.ts for seen in await results(swift)] == [failed.ts, picture.ts]


async def test_another_tier_may_do_it(swift: Story) -> None:
    await breaks(swift, "gemini", {"status": 503}, times=4)
    await swift.commands("/imagine a red fox --size 2k")
    failed = await swift.sees_words("overloaded")
    assert {"Try again", "Try on Pro"} == set(failed.buttons)  # lite does not make 2K
    assert "$0.1" in failed.buttons["Try on Pro"]["confirm"]["text"]["text"]
    await swift.presses("Try on Pro", on=failed, by="U0BEN")
    picture = await swift.sees_picture(by="Pro")
    assert "<@U0BEN>" in picture.words
    await swift.replies("make it night")
    await swift.sees_picture(by="Nano Banana 2 ")


async def test_waiting_for_a_crowded_model_is_said(world: World, settings: Settings) -> None:
    stamina.set_testing(False)
    async with running(settings), telling(world.url) as told:
        await hurry(told)
        await breaks(told, "gemini", {"status": 429, "retry_delay": "4s", "quota": "PerMinute"})
        await told.commands("/imagine a red fox")

        async def look() -> str | None:
            statuses = (await told.get("/page/messages", user="U0ANA", channel="C0GENERAL"))["statuses"]
            return next((str(each) for each in statuses.values() if "busy for another" in str(each)), None)

        assert is_kind(re.sub("[{}]", "", await told.eventually(look)))
        await told.sees_picture()
        assert len(await told.paintings()) == 2


@pytest.mark.parametrize("kind", PASSES)
async def test_a_fault_that_passes_is_not_even_noticed(swift: Story, kind: str) -> None:
    await breaks(swift, "gemini", ROWS[kind].fault)
    await swift.commands("/imagine a red fox")
    picture = await swift.sees_picture()
    assert len(await swift.paintings()) == 2
    assert [seen.ts for seen in await results(swift)] == [picture.ts]


async def test_drafts_are_not_shown(swift: Story) -> None:
    await breaks(swift, "gemini", {"drafts": 2})
    await swift.commands("/imagine a red fox")
    picture = await swift.sees_picture()
    assert len(picture.images) == 1
    await swift.replies("make it night")
    await swift.sees_picture()
    assert len(await swift.paintings()) == 2


async def test_a_model_that_never_answers_is_given_up_on(world: World, settings: Settings) -> None:
    async with running(settings.model_copy(update={"deadline": 4.0})), telling(world.url) as told:
        await hurry(told)
        await breaks(told, "gemini", {"hang": 60})
        await told.commands("/imagine a red fox")
        failed = await told.sees_words("took too long")
        assert is_kind(failed.words)
        assert len(await told.paintings()) == 1
        await told.presses("Try again", on=failed)
        await told.sees_picture()


async def test_three_of_four_are_shown_and_the_fourth_is_explained(swift: Story) -> None:
    await breaks(swift, "gemini", {"finish_reason": "IMAGE_SAFETY"})
    await swift.commands("/imagine a red fox --n 4")
    several = await swift.sees_picture()
    assert len(several.images) == 3
    assert "1 of 4 did not come" in several.words
    assert "filtered out" in several.words
    assert len(await swift.paintings()) == 4
    picks = [label for label in several.buttons if label.startswith("Pick")]
    await swift.presses(picks[-1], on=several)
    assert len((await swift.sees_picture()).images) == 1
    await swift.presses("Try again for the other one", on=several)
    assert len((await swift.sees_picture()).images) == 1
    assert len(await swift.paintings()) == 5


async def test_one_of_four_is_shown_with_its_own_buttons(swift: Story) -> None:
    await breaks(swift, "gemini", {"finish_reason": "IMAGE_SAFETY"}, times=3)
    await swift.commands("/imagine a red fox --n 4")
    single = await swift.sees_picture()
    assert len(single.images) == 1
    assert "3 of 4 did not come" in single.words
    assert "Re-run with Pro" in single.buttons
    await swift.presses("Try again for the other 3", on=single)
    assert len((await swift.sees_picture()).images) == 3
    assert len(await swift.paintings()) == 7


async def test_a_failed_reply_leaves_the_picture_to_go_on_from(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    await swift.sees_picture()
    await breaks(swift, "gemini", {"text_only": "No."})
    await swift.replies("make it rude")
    await swift.sees_words("> No.")
    await swift.replies("make it night")
    await swift.sees_picture()
    told = str((await swift.paintings())[-1]["body"]["contents"])
    assert "a red fox" in told
    assert "make it night" in told
    assert "rude" not in told


async def test_the_status_is_gone_when_the_model_failed(swift: Story) -> None:
    await breaks(swift, "gemini", {"status": 400})
    await swift.commands("/imagine a red fox")
    await swift.sees_words("could not work with this request")
    statuses = (await swift.get("/page/messages", user="U0ANA", channel="C0GENERAL"))["statuses"]
    assert statuses == {}


async def test_what_the_model_says_cannot_call_people(swift: Story) -> None:
    await breaks(swift, "gemini", {"text_only": "<!channel> & <@U0BEN> look"})
    await swift.commands("/imagine a red fox")
    failed = await swift.sees_words("in words instead")
    assert "&lt;!channel&gt; &amp; &lt;@U0BEN&gt; look" in failed.words
    assert "<!channel>" not in failed.words


async def test_what_the_model_says_at_length_is_cut_to_what_slack_takes(swift: Story) -> None:
    await breaks(swift, "gemini", {"text_only": "so sorry & " * 2000})
    await swift.commands("/imagine a red fox")
    failed = await swift.sees_words("so sorry")
    assert "Try again" in failed.buttons


async def test_a_several_line_answer_is_quoted_whole(swift: Story) -> None:
    await breaks(swift, "gemini", {"text_only": "I cannot.\nPerhaps a cat?"})
    await swift.commands("/imagine a red fox")
    failed = await swift.sees_words("in words instead")
    assert "> I cannot.\n> Perhaps a cat?" in failed.words
