"""A world and a bot, each in a process of its own, as far apart as they are in life."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil

from bot.playground import keys
from tests.stories.story import Story, telling

UP = 30.0  # seconds a process may take to answer
LIMITS = ("THREADPAINT_AT_ONCE_PERSON", "THREADPAINT_AT_ONCE_WORKSPACE", "THREADPAINT_AT_ONCE_MODEL")


@dataclass
class Stage:
    """The running bot, the story to tell it, and where its data is."""

    bot: psutil.Process
    story: Story
    folder: Path


@asynccontextmanager
async def stage(folder: Path, **extra: str) -> AsyncIterator[Stage]:
    """Start both, and stop both in the end."""
    world_port = free_port()
    url = f"http://127.0.0.1:{world_port}"
    world = await start(folder / "world.log", {}, "world", "--port", str(world_port))
    try:
        await up(f"{url}/control/posted")
        bot = await start(folder / "bot.log", environment(url, folder) | extra, "serve")
        try:
            async with telling(url) as story:
                await connected(story, bot, folder / "bot.log")
                yield Stage(psutil.Process(bot.pid), story, folder)
        finally:
            await end(bot)
    finally:
        await end(world)


async def connected(story: Story, bot: asyncio.subprocess.Process, log: Path) -> None:
    """Wait until the bot has its socket to Slack; when it has ended instead, say what it said."""

    async def look() -> bool | None:
        if bot.returncode is not None:
            raise AssertionError(f"the bot ended: {log.read_text('utf-8')[-500:]}")  # noqa: ASYNC240
        state = await story.get("/page/state", user="U0ANA")
        return True if state["mode"] == "socket" else None

    await story.eventually(look, within=UP)


async def end(process: asyncio.subprocess.Process) -> None:
    """Stop it, if it has not stopped by itself."""
    if process.returncode is None:
        process.terminate()
    await process.wait()


def environment(url: str, folder: Path, port: int = 0) -> dict[str, str]:
    """The bot's environment in the world at this URL; with port 0 its own HTTP takes any free one.

    One person may ask for as much as two hundred do.
    """
    return {
        "SLACK_BOT_TOKEN": keys.BOT_TOKEN,
        "SLACK_APP_TOKEN": keys.APP_TOKEN,
        "SLACK_API_URL": f"{url}/slack/api/",
        "GEMINI_API_KEY": keys.GEMINI_KEY,
        "GOOGLE_GEMINI_BASE_URL": f"{url}/gemini",
        "DATABASE_URL": f"sqlite:///{folder / 'threadpaint.db'}",
        "PICTURES_URL": str(folder / "pictures"),
        "THREADPAINT_HTTP": f"127.0.0.1:{port}",
        "THREADPAINT_LOG_LEVEL": "warning",
        **dict.fromkeys(LIMITS, "1000"),
    }


async def start(log: Path, extra: dict[str, str], *words: str) -> asyncio.subprocess.Process:
    """Start a command of ours with nothing of the developer's own keys; its output goes to a file."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "GEMINI_", "GOOGLE_"))}
    with log.open("ab") as out:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, env=kept | extra, stdout=out, stderr=out
        )


async def up(url: str) -> None:
    """Wait until it answers."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(UP):
        while not await _answers(session, url):  # noqa: ASYNC110 - another process; nobody tells us
            await asyncio.sleep(0.05)


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
