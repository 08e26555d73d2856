"""A world and any number of bots on one database, each a process of its own, and a look at the rows they write."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import text

from bot.playground import keys
from storage.database import Database
from tests.bench import grounds
from tests.bench.stage import connected, end, environment, free_port, start, up
from tests.stories.story import Story, telling

SERVE, DOORS, WORK = ("serve",), ("serve", "--no-work"), ("work",)
Command = tuple[str, ...]
QUICK = {"gemini_delay": 0, "gemini_canned": {"bytes": 20_000}, "file_delay": 0, "rate_limits": False}


@dataclass(frozen=True)
class Ensemble:
    """`bots` and `world` run, `server` is the database's first process where there is one on this machine."""

    story: Story
    bots: list[psutil.Process]
    world: psutil.Process
    server: list[psutil.Process]
    database: Database

    async def rows(self, query: str, **values: object) -> list[Any]:
        """Read the bots' tables, from outside."""
        return list(await self.database.read(lambda connection: connection.execute(text(query), values).all()))

    def check(self) -> None:
        """Raises AssertionError when a bot has ended: nobody will do its work."""
        ended = [f"bot-{number}" for number, bot in enumerate(self.bots) if not bot.is_running()]
        assert not ended, ended

    async def opens(self, channel: str) -> str:
        """A new channel with Ana and the bot in it."""
        body = {"id": channel, "name": channel.lower(), "members": ["U0ANA", keys.BOT_USER]}
        await self.story.post("/control/channel", body)
        return channel


@asynccontextmanager
async def ensemble(folder: Path, url: str, commands: Sequence[Command], **extra: str) -> AsyncIterator[Ensemble]:
    """One bot for each command, all ready; the model takes no time and its pictures are small."""
    async with AsyncExitStack() as stack:
        port = free_port()
        world_url = f"http://127.0.0.1:{port}"
        world = await start(folder / "world.log", {}, "world", "--port", str(port))
        stack.push_async_callback(end, world)
        await up(f"{world_url}/control/posted")
        story = await stack.enter_async_context(telling(world_url))
        await story.post("/control/settings", QUICK)
        around = environment(world_url, folder) | {"DATABASE_URL": url} | extra
        bots = [await stack.enter_async_context(_bot(folder, n, one, around)) for n, one in enumerate(commands)]
        await connected(story, bots[0], folder / "bot-0.log")
        database = Database(url)
        stack.push_async_callback(database.close)
        running = [psutil.Process(bot.pid) for bot in bots]
        yield Ensemble(story, running, psutil.Process(world.pid), grounds.processes(url), database)


@asynccontextmanager
async def _bot(folder: Path, number: int, command: Command, around: dict[str, str]) -> AsyncIterator[Any]:
    port = free_port()
    own = {"THREADPAINT_EXECUTOR": f"bot-{number}", "THREADPAINT_HTTP": f"127.0.0.1:{port}"}
    bot = await start(folder / f"bot-{number}.log", around | own, *command)
    try:
        await up(f"http://127.0.0.1:{port}/readyz")
        yield bot
    finally:
        await end(bot)
