"""A message is deleted while what it asks for waits: nothing is painted, and its words are not repeated."""

from __future__ import annotations

import pytest

from bot.playground import keys
from tests.stories.mishaps import hurry, whispers
from tests.stories.story import Story

MENTION = f"<@{keys.BOT_USER}>"


@pytest.fixture
async def busy(story: Story) -> Story:
    """Ana has as much at the models as one person may; what she asks for next waits in line."""
    await hurry(story, gemini_delay=3.0)
    for n in range(2):
        await story.says(f"{MENTION} a fox, take {n}")

    async def called() -> bool | None:
        return True if len(await story.paintings()) == 2 else None

    await story.eventually(called)
    return story


async def waits_in_line(told: Story, thread: str) -> None:
    """Wait until the thread's status says that it is next."""

    async def look() -> bool | None:
        sent = [
            call["args"] for call in await told.calls("slack") if call.get("method") == "assistant.threads.setStatus"
        ]
        return any(args["thread_ts"] == thread and "in line" in args["status"] for args in sent) or None

    await told.eventually(look)


async def deletes(told: Story, ts: str) -> None:
    await told.post("/page/delete", {"user": told.person, "channel": told.channel, "ts": ts})


async def nothing_but_foxes(told: Story) -> None:
    """Both foxes come, then one more request, and nothing else."""
    for _ in range(2):
        assert "a fox" in (await told.sees_picture()).words
    await hurry(told, gemini_delay=0)
    await told.says(f"{MENTION} an owl")
    assert "an owl" in (await told.sees_picture()).words
    assert len(await told.paintings()) == 3
    assert not [seen for seen in await told.posted() if "secret" in seen.words]


async def test_a_mention_that_waits_in_line(busy: Story) -> None:
    ts = await busy.says(f"{MENTION} our secret plan")
    await waits_in_line(busy, ts)
    await deletes(busy, ts)
    await nothing_but_foxes(busy)
    assert await whispers(busy) == []


async def test_one_under_which_somebody_has_answered(busy: Story) -> None:
    ts = await busy.says(f"{MENTION} our secret plan")
    await waits_in_line(busy, ts)
    await busy.says(f"<@{busy.person}> should that be here?", by="U0BEN", thread=ts)
    await deletes(busy, ts)
    await nothing_but_foxes(busy)


async def test_a_reply_that_is_being_painted_is_paid_for_and_shown(story: Story) -> None:
    await hurry(story)
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await hurry(story, gemini_delay=1.0)
    ts = await story.replies("make it night", to=fox)

    async def called() -> bool | None:
        return True if len(await story.paintings()) == 2 else None

    await story.eventually(called)
    await deletes(story, ts)
    assert "make it night" in (await story.sees_picture()).words
