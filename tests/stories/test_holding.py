"""Slack takes no file just now: what was painted is kept, and shown when people try again, without another painting."""

from __future__ import annotations

import pytest

from handlers import wording
from storage import acceptance
from tests.stories.mishaps import breaks, hurry, whispers
from tests.stories.story import Story

UPLOAD = "files.getUploadURLExternal"


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


@pytest.mark.parametrize(
    ("code", "words"),
    [("storage_limit_reached", "out of file storage"), ("file_uploads_disabled", "switched off")],
)
async def test_what_is_painted_is_shown_once_there_is_room(swift: Story, code: str, words: str) -> None:
    await breaks(swift, "slack", {"error": code}, method=UPLOAD, times=4)  # of each of two, twice
    await swift.commands("/imagine a red fox --n 2")
    held = await swift.sees_words(words)
    assert wording.HELD in held.words
    assert list(held.buttons) == ["Try again"]
    await swift.presses("Try again", on=held)
    foxes = await swift.sees_picture()
    assert (len(foxes.images), foxes.thread) == (2, held.thread)
    assert len(await swift.paintings()) == 2
    assert await whispers(swift, thread=held.thread) == []
    await swift.replies("make it night", to=foxes)
    await swift.sees_picture()
    assert len(await swift.paintings()) == 3


@pytest.mark.parametrize("filtered", [0, 1])
async def test_what_was_shown_meanwhile_is_not_painted_once_more(
    swift: Story, monkeypatch: pytest.MonkeyPatch, filtered: int
) -> None:
    """The button says that it costs nothing more, also to whoever scrolls by later, and where one did not come."""
    monkeypatch.setattr(acceptance, "DOUBLE_CLICK", 0)
    if filtered:
        await breaks(swift, "gemini", {"finish_reason": "IMAGE_SAFETY"})
    await breaks(swift, "slack", {"error": "storage_limit_reached"}, method=UPLOAD, times=2)
    await swift.commands(f"/imagine a red fox --n {1 + filtered}")
    held = await swift.sees_words("out of file storage")
    await swift.presses("Try again", on=held)
    shown = await swift.sees_picture()

    async def is_told() -> bool | None:  # once the first press is no longer at work
        await swift.presses("Try again", on=held, by="U0BEN")
        said = await whispers(swift, "U0BEN", thread=held.thread)
        return True if any("shown that already" in each for each in said) else None

    await swift.eventually(is_told)
    assert len(await swift.paintings()) == 1 + filtered
    assert ("Try again for the other one" in shown.buttons) is bool(
        filtered
    )  # under the result: for the one that did not come


async def test_while_there_is_none_the_person_is_told_so_again(swift: Story) -> None:
    await breaks(swift, "slack", {"error": "storage_limit_reached"}, method=UPLOAD, times=3)
    await swift.commands("/imagine a red fox")
    held = await swift.sees_words("out of file storage")
    await swift.presses("Try again", on=held)
    await swift.whispered("out of file storage", thread=held.thread)
    assert len(await swift.paintings()) == 1


async def test_where_not_even_that_can_be_said_it_is_whispered(swift: Story) -> None:
    await hurry(swift, gemini_delay=0.5)
    await swift.commands("/imagine a red fox")
    await swift.sees_words("a red fox")
    await breaks(swift, "slack", {"error": "storage_limit_reached"}, method=UPLOAD, times=9)
    await breaks(swift, "slack", {"error": "not_in_channel"}, method="chat.postMessage", times=9)
    assert wording.HELD not in await swift.whispered("out of file storage")
