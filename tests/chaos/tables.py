"""Looks into the bots' tables from outside, not through the gate."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from sqlalchemy import text

from storage.database import Database

STORED = "SELECT turn, position FROM pictures"
SECOND = 1_000_000  # microseconds


class Tables:
    """Their rows; and since when which picture has been stored."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self.stored: dict[tuple[str, int], int] = {}

    async def rows(self, query: str) -> list[Any]:
        """What this finds."""
        return list(await self._database.read(lambda connection: connection.execute(text(query)).all()))

    async def exist(self) -> None:
        """Wait until a replica has made them."""
        while not (await self.rows("SELECT to_regclass('tickets')"))[0][0]:  # noqa: ASYNC110 - another process's work
            await asyncio.sleep(0.1)

    async def watch(self) -> None:
        """Note every second what is stored, until cancelled."""
        while True:
            for turn, position in await self.rows(STORED):
                self.stored.setdefault((turn, position), round(time.time() * SECOND))
            await asyncio.sleep(1.0)

    async def places_older(self, than: float) -> None:
        """Wait until nobody has a place at the models that was given before this moment (seconds since 1970)."""
        old = f"SELECT 1 FROM tickets WHERE started < {round(than * SECOND)} LIMIT 1"
        while await self.rows(old):  # noqa: ASYNC110 - other processes' work
            await asyncio.sleep(0.2)

    async def all_done(self, within: float) -> bool:
        """Wait until no request is waiting or at work."""
        until = time.monotonic() + within
        while await self.rows("SELECT 1 FROM requests WHERE finished IS NULL LIMIT 1"):
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.5)
        return True

    async def close(self) -> None:
        """Let go."""
        await self._database.close()
