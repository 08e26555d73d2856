"""A message with a picture is forwarded to the bot: the picture in it is a reference, as if it were attached."""

from __future__ import annotations

import pytest

from bot.playground import keys
from handlers.sentences import SENTENCES
from tests.photographs import photograph
from tests.stories.mishaps import hurry
from tests.stories.story import Story

MENTION = f"<@{keys.BOT_USER}>"


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


async def forwards(told: Story, ts: str, source: str, text: str) -> None:
    body = {"user": told.person, "channel": told.channel, "source": source, "ts": ts, "text": text}
    assert (await told.post("/page/forward", body))["ok"]


async def test_a_picture_in_a_forwarded_message_is_a_reference(swift: Story) -> None:
    window = await swift.attaches(photograph(64, 64), "window.jpg")
    ts = await swift.says("look", channel="C0DESIGN", files=[window])
    await forwards(swift, ts, "C0DESIGN", f"{MENTION} in winter")
    seen = await swift.sees_picture()
    assert "in winter" in seen.words
    parts = (await swift.paintings())[-1]["body"]["contents"][-1]["parts"]
    assert len([part for part in parts if "inlineData" in part]) == 1


async def test_one_from_where_the_bot_is_not_is_left_out_and_named(swift: Story) -> None:
    window = await swift.attaches(photograph(64, 64), "window.jpg")
    ts = await swift.says("look", channel="C0RANDOM", files=[window])
    await forwards(swift, ts, "C0RANDOM", f"{MENTION} a winter")
    seen = await swift.sees_picture()
    assert SENTENCES["file_gone"].format(name="window.jpg") in seen.words
