"""A thread of a direct message that the bot cannot remember."""

from __future__ import annotations

from tests.stories.evidence import as_bot
from tests.stories.mishaps import hurry, whispers
from tests.stories.story import Story


async def test_a_lost_thread_in_a_direct_message_stays_lost(story: Story) -> None:
    await hurry(story)
    root = await as_bot(story, "chat.postMessage", channel="D0ANA", text="a red fox, made long ago")
    for count in (1, 2):
        await story.says("make it night", channel="D0ANA", thread=root["ts"])

        async def answered(count: int = count) -> bool | None:
            heard = await whispers(story, channel="D0ANA", thread=root["ts"])
            return True if len(heard) == count else None

        await story.eventually(answered, within=6)
    assert await story.paintings() == []
