"""Intents of messages in SQL: written before a message is sent."""

from __future__ import annotations

from sqlalchemy import select

from bot.ports import Intent
from storage.database import Database
from storage.tables import posts
from storage.upserts import insert_new, inserting


class SqlPosts:
    """Keeps the promise of `bot.ports.Posts`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def intend(self, id: str) -> Intent:
        """Record the intent; `fresh` only the first time."""
        async with self._database.writing() as connection:
            if await insert_new(connection, posts, {"id": id, "ts": ""}):
                return Intent(fresh=True, ts="")
            ts = (await connection.scalars(select(posts.c.ts).where(posts.c.id == id))).one()
        return Intent(fresh=False, ts=ts)

    async def posted(self, id: str, ts: str) -> None:
        """The message stands at this timestamp."""
        async with self._database.writing() as connection:
            insert = inserting(connection, posts).values(id=id, ts=ts)
            await connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_={"ts": ts}))
