"""What the job engine remembers of requests, for those that are to be forgotten.

It works beside the engine as well as without it: dbos's client needs only the engine's tables.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from dbos import DBOSClient, DBOSConfig, DBOSPortableJSONSerializer

from bot.jobs.database import system_database
from storage.connections import settle

TABLE = "workflow_status"


class JobHistory:
    """Keeps the promise of `bot.ports.forgetting.History`."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url

    async def forget(self, keys: Sequence[str]) -> None:
        """Delete everything it remembers of these requests: a request's key is its workflow's id."""
        if keys:
            await asyncio.to_thread(_forget, system_database(self._database_url), list(keys))


def _forget(config: DBOSConfig, keys: list[str]) -> None:
    engine, schema = _engine(config), config.get("dbos_system_schema")
    try:
        if not (_exists(engine) and sa.inspect(engine).has_table(TABLE, schema)):
            return  # the engine has never run here
        client = DBOSClient(
            system_database_engine=engine, dbos_system_schema=schema, serializer=DBOSPortableJSONSerializer()
        )
        client.delete_workflows(keys)
        client.destroy()
        settle(engine)
    finally:
        engine.dispose()


def _engine(config: DBOSConfig) -> sa.Engine:
    if engine := config.get("system_database_engine"):
        return engine
    url = sa.make_url(str(config.get("system_database_url")))
    return sa.create_engine(url.set(drivername="postgresql+psycopg"))


def _exists(engine: sa.Engine) -> bool:
    """A look at an SQLite file that is not there would make one."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    return file is None or Path(file).exists()
