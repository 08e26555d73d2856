"""Several bots on one database, each a process of its own that can be killed, paused and woken."""

from __future__ import annotations

import asyncio
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage.database import Database
from tests.bench.stage import environment, free_port, start, up
from tests.stories.story import Story


class Crew:
    """The bots by name, and a look into the database they share."""

    def __init__(self, told: Story, folder: Path, database_url: str) -> None:
        self._told = told
        self._folder = folder
        self._url = database_url
        self._bots: list[Process] = []
        self.database = Database(database_url)

    async def born(self, name: str, *words: str) -> Process:
        """Start one and wait until it is ready."""
        port = free_port()
        bot = await self.started(name, *words, port=port)
        await up(f"http://127.0.0.1:{port}/readyz")
        return bot

    async def started(self, name: str, *words: str, port: int = 0) -> Process:
        """Start one, whatever becomes of it."""
        own = {"DATABASE_URL": self._url, "THREADPAINT_EXECUTOR": name, "THREADPAINT_LOG_LEVEL": "info"}
        around = environment(self._told.url, self._folder, port) | own
        bot = await start(self._folder / f"{name}.log", around, *(words or ("serve",)))
        self._bots.append(bot)
        return bot

    def said(self, name: str) -> str:
        """What it has written so far."""
        return (self._folder / f"{name}.log").read_text("utf-8")

    async def rows(self, query: str) -> list[Any]:
        """Read the shared tables, from outside."""
        return list(await self.database.read(lambda connection: connection.execute(text(query)).all()))

    async def until(self, query: str, within: float = 20.0) -> None:
        """Wait until this finds something."""

        async def look() -> bool | None:
            return True if await self.rows(query) else None

        await self._told.eventually(look, within=within)

    async def hears(self) -> None:
        """Wait until a bot has its socket to Slack."""

        async def look() -> bool | None:
            return True if (await self._told.get("/page/state", user="U0ANA"))["mode"] == "socket" else None

        await self._told.eventually(look)

    async def go(self) -> None:
        """End them all, also those that are paused."""
        for bot in self._bots:
            if bot.returncode is None:
                bot.send_signal(signal.SIGCONT)
                bot.kill()
        await asyncio.gather(*(bot.wait() for bot in self._bots))
        await self.database.close()


@asynccontextmanager
async def crew_on(told: Story, folder: Path, database_url: str) -> AsyncIterator[Crew]:
    """A crew that is gone in the end."""
    crew = Crew(told, folder, database_url)
    try:
        yield crew
    finally:
        await crew.go()
