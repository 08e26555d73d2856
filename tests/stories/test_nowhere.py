"""A button is pressed where the bot can say nothing any more: the person is told, and nothing is painted."""

from __future__ import annotations

import pytest

from tests.stories.mishaps import breaks, hurry, methods
from tests.stories.story import Story


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


async def test_the_bot_was_taken_out_of_the_channel(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await swift.commands("/remove @Threadpaint")

    async def removed() -> bool | None:
        state = await swift.get("/page/state", user=swift.person)
        return True if any(c["id"] == swift.channel and not c["is_member_bot"] for c in state["channels"]) else None

    await swift.eventually(removed)
    await swift.presses("Again", on=fox)
    assert await swift.whispered("I am not in this conversation")
    assert len(await swift.paintings()) == 1
    await swift.commands("/invite @Threadpaint")
    await swift.presses("Variations", on=fox)
    await swift.sees(lambda seen: len(seen.images) == 4)


async def test_the_channel_is_archived(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await breaks(swift, "slack", {"error": "is_archived"}, method="assistant.threads.setStatus")
    await swift.presses("Again", on=fox)
    assert await swift.whispered("This channel is archived", thread=fox.thread)
    assert len(await swift.paintings()) == 1


@pytest.mark.parametrize("fault", [{"error": "feature_disabled"}, {"error": "internal_error"}, {"status": 503}])
async def test_a_status_is_a_courtesy_otherwise(swift: Story, fault: dict[str, object]) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    before = len(await methods(swift, "assistant.threads.setStatus"))
    await breaks(swift, "slack", fault, method="assistant.threads.setStatus", times=9)
    await swift.presses("Again", on=fox)
    await swift.sees_picture()
    assert len(await methods(swift, "assistant.threads.setStatus")) > before
