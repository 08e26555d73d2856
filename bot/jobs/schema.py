"""The job engine's own tables: made by whoever may make tables, so that those who work need not."""

from __future__ import annotations

import asyncio

import sqlalchemy as sa
from dbos import DBOS

from bot.errors import OperatorMustFix
from bot.jobs.database import system_database
from storage.addresses import shown
from storage.schema import NOT_ALLOWED, migrate


async def migrate_all(database_url: str) -> None:
    """Bring every table of ours and of the engine's to the newest schema. Raises as `migrate` and `prepare`."""
    await migrate(database_url)
    await prepare(database_url)


async def prepare(database_url: str) -> None:
    """Bring the engine's tables to the newest schema; nothing happens when they are there.

    Raises OperatorMustFix "schema_older" when they have to be changed and this user of the database may not do that,
    and "database_unreachable".
    """
    await asyncio.to_thread(_prepare, database_url)


def _prepare(database_url: str) -> None:
    config = system_database(database_url)
    ours = str(config.get("system_database_url"))
    try:
        DBOS.migrate(ours, schema=str(config.get("dbos_system_schema")))
    except (sa.exc.SQLAlchemyError, OSError) as exc:
        if getattr(getattr(exc, "orig", None), "sqlstate", "") == NOT_ALLOWED:
            raise OperatorMustFix("schema_older") from exc
        raise OperatorMustFix("database_unreachable", url=shown(sa.make_url(ours))) from exc
