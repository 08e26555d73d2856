"""Bringing a database to the schema this code knows."""

from __future__ import annotations

import asyncio
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from bot.errors import OperatorMustFix
from storage.addresses import SQLITE, address_of, make_folder, shown
from storage.connections import PRAGMAS, begin_with, on_connect, postgres_blocking

log = structlog.get_logger()

NOT_ALLOWED = "42501"  # Postgres: this user may not do that
LOCK = 7_236_548_120  # any number: the Postgres lock under which only one process migrates


async def migrate(url: str) -> None:
    """Upgrade to the newest schema; nothing happens when it is there. Processes that start together take turns.

    Raises OperatorMustFix "schema_newer" when a newer version of this program has been here, "schema_older" when the
    schema has to change and this user of the database may not do that, and "database_unreachable".
    """
    await asyncio.to_thread(_migrate, url)


def _migrate(url: str) -> None:
    address = address_of(url)
    try:
        make_folder(address)
        engine = blocking_engine(url)
        try:
            with engine.begin() as connection:
                upgrade(connection)
        finally:
            engine.dispose()
    except (SQLAlchemyError, OSError) as exc:
        if isinstance(exc, ProgrammingError) and getattr(exc.orig, "sqlstate", "") == NOT_ALLOWED:
            raise OperatorMustFix("schema_older") from exc
        raise OperatorMustFix("database_unreachable", url=shown(address)) from exc


def upgrade(connection: Connection) -> None:
    """Upgrade within this transaction. Raises OperatorMustFix when the schema is newer than this code."""
    if connection.dialect.name != SQLITE:
        _take_turns(connection)
    config = _config(connection)
    _refuse_newer(connection, ScriptDirectory.from_config(config))
    command.upgrade(config, "head")


def _take_turns(connection: Connection) -> None:
    if not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": LOCK}):
        log.info("migration_awaited", why="another process is changing the schema")
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def blocking_engine(url: str) -> Engine:
    """An engine for use in a thread, whose transactions include changes of the schema."""
    address = address_of(url)
    if address.get_backend_name() != SQLITE:
        return postgres_blocking(address)
    engine = create_engine(address, connect_args={"isolation_level": None})
    on_connect(engine, PRAGMAS)
    begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise OperatorMustFix("schema_newer", revision=revision)
