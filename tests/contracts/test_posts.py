"""Posts: intents are written before messages are sent."""

from __future__ import annotations

import asyncio

from bot.ports import Intent, Posts


async def test_an_intent_is_fresh_once(posts: Posts) -> None:
    assert await posts.intend("a") == Intent(fresh=True, said=False)
    assert await posts.intend("a") == Intent(fresh=False, said=False)
    assert await posts.intend("b") == Intent(fresh=True, said=False)


async def test_of_many_at_once_one_is_fresh(posts: Posts) -> None:
    found = await asyncio.gather(*(posts.intend("a") for _ in range(9)))
    assert sorted(intent.fresh for intent in found) == [False] * 8 + [True]


async def test_what_was_said_is_remembered(posts: Posts) -> None:
    await posts.intend("a")
    for _ in range(2):
        await posts.said("a")
    assert await posts.intend("a") == Intent(fresh=False, said=True)
