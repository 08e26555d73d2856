"""People thank each other and put emoji under a picture: nobody is answered, and nothing is painted."""

from __future__ import annotations

import pytest

from bot.playground import keys
from tests.photographs import photograph
from tests.stories.mishaps import hurry, whispers
from tests.stories.story import Story

ELSEWHERE = ("<!here> look at this", "<!channel> which one?", "https://example.com/a?b=c")
MENTION = f"<@{keys.BOT_USER}>"


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


async def test_thanks_and_thumbs_under_a_picture_ask_for_nothing(swift: Story) -> None:
    await swift.says(f"{MENTION} a red fox")
    fox = await swift.sees_picture()
    for said in (":+1:", ":ありがとう:", "👍", "thanks!", f"{MENTION} thank you :heart:", "!!!", *ELSEWHERE):
        await swift.replies(said, to=fox)
    await swift.replies("thanks, now make it night", to=fox)
    assert "make it night" in (await swift.sees_picture()).words
    assert len(await swift.paintings()) == 2
    assert await whispers(swift, thread=fox.thread) == []


async def test_an_emoji_with_a_picture_is_about_the_picture(swift: Story) -> None:
    await swift.says(f"{MENTION} a red fox")
    fox = await swift.sees_picture()
    await swift.replies("🔥", to=fox, files=[await swift.attaches(photograph(64, 64), "window.jpg")])
    await swift.sees_picture()
    assert len(await swift.paintings()) == 2


async def test_a_mention_with_an_emoji_alone_is_told_how_it_works(swift: Story) -> None:
    await swift.says(f"{MENTION} :wave:")
    assert await swift.whispered("Make a picture")
    assert await swift.paintings() == []


async def test_thanks_in_a_direct_message_ask_for_nothing(swift: Story) -> None:
    swift.channel = "D0ANA"
    await swift.says("thanks!")
    await swift.says("a red fox")
    assert "a red fox" in (await swift.sees_picture()).words
    assert len(await swift.paintings()) == 1
