"""Intents of messages in SQL: written before a message is sent."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from bot.ports import Intent
from storage.database import Database
from storage.tables import posts
from storage.upserts import insert_new


class SqlPosts:
    """Keeps the promise of `bot.ports.Posts`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def intend(self, id: str) -> Intent:
        """Record the intent."""
        return await self._database.write(lambda connection: _intend(connection, id))

    async def said(self, id: str) -> None:
        """It was said."""
        said = update(posts).where(posts.c.id == id).values(said=True)
        await self._database.write(lambda connection: connection.execute(said))


def _intend(connection: Connection, id: str) -> Intent:
    if insert_new(connection, posts, {"id": id, "said": False}):
        return Intent(fresh=True, said=False)
    return Intent(fresh=False, said=connection.scalars(select(posts.c.said).where(posts.c.id == id)).one())
