"""Many people who ask: commands, mentions, replies (several at a time in one thread), clicks; some think again."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.domain.requests import Act
from handlers import thumbs
from tests.chaos.foxes import buttons, number_of
from tests.stories.story import Seen, Story

LATEST = 12  # threads in which people reply
PRESSABLE = 4 * LATEST
FIRST = ("command", "mention")  # while there is nothing else to do
ACTS = (*FIRST * 3, *("reply",) * 8, *("again", "pick") * 2, "variations", "lite", "report")
JUDGES = 0.3  # so often somebody has something to say to a picture
TWICE = 0.2  # of the clicks are double clicks
CANCELS = 0.08  # of those who ask do not want it any more soon
SOON = (0.0, 6.0)  # seconds


@dataclass(frozen=True)
class Wish:
    """Somebody wants to cancel what they asked for here; `at` in seconds since 1970, before anybody could hear it."""

    person: str
    channel: str
    thread: str  # "" for all of the channel
    at: float


@dataclass
class Crowd:
    """Asks for one numbered fox after the other; `owners` knows whose is which."""

    story: Story
    people: list[str]
    channels: list[str]
    dice: random.Random
    asked: int = 0
    owners: dict[int, str] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)  # results with pictures, as people last looked
    pressed: set[tuple[str, int]] = field(default_factory=set)
    wishes: list[Wish] = field(default_factory=list)

    async def ask(self, requests: int, seconds: float) -> None:
        """So many requests, spread over about so many seconds."""
        looking = asyncio.create_task(self._look())
        async with asyncio.TaskGroup() as asking:
            while self.asked < requests:
                for _ in range(min(self.dice.choice((1, 1, 2, 4)), requests - self.asked)):
                    self.asked += 1
                    asking.create_task(self._one(self.asked))
                await asyncio.sleep(self.dice.uniform(0, 4 * seconds / requests))
        looking.cancel()

    async def _look(self) -> None:
        while True:
            self.seen = [seen for seen in await self.story.posted() if seen.images and number_of(seen)]
            await asyncio.sleep(2.0)

    async def _one(self, number: int) -> None:
        person, words = self.dice.choice(self.people), f"fox number {number} in snow"
        self.owners[number] = person
        act = self.dice.choice(ACTS if self.seen else FIRST)
        with suppress(aiohttp.ClientError, TimeoutError):  # people try again or do not; who was not heard is not owed
            if self.seen and self.dice.random() < JUDGES:
                await self._judge()
            await getattr(self, f"_{act}")(person, words)

    async def _command(self, person: str, words: str) -> None:
        channel = self.dice.choice(self.channels)
        await self.story.commands(f"/imagine {words}", by=person, channel=channel)
        await self._perhaps_cancel(person, channel, "")

    async def _mention(self, person: str, words: str) -> None:
        channel = self.dice.choice(self.channels)
        thread = await self.story.says(f"<@U0PAINTBOT> {words}", by=person, channel=channel)
        await self._perhaps_cancel(person, channel, thread)

    async def _reply(self, person: str, words: str) -> None:
        seen = self.dice.choice(self.seen[-LATEST:])
        await self.story.replies(words, to=seen, by=person)
        await self._perhaps_cancel(person, str(seen.message["channel"]), seen.thread)

    async def _perhaps_cancel(self, person: str, channel: str, thread: str) -> None:
        """In its thread, or all of theirs in the channel."""
        if self.dice.random() >= CANCELS:
            return
        await asyncio.sleep(self.dice.uniform(*SOON))
        thread = thread if self.dice.random() < 0.5 else ""
        self.wishes.append(Wish(person, channel, thread, time.time()))
        if thread:
            await self.story.says("cancel", by=person, channel=channel, thread=thread)
        else:
            await self.story.commands("/imagine cancel", by=person, channel=channel)

    async def _report(self, person: str, _words: str) -> None:
        await self.story.commands("/imagine report", by=person, channel=self.dice.choice(self.channels))

    async def _again(self, person: str, words: str) -> None:
        await self._click(Act.AGAIN, person, words)

    async def _lite(self, person: str, words: str) -> None:
        await self._click(Act.LITE, person, words)

    async def _variations(self, person: str, words: str) -> None:
        await self._click(Act.VARIATIONS, person, words)

    async def _pick(self, person: str, words: str) -> None:
        await self._click(Act.PICK, person, words)

    async def _click(self, act: str, person: str, words: str) -> None:
        """Each presses under a picture of their own, so that a fox's number always says whose call it is.

        And each button only under one picture of each fox, so that its calls can be told from each other.
        """
        fresh = [(seen, button) for seen in self.seen[-PRESSABLE:] for button in self._unpressed(seen, act)]
        if not fresh:
            return await self._command(person, words)
        seen, button = self.dice.choice(fresh)
        self.pressed.add((act, number_of(seen)))
        presses = 2 if self.dice.random() < TWICE else 1
        await asyncio.gather(*(self._press(seen, button, self.owners[number_of(seen)]) for _ in range(presses)))
        return None

    def _unpressed(self, seen: Seen, act: str) -> list[dict[str, Any]]:
        number = number_of(seen)
        if number not in self.owners or (act, number) in self.pressed:
            return []
        return [button for button in buttons(seen) if button["action_id"].partition(":")[0] == act]

    async def _judge(self) -> None:
        """Keep or discard something; now and then the other way around at once."""
        seen, person = self.dice.choice(self.seen[-PRESSABLE:]), self.dice.choice(self.people)
        words = [button for button in buttons(seen) if button["action_id"] in (thumbs.KEEP, thumbs.DISCARD)]
        for button in self.dice.sample(words, self.dice.randint(1, len(words)) if words else 0):
            await self._press(seen, button, person)

    async def _press(self, seen: Seen, button: dict[str, Any], person: str) -> None:
        body = {"user": person, "channel": seen.message["channel"], "message_ts": seen.ts}
        await self.story.post("/page/press", body | {"block_id": button["block_id"], "action_id": button["action_id"]})
