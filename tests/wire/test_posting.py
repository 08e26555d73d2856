"""What was posted is found again before it is posted once more, however much stands there by now."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.domain.requests import Place
from bot.playground import keys
from handlers import posting
from handlers.posting import Once
from tests.fakes.books import RememberedPosts
from tests.wire.slack_stage import GENERAL, Stage, staged

BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "a fox"}}]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as stage:
        await stage.turn("settings", {"rate_limits": False})
        yield stage


@pytest.fixture
def once(stage: Stage) -> Once:
    return Once(stage.client, RememberedPosts())


async def said(stage: Stage, text: str, **where: str) -> str:
    return str((await stage.client.chat_postMessage(channel=GENERAL, text=text, **where))["ts"])


async def test_a_message_is_found_at_the_end_of_a_long_thread(
    stage: Stage, once: Once, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "PAGE", 2)
    root = await said(stage, "a long thread")
    for number in range(13):
        await said(stage, str(number), thread_ts=root)
    place = Place(keys.TEAM_ID, GENERAL, root)
    first = await once.post("result:1", place, "a fox", BLOCKS)
    assert await once.post("result:1", place, "a fox", BLOCKS) == first
    assert await once.post("result:2", place, "a fox", BLOCKS) != first


async def test_a_message_is_found_among_the_newest_of_a_channel(
    stage: Stage, once: Once, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "PAGE", 4)
    place = Place(keys.TEAM_ID, GENERAL)
    for number in range(5):
        await said(stage, str(number))
    first = await once.post("root:1", place, "a fox", BLOCKS)
    for number in range(3):
        await said(stage, str(number))
    assert await once.post("root:1", place, "a fox", BLOCKS) == first
