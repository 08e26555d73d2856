"""Bad weather for a story: faults in the world, and what must never reach people because of them."""

from __future__ import annotations

import re
from typing import Any

from tests.stories.story import Seen, Story

TECHNICAL = re.compile(r"Traceback|Exception|\bError\b|\w+_\w+_?error|errno|HTTP|\b(?:4[0-2]\d|50[0-4])\b|None\b|\{|\}")


async def hurry(story: Story, **settings: Any) -> None:
    """A world that loses no time: ready-made pictures, files processed almost at once, no rate limits."""
    swift = {"gemini_canned": {"bytes": 20_000}, "file_delay": 0.02, "rate_limits": False, "retry_after_scale": 0.01}
    await story.post("/control/settings", swift | settings)


async def breaks(story: Story, api: str, fault: dict[str, Any], *, method: str | None = None, times: int = 1) -> None:
    """Let the next calls of an API (of this method of it) go wrong."""
    order = {"api": api, "fault": fault, "times": times}
    await story.post("/control/faults", order | ({"method": method} if method else {}))


async def methods(story: Story, name: str) -> list[dict[str, Any]]:
    """The calls of one Slack method, oldest first."""
    return [call for call in await story.calls("slack") if call.get("method") == name]


async def results(story: Story) -> list[Seen]:
    """What the bot posted in threads, roots left out."""
    return [seen for seen in await story.posted() if seen.thread != seen.ts]


async def whispers(story: Story, person: str = "", channel: str = "", thread: str = "") -> list[str]:
    """Every sentence that only this person can see."""
    seen = await story.messages(person or story.person, channel or story.channel, thread)
    return [str(message["text"]) for message in seen if message.get("is_ephemeral")]


def is_kind(words: str) -> bool:
    """Whether this is language for people: nothing of an exception, a status or a dictionary in it."""
    return TECHNICAL.search(words) is None
