"""The threads the bot works in, in SQL."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.requests import Place
from bot.domain.threads import Thread
from storage.database import Database
from storage.rows import thread_row, to_thread
from storage.tables import threads
from storage.upserts import inserting


class SqlThreads:
    """Keeps the promise of `bot.ports.Threads`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, place: Place) -> Thread | None:
        """The thread at this place, if the bot works there."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(threads).where(_at(place)))).mappings().first()
        return None if row is None else to_thread(row)

    async def open(self, thread: Thread) -> None:
        """Begin to work there. Of a thread that is open already only `ours` can change, and only to true."""
        async with self._database.writing() as connection:
            await open_threads(connection, [thread])

    async def point(self, place: Place, picture: str) -> None:
        """This picture is now the thread's newest; nothing happens where the bot does not work."""
        async with self._database.writing() as connection:
            await connection.execute(update(threads).where(_at(place)).values(newest=picture))


async def open_threads(connection: AsyncConnection, opened: Sequence[Thread]) -> None:
    """Store them as part of this transaction.

    A thread that anybody calls ours stays ours, so that the order in which two deliveries are stored does not matter.
    """
    if not opened:
        return
    insert = inserting(connection, threads)
    ours = or_(threads.c.ours, insert.excluded.ours)
    upsert = insert.on_conflict_do_update(index_elements=list(threads.primary_key), set_={"ours": ours})
    # In one order for all processes, so that no two wait for each other.
    rows = [thread_row(thread) for thread in sorted(opened, key=lambda thread: thread.place.id)]
    await connection.execute(upsert, rows)


def _at(place: Place) -> ColumnElement[bool]:
    team, channel, thread = threads.c.team, threads.c.channel, threads.c.thread
    return and_(team == place.team, channel == place.channel, thread == place.thread)
