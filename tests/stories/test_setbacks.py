"""Setbacks that come together or one after the other: what is asked again, and what the model is told then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from bot.catalogue import load
from bot.domain.options import Tier
from tests.stories import evidence
from tests.stories.mishaps import breaks, hurry
from tests.stories.story import Story

FLASH, NEXT_FLASH = load().of_tier(Tier.FLASH)[:2]
GONE = {"status": 404}
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
