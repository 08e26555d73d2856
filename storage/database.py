"""The database: one door for writing, one for reading. SQL that differs between them stays within `storage`.

Each transaction runs as a whole in a thread, with the plain engine. An asynchronous driver for SQLite hands every
single statement to a thread and back; that cost three times the CPU (see docs/decisions/0002-storage.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from typing import TypeVar

import structlog
from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import OperatorMustFix
from storage import connections
from storage.addresses import SQLITE, address_of, make_folder, shown
from storage.gathering import Gathering, Item, Result
from storage.outages import away

log = structlog.get_logger()
Outcome = TypeVar("Outcome")

READS_ONLY = text("SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'")
AGAIN = 0.5  # seconds until a database that was away is tried again
LAST = 3.0  # seconds for what still waits to be written when everything closes


class Database:
    """SQLite in a file (`sqlite:///path`) or Postgres (`postgresql://…`)."""

    def __init__(self, url: str) -> None:
        """Nothing is touched yet. Raises OperatorMustFix when the address makes no sense."""
        self._address = address_of(url)
        self._writer, self._reader = _connect(self._address)
        self._writers = ThreadPoolExecutor(connections.writers_for(self._address), "storage-writer")
        self._readers = ThreadPoolExecutor(connections.READERS, "storage-reader")
        self._leaving: list[Callable[[], Awaitable[None]]] = []
        self._closing = asyncio.Event()
        self._pacing = asyncio.Lock()
        self._fault = ""

    async def open(self) -> None:
        """Create the folder and try to write. Raises OperatorMustFix when the database cannot be reached."""
        try:
            await asyncio.to_thread(make_folder, self._address)
            await self.write(lambda connection: connection.execute(text("SELECT 1")))
            if not await self.is_writable():
                raise OperatorMustFix("database_unreachable", url=shown(self._address))
        except (SQLAlchemyError, OSError) as exc:
            raise OperatorMustFix("database_unreachable", url=shown(self._address)) from exc

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work on it at the same time: on a server, not on a file."""
        return self._address.get_backend_name() != SQLITE

    async def answers(self) -> bool:
        """Whether it can be read now."""
        try:
            await self.read(lambda connection: connection.execute(text("SELECT 1")))
        except (SQLAlchemyError, OSError):
            return False
        return True

    async def is_writable(self) -> bool:
        """Whether it takes anything: a server may only read, as one does that another has taken the place of."""
        try:
            return not (self.is_shared and await self.read(lambda connection: connection.scalar(READS_ONLY)))
        except (SQLAlchemyError, OSError):
            return False

    async def write(self, work: Callable[[Connection], Outcome]) -> Outcome:
        """Do this in one transaction: durable once this returns, undone when it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._writers, _within, self.writing, work)

    async def insist(self, work: Callable[[Connection], Outcome]) -> Outcome:
        """As `write`, again and again while the database is away: for what cannot be had a second time.

        It may be written twice, when the answer to a commit was lost. Raises what stood in the way once this closes.
        """
        while True:
            try:
                outcome = await self.write(work)
            except Exception as fault:
                if self._closing.is_set() or not away(fault):
                    raise
                self._note(type(fault).__name__)
            else:
                self._note("")
                return outcome
            async with self._pacing:
                await self._pause()

    async def settle(self) -> None:
        """Leave nothing of what was deleted in the files of this database, as far as that is in our hands."""
        await asyncio.get_running_loop().run_in_executor(self._writers, connections.settle, self._writer)

    async def _pause(self) -> None:
        """While it is away one of those who wait tries, each time another; once one has got through, all go on."""
        if self._fault:
            with suppress(TimeoutError):
                async with asyncio.timeout(AGAIN):
                    await self._closing.wait()

    def _note(self, fault: str) -> None:
        """Say once that the database is away, and once that it is back."""
        if fault and not self._fault:
            log.warning("database_away", fault=fault)
        elif self._fault and not fault:
            log.info("database_back")
        self._fault = fault

    async def read(self, work: Callable[[Connection], Outcome]) -> Outcome:
        """Do this with a view of one state of the database. It does not wait for writers."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, _within, self.reading, work)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction, for whoever is in a thread already."""
        return self._writer.begin()

    def reading(self) -> AbstractContextManager[Connection]:
        """A view, for whoever is in a thread already."""
        return self._reader.connect()

    def gather(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> Gathering[Item, Result]:
        """A group commit that is written out before the database closes."""
        gathering = Gathering(write)
        self._leaving.append(gathering.drain)
        return gathering

    def before_closing(self, leave: Callable[[], Awaitable[None]]) -> None:
        """Do this while there still is a database to do it with."""
        self._leaving.append(leave)

    async def close(self) -> None:
        """Write what waits, if the database lets us within some seconds, then let go of every connection."""
        self._closing.set()
        try:
            async with asyncio.timeout(LAST):
                for leave in self._leaving:
                    await leave()
        except TimeoutError:
            log.error("not_all_was_written")
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._writers.shutdown()
        self._readers.shutdown()
        self._reader.dispose()
        self._writer.dispose()


def _within(door: Callable[[], AbstractContextManager[Connection]], work: Callable[[Connection], Outcome]) -> Outcome:
    with door() as connection:
        return work(connection)


def _connect(address: URL) -> tuple[Engine, Engine]:
    if address.get_backend_name() == SQLITE:
        return connections.sqlite_writer(address), connections.sqlite_readers(address)
    try:
        writers = connections.postgres_writers(address)
    except ModuleNotFoundError as exc:
        raise OperatorMustFix("database_driver", extra="postgres") from exc
    return writers, connections.postgres_readers(writers)
