"""Where the job engine keeps its own tables: beside our SQLite file, or in a schema of its own on Postgres."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dbos import DBOSConfig

NAME = "threadpaint"
STOPPED = 5.0  # seconds until the server ends a transaction of somebody who was stopped in it, as in our own tables
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",  # a lost checkpoint repeats a step; what was accepted is kept by `storage`, synced
    "PRAGMA busy_timeout=30000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


def system_database(url: str) -> DBOSConfig:
    """The part of dbos's configuration that says where its tables are."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        ours = parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        return DBOSConfig(
            name=NAME, system_database_url=ours, dbos_system_schema="dbos", sys_db_idle_transaction_timeout_sec=STOPPED
        )
    file = Path(parsed.database or "")
    own = file.with_name(f"{file.stem}-jobs{file.suffix}")
    return DBOSConfig(name=NAME, system_database_engine=_sqlite(own), system_database_url=f"sqlite:///{own}")


def _sqlite(file: Path) -> sa.Engine:
    engine = sa.create_engine(f"sqlite:///{file}", pool_size=8, max_overflow=16)

    @sa.event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in PRAGMAS:
            connection.execute(pragma)

    return engine
