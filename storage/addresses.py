"""Where the database is: one address, as people write it, made into what each driver wants."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import OperatorMustFix

SQLITE = "sqlite"
POSTGRES = "postgresql"
KINDS = {SQLITE: SQLITE, POSTGRES: POSTGRES, "postgres": POSTGRES}
AWAITED = {SQLITE: "sqlite+aiosqlite", POSTGRES: "postgresql+psycopg"}
BLOCKING = {SQLITE: "sqlite+pysqlite", POSTGRES: "postgresql+psycopg"}


def awaited(url: str) -> URL:
    """The address for asynchronous work. Raises OperatorMustFix when it is none we understand."""
    return _with_driver(url, AWAITED)


def blocking(url: str) -> URL:
    """The address for migrations, which run in a thread. Raises OperatorMustFix when it is none we understand."""
    return _with_driver(url, BLOCKING)


def make_folder(address: URL) -> None:
    """Create the folder of a SQLite file; nothing happens for a server."""
    if address.get_backend_name() == SQLITE and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)


def _with_driver(url: str, drivers: dict[str, str]) -> URL:
    parsed = _parse(url)
    kind = KINDS.get(parsed.drivername.partition("+")[0])
    if kind is None or not parsed.database or parsed.database == ":memory:":
        raise OperatorMustFix("database_url", url=parsed.render_as_string(hide_password=True))
    return parsed.set(drivername=drivers[kind])


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as exc:
        raise OperatorMustFix("database_url", url=url.partition(":")[0]) from exc
