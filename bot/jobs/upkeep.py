"""Brings together what forgetting needs: once for the daily work, once for the command line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.domain.forgetting import Forgotten, Share
from bot.errors import OperatorMustFix
from bot.jobs.history import JobHistory
from bot.studio.forgetting import Forgetting
from bot.studio.retention import Retention
from bot.studio.sweeping import Sweeping
from storage.addresses import SQLITE, address_of, shown
from storage.claims import StoreClaims
from storage.database import Database
from storage.departures import SqlDepartures
from storage.forgetting import DAY, Names, SqlForgetting
from storage.naming import SqlNaming
from storage.occupancy import occupied
from storage.pictures import StoredPictures
from storage.schema import migrate

REST = 20 * 60 * 60.0  # seconds between two daily sweeps, whichever replica's


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where things are kept, under which names, and for how many days (`days` None: for ever)."""

    database_url: str
    pictures_url: str
    names: Names
    days: float | None
    grace: float


@dataclass(frozen=True, slots=True)
class Chores:
    """What is due: rows with their bytes, then the bytes that no row names."""

    retention: Retention
    sweeping: Sweeping

    async def look(self) -> Forgotten:
        """What is due now. Changes nothing."""
        return await self.retention.look() + await self.sweeping.look()

    async def forget(self) -> Forgotten:
        """Forget it, and return how much that was."""
        return await self.retention.forget() + await self.sweeping.sweep()


def chores(keeping: Keeping, database: Database, lasting: int = DAY, rest: float = REST) -> Chores:
    """What is due in this database. `lasting`: microseconds that a request may be at work; `rest`: see `Sweeping`."""
    pictures, claims = StoredPictures(keeping.pictures_url), StoreClaims(keeping.pictures_url, database)
    return Chores(
        Retention(forgetting(keeping, database, lasting), SqlDepartures(database), keeping.days, keeping.grace),
        Sweeping(pictures, SqlNaming(database), claims, rest),
    )


def forgetting(keeping: Keeping, database: Database, lasting: int = DAY) -> Forgetting:
    """Forgets a share of what is in this database, and in the picture store and the job engine beside it."""
    rows = SqlForgetting(database, keeping.names, lasting=lasting)
    return Forgetting(rows, StoredPictures(keeping.pictures_url), JobHistory(keeping.database_url))


async def erase(keeping: Keeping, share: Share | None) -> Forgotten:
    """Forget this share (None: what is due), beside a bot that serves or without one. Raises OperatorMustFix."""
    async with _opened(keeping) as (database, lasting):
        if share is None:
            return await chores(keeping, database, lasting, rest=0.0).forget()
        done = await forgetting(keeping, database, lasting).forget(share)
        if share == Share(team=share.team or "-") and not done.left:
            await SqlDepartures(database).returned(share.team)  # that it left goes with the rest
        return done


async def look(keeping: Keeping, share: Share | None) -> Forgotten:
    """What `erase` would come to now. Changes nothing. Raises OperatorMustFix."""
    async with _opened(keeping) as (database, lasting):
        if share is None:
            return await chores(keeping, database, lasting, rest=0.0).look()
        return await forgetting(keeping, database, lasting).look(share)


@asynccontextmanager
async def _opened(keeping: Keeping) -> AsyncIterator[tuple[Database, int]]:
    """The database, and how long a request may be at work: not at all where this shows that no bot runs.

    Holding the file keeps a bot from starting meanwhile. On Postgres nobody can tell, so a request counts as at work
    for a day at least. Raises OperatorMustFix when the database cannot be reached, or is a file that is not there, and
    when its pictures are in another store: they would be said to be deleted, and nobody would find them again.
    """
    _refuse_missing(keeping.database_url)
    with ExitStack() as stack:
        lasting = DAY if _in_use(keeping.database_url, stack) else 0
        await migrate(keeping.database_url)
        database = Database(keeping.database_url)
        await database.open()
        try:
            await StoreClaims(keeping.pictures_url, database).refuse_another()
            yield database, lasting
        except SQLAlchemyError as exc:
            raise OperatorMustFix("database_unreachable", url=shown(address_of(keeping.database_url))) from exc
        finally:
            await database.close()


def _refuse_missing(database_url: str) -> None:
    """Nothing is kept in a database that is only now made; whoever asks has another in mind."""
    address = address_of(database_url)
    with suppress(PermissionError):  # which is told by whoever opens it next
        if address.get_backend_name() == SQLITE and not Path(str(address.database)).exists():
            raise OperatorMustFix("database_missing", file=str(address.database))


def _in_use(database_url: str, stack: ExitStack) -> bool:
    if not database_url.startswith("sqlite"):
        return True
    try:
        stack.enter_context(occupied(database_url))
    except (OperatorMustFix, OSError):  # what cannot be opened at all is told by whoever opens it next
        return True
    return False
