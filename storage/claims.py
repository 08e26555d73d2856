"""Whose store of pictures it is: each database leaves a mark in it, and knows its own again.

A database that is new, or another one's, knows nothing of what the store is full of, and would take all of it for
forgotten. So it may only sweep where every mark is its own.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from itertools import chain
from secrets import token_hex

import structlog
from sqlalchemy import select, update

from bot.domain.pictures import Blob
from bot.errors import OperatorMustFix
from bot.ports.sweeping import Found
from storage.database import Database
from storage.mishaps import shown
from storage.stores import store_at
from storage.tables import posts
from storage.upserts import insert_new

log = structlog.get_logger()

FOLDER = "threadpaint"  # no folder of pictures: those have two letters
OWNER = re.compile(FOLDER + r"/owner-[0-9a-f]{32}")
SWEPT = f"{FOLDER}/swept"
TEXT = "text/plain; charset=utf-8"
SAID = b"Threadpaint keeps pictures here. See docs/privacy.md before you delete this.\n"


class StoreClaims:
    """Keeps the promise of `bot.ports.sweeping.Claims`: marks are objects, and rows of `posts`, as what was once said.

    Raises StoreDown and OperatorMustFix as the store does.
    """

    def __init__(self, pictures_url: str, database: Database) -> None:
        self._store = store_at(pictures_url)
        self._place = shown(pictures_url)
        self._database = database

    async def stake(self) -> None:
        """Leave a mark, unless there is one of ours. Two that do so at once leave two, and both are ours."""
        marks = [found.key for found in await self._marks()]
        if await self._known(marks):
            return
        key = f"{FOLDER}/owner-{token_hex(16)}"
        row = {"id": key, "said": False}
        await self._database.write(lambda connection: insert_new(connection, posts, row))
        await self._store.write(Blob(key, TEXT, len(SAID)), SAID)
        said = update(posts).where(posts.c.id == key).values(said=True)
        await self._database.write(lambda connection: connection.execute(said))

    async def refuse_another(self) -> None:
        """Raises OperatorMustFix "pictures_elsewhere" when we have left marks, and none of them in this store."""
        left = await self._left()
        if left and not left & {found.key for found in await self._marks()}:
            raise OperatorMustFix("pictures_elsewhere", url=self._place)

    async def ours_since(self) -> float | None:
        """When our first mark was left; None when there is none, or somebody else's."""
        marks = {found.key: found.stored for found in await self._marks()}
        others = marks.keys() - await self._known(marks)
        if others:
            log.warning("store_not_swept", why="other databases have left their marks in it", marks=sorted(others))
        return None if others or not marks else min(marks.values())

    async def swept_since(self, moment: float) -> bool:
        """Whether anybody has begun to sweep after this moment (seconds since 1970)."""
        return any(found.key == SWEPT and found.stored > moment for found in await self._listed())

    async def begin(self) -> None:
        """Say that we begin to sweep now."""
        await self._store.write(Blob(SWEPT, TEXT, len(SAID)), SAID)

    async def give_up(self) -> None:
        """Take that back."""
        await self._store.drop(Blob(SWEPT, TEXT, len(SAID)))

    async def _listed(self) -> list[Found]:
        return await asyncio.to_thread(lambda: list(chain.from_iterable(self._store.listed(FOLDER))))

    async def _marks(self) -> list[Found]:
        return [found for found in await self._listed() if OWNER.fullmatch(found.key)]

    async def _left(self) -> set[str]:
        query = select(posts.c.id).where(posts.c.id.startswith(f"{FOLDER}/owner-"), posts.c.said)
        return await self._database.read(lambda connection: set(connection.scalars(query)))

    async def _known(self, marks: Iterable[str]) -> set[str]:
        query = select(posts.c.id).where(posts.c.id.in_(list(marks)))
        return await self._database.read(lambda connection: set(connection.scalars(query)))
