"""`python -m tests.kill_rounds`: kill -9 the bot again and again, and count what people got.

The bot is a process of its own; the world, which stands for Slack and Google, stays alive. Each round asks for
something (a command, a mention, a reply, a click), then kills the bot: in one round of two at a random moment, in the
other when the world sees a chosen call, which stands for a step's boundary: the call is on its way and nobody has
written down that it was made. At the end everything that was accepted must have been posted exactly once, and no
model may have been called again for a picture that was already stored.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import manifest
from bot.playground.world import World
from bot.studio.opening import turn_id
from tests.bench.stage import connected, environment, start
from tests.stories.story import Seen, Story, telling

BOUNDARIES = (
    "chat.postMessage",
    "assistant.threads.setStatus",
    "generateContent",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
    "files.info",
    "/slack/upload",
)


@dataclass
class Rounds:
    """One run: its world, its data, what was asked."""

    world: World
    story: Story
    folder: Path
    dice: random.Random
    asked: int = 0
    stored: Counter[str] = field(default_factory=Counter)  # pictures stored by the time of each kill, by prompt
    calls_then: dict[str, int] = field(default_factory=dict)
    bot: asyncio.subprocess.Process | None = None

    async def revive(self) -> None:
        """Start the bot and wait until it takes deliveries."""
        log = self.folder / "bot.log"
        self.bot = await start(log, environment(self.world.url, self.folder), "serve")
        await connected(self.story, self.bot, log)

    async def kill(self) -> None:
        """kill -9, and remember which pictures were stored and which models were called."""
        assert self.bot is not None
        self.bot.kill()
        await self.bot.wait()
        self.calls_then = self.calls()
        self.stored = Counter(prompt for (prompt,) in self.rows(STORED))

    def calls(self) -> dict[str, int]:
        """Calls to the model so far, by prompt."""
        texts = [json.dumps(call["body"]) for call in self.world.gemini.calls if "generateContent" in call["path"]]
        return dict(Counter(text.rpartition("fox number ")[2].split(" ")[0].split('"')[0] for text in texts))

    def rows(self, query: str) -> list[Any]:
        """Read the bot's tables, as another process."""
        with sqlite3.connect(self.folder / "threadpaint.db") as tables:
            return tables.execute(query).fetchall()

    async def ask(self) -> None:
        """Ask for one thing; each has a number of its own in its words."""
        self.asked += 1
        words = f"fox number {self.asked} in snow"
        channel = self.dice.choice(("C0GENERAL", "C0DESIGN"))
        pictures = [seen for seen in await self.story.posted() if seen.images]
        kind = self.dice.choice(("command", "command", "mention", "reply", "click") if pictures else ("command",))
        if kind == "command":
            await self.story.commands(f"/imagine {words}", channel=channel)
        elif kind == "mention":
            await self.story.says(f"<@U0PAINTBOT> {words}", channel=channel)
        elif kind == "reply":
            await self.story.replies(words, to=self.dice.choice(pictures))
        else:
            await self.story.presses("Again", on=self.dice.choice(pictures))


STORED = "select t.prompt from pictures p join turns t on t.id = p.turn where t.act in ('command', 'mention', 'reply')"
ACCEPTED = "select key, act from requests"


async def one_round(rounds: Rounds, at_boundary: bool) -> None:
    """Ask, and kill somewhere along the way."""
    marks = (len(rounds.world.slack.journal.calls), len(rounds.world.gemini.calls))
    asking = asyncio.create_task(rounds.ask()) if rounds.asked < rounds_wanted else None
    if at_boundary:
        await _until_called(rounds, rounds.dice.choice(BOUNDARIES), *marks)
        await asyncio.sleep(rounds.dice.choice((0.0, 0.0, 0.002, 0.005, 0.01, 0.02)))
    else:
        await asyncio.sleep(rounds.dice.uniform(0.0, 2.0))
    await rounds.kill()
    if asking:
        await asyncio.gather(asking, return_exceptions=True)
    await rounds.revive()


