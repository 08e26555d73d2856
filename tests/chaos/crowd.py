"""Many people who ask: commands, mentions, replies (several at a time in one thread), clicks."""

from __future__ import annotations

import asyncio
import json
import random
import re
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp

from tests.stories.story import Seen, Story

NUMBER = re.compile(r"fox number (\d+) ")
LATEST = 12  # threads in which people reply


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
    pressed: set[str] = field(default_factory=set)

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
            self.seen = [seen for seen in await self.story.posted() if seen.images]
            await asyncio.sleep(2.0)

    async def _one(self, number: int) -> None:
        person, words = self.dice.choice(self.people), f"fox number {number} in snow"
        self.owners[number] = person
        kinds = ("command", "mention", "reply", "reply", "reply", "click") if self.seen else ("command", "mention")
        with suppress(aiohttp.ClientError, TimeoutError):  # people try again or do not; who was not heard is not owed
            await getattr(self, f"_{self.dice.choice(kinds)}")(person, words)

    async def _command(self, person: str, words: str) -> None:
        await self.story.commands(f"/imagine {words}", by=person, channel=self.dice.choice(self.channels))

    async def _mention(self, person: str, words: str) -> None:
        await self.story.says(f"<@U0PAINTBOT> {words}", by=person, channel=self.dice.choice(self.channels))

    async def _reply(self, person: str, words: str) -> None:
        await self.story.replies(words, to=self.dice.choice(self.seen[-LATEST:]), by=person)

    async def _click(self, person: str, words: str) -> None:
        """Each presses under a picture of their own, so that a fox's number always says whose call it is."""
        fresh = [seen for seen in self.seen[-4 * LATEST :] if seen.ts not in self.pressed and "Again" in seen.buttons]
        if not fresh:
            return await self._command(person, words)
        seen = self.dice.choice(fresh)
        self.pressed.add(seen.ts)
        return await self.story.presses("Again", on=seen, by=self.owners[number_of(seen)])


def number_of(seen: Seen) -> int:
    """The fox's number on a message."""
    return last_number(json.dumps(seen.message))


def last_number(text: str) -> int:
    """The last fox's number in it; 0 when there is none."""
    return int((NUMBER.findall(text) or ["0"])[-1])
