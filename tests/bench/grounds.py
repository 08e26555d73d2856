"""Where a bench keeps its database: in a file, or on a Postgres that syncs to the disk as one does in life."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import create_engine, text

from storage.addresses import address_of
from tests.servers import postgres

SQLITE, POSTGRES = "SQLite", "Postgres"
KINDS = {"sqlite": SQLITE, "postgres": POSTGRES}
DURABLE = ("ALTER SYSTEM SET fsync = on", "ALTER SYSTEM SET full_page_writes = on", "SELECT pg_reload_conf()")


@contextmanager
def ground(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of this kind; gone in the end, but for a file, which goes with its folder."""
    if kind == SQLITE:
        yield f"sqlite:///{folder / 'threadpaint.db'}"
        return
    with server() as running, postgres.own_database(running) as url:
        yield url


@contextmanager
def server() -> Iterator[str]:
    """A Postgres. The tests' own is fast because it never syncs; here it has to. Somebody else's stays as it is."""
    with postgres.server() as url:
        if not os.environ.get("TEST_DATABASE_URL"):
            _execute(url, DURABLE)
        yield url


def processes(url: str) -> list[psutil.Process]:
    """The server's first process, when it runs on this machine; none for a file."""
    if url.startswith("sqlite"):
        return []
    engine = create_engine(address_of(url))
    with engine.connect() as connection:
        pid = connection.scalars(text("SELECT pg_backend_pid()")).one()
        try:
            backend = psutil.Process(pid)
            parent = backend.parent() if "postgres" in backend.name() else None
        except psutil.NoSuchProcess:
            parent = None
    engine.dispose()
    return [parent] if parent else []


def _execute(url: str, statements: tuple[str, ...]) -> None:
    engine = create_engine(address_of(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