async def _until_called(rounds: Rounds, wanted: str, slack: int, gemini: int) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + 3.0
    while loop.time() < until:
        calls = [*rounds.world.slack.journal.calls[slack:], *rounds.world.gemini.calls[gemini:]]
        if any(wanted in f"{call.get('method')} {call.get('path')}" for call in calls):
            return
        await asyncio.sleep(0.001)


async def verdict(rounds: Rounds, repeated: int) -> int:
    """Wait until all is done, count, print; the number of faults."""

    async def done() -> bool | None:
        return True if not rounds.rows("select 1 from requests where finished is null") else None

    await rounds.story.eventually(done, within=120)
    accepted = [key for key, act in rounds.rows(ACCEPTED) if act != "pick"]
    posted = Counter(block for seen in await rounds.story.posted() for block in _results(seen))
    lost = [key for key in accepted if posted[f"result:{turn_id(key)}"] == 0] + _forgotten(rounds, accepted)
    double = [block for block, times in posted.items() if times > 1]
    print(  # noqa: T201
        f"{rounds.asked} asked, {len(accepted)} accepted, {len(posted)} posted: "
        f"{len(lost)} lost, {len(double)} posted twice, {repeated} model calls repeated after their answer was stored"
    )
    for each in (*lost, *double):
        print("  ", each)  # noqa: T201
    return len(lost) + len(double) + repeated


def _forgotten(rounds: Rounds, accepted: list[str]) -> list[str]:
    """Commands that were acknowledged and are not written down; counted, for nothing else tells one from the next."""
    told = sum(1 for each in rounds.world.slack.journal.deliveries if each["kind"] == "command" and each["acked"])
    known = sum(1 for key in accepted if key.startswith("command:"))
    return ["a command that was acknowledged"] * max(0, told - known)


def _results(seen: Seen) -> list[str]:
    return [str(block.get("block_id")) for block in seen.blocks if str(block.get("block_id")).startswith("result:")]


async def main(count: int, requests: int, seed: int, folder: Path) -> int:
    """So many rounds."""
    global rounds_wanted  # noqa: PLW0603 - the script's one setting
    rounds_wanted = requests
    world = World(manifest.read())
    await world.start()
    repeated = 0
    async with telling(world.url) as story:
        settings = {"gemini_delay": [0.2, 0.8], "gemini_canned": {"bytes": 30_000}, "rate_limits": False}
        await story.post("/control/settings", settings | {"retry_after_scale": 0.02, "file_delay": 0.1})
        rounds = Rounds(world, story, folder, random.Random(seed))
        await rounds.revive()
        for number in range(count):
            before, stored = dict(rounds.calls_then), rounds.stored.copy()
            await one_round(rounds, at_boundary=number % 2 == 0)
            repeated += _repeated(rounds, before, stored)
            if number % 20 == 19:
                print(f"{number + 1} rounds, {rounds.asked} asked", flush=True)  # noqa: T201
        while rounds.asked < requests:
            await rounds.ask()
        faults = await verdict(rounds, repeated)
        assert rounds.bot is not None
        rounds.bot.terminate()
        await rounds.bot.wait()
    await world.stop()
    return faults


def _repeated(rounds: Rounds, before: dict[str, int], stored: Counter[str]) -> int:
    """Calls since the last kill for prompts whose picture was stored before it."""
    now = rounds.calls()
    numbers = [prompt.removeprefix("fox number ").split(" ")[0] for prompt in stored]
    return sum(now.get(number, 0) - before.get(number, 0) for number in numbers if number not in _clicked(rounds))


def _clicked(rounds: Rounds) -> set[str]:
    """Prompts asked for again by a click: another call for them is what was wanted."""
    rows = rounds.rows("select prompt from turns where act not in ('command', 'mention', 'reply')")
    return {str(prompt).removeprefix("fox number ").split(" ")[0] for (prompt,) in rows}


rounds_wanted = 0

if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=200)
    words.add_argument("--requests", type=int, default=120)
    words.add_argument("--seed", type=int, default=7)
    said = words.parse_args()
    with tempfile.TemporaryDirectory() as place:
        sys.exit(1 if asyncio.run(main(said.rounds, said.requests, said.seed, Path(place))) else 0)
