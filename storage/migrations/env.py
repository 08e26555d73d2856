"""Alembic's entry: the program hands in a connection; on the command line `alembic.ini` says where the database is."""

from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from storage.schema import blocking_engine
from storage.tables import metadata


def written(kind: str, item: object, _context: object) -> str | Literal[False]:
    """How a new migration writes a column's type: as the database's, whatever our code makes of it later."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def run(connection: Connection) -> None:
    """Run the migrations in this connection's transaction."""
    # SQLite cannot alter most things: Alembic then builds a new table and copies.
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, render_item=written)
    with context.begin_transaction():
        context.run_migrations()


def run_from_command_line() -> None:
    """`alembic -x url=…` goes before the address in `alembic.ini`."""
    url = context.get_x_argument(as_dictionary=True).get("url") or context.config.get_main_option("sqlalchemy.url")
    engine = blocking_engine(url or "")
    with engine.begin() as connection:
        run(connection)
    engine.dispose()


handed_in = context.config.attributes.get("connection")
if handed_in is None:
    run_from_command_line()
else:
    run(handed_in)
