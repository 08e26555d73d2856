"""The threads the bot works in, in SQL."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

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
        query = select(threads).where(_at(place))
        row = await self._database.read(lambda connection: connection.execute(query).mappings().first())
        return None if row is None else to_thread(row)

    async def open(self, thread: Thread) -> None:
        """Begin to work there. Of a thread that is open already only `ours` can change, and only to true."""
        await self._database.write(lambda connection: open_threads(connection, [thread]))

    async def point(self, place: Place, picture: str) -> None:
        """This picture is now the thread's newest; nothing happens where the bot does not work."""
        await self._database.write(lambda connection: point_at(connection, place, picture))


def open_threads(connection: Connection, opened: Sequence[Thread]) -> None:
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
    connection.execute(upsert, rows)


def point_at(connection: Connection, place: Place, picture: str) -> None:
    """This picture is now the thread's newest, as part of this transaction."""
    connection.execute(update(threads).where(_at(place)).values(newest=picture))


def _at(place: Place) -> ColumnElement[bool]:
    team, channel, thread = threads.c.team, threads.c.channel, threads.c.thread
    return and_(team == place.team, channel == place.channel, thread == place.thread)
