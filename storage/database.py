"""The database: one door for writing, one for reading. Nobody outside `storage` knows which database it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager

from sqlalchemy import URL, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import OperatorMustFix
from storage import connections
from storage.addresses import SQLITE, awaited, make_folder
from storage.gathering import Gathering, Item, Result


class Database:
    """SQLite in a file (`sqlite:///path`) or Postgres (`postgresql://…`)."""

    def __init__(self, url: str) -> None:
        """Nothing is touched yet. Raises OperatorMustFix when the address makes no sense."""
        self._address = awaited(url)
        self._writer, self._reader = _connect(self._address)
        self._gatherings: list[Callable[[], Awaitable[None]]] = []

    async def open(self) -> None:
        """Create the folder and try to write. Raises OperatorMustFix when the database cannot be reached."""
        try:
            await asyncio.to_thread(make_folder, self._address)
            async with self.writing() as connection:
                await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError) as exc:
            shown = self._address.render_as_string(hide_password=True)
            raise OperatorMustFix("database_unreachable", url=shown) from exc

    async def answers(self) -> bool:
        """Whether it can be read now."""
        try:
            async with self.reading() as connection:
                await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError):
            return False
        return True

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction, durable once the context has ended, undone when it raises."""
        return self._writer.begin()

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A view of one state of the database. It does not wait for writers."""
        return self._reader.connect()

    def gather(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> Gathering[Item, Result]:
        """A group commit that is written out before the database closes."""
        gathering = Gathering(write)
        self._gatherings.append(gathering.drain)
        return gathering

    async def close(self) -> None:
        """Write what waits, then let go of every connection."""
        for drain in self._gatherings:
            await drain()
        await self._reader.dispose()
        await self._writer.dispose()


def _connect(address: URL) -> tuple[AsyncEngine, AsyncEngine]:
    if address.get_backend_name() == SQLITE:
        return connections.sqlite_writer(address), connections.sqlite_readers(address)
    try:
        writers = connections.postgres_writers(address)
    except ModuleNotFoundError as exc:
        raise OperatorMustFix("database_driver", extra="postgres") from exc
    return writers, connections.postgres_readers(writers)
