"""Where the database is: one address, as people write it, made into what each driver wants."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import OperatorMustFix

SQLITE = "sqlite"
POSTGRES = "postgresql"
KINDS = {SQLITE: SQLITE, POSTGRES: POSTGRES, "postgres": POSTGRES}
DRIVERS = {SQLITE: "sqlite+pysqlite", POSTGRES: "postgresql+psycopg"}


def make_folder(address: URL) -> None:
    """Create the folder of a SQLite file; nothing happens for a server."""
    if address.get_backend_name() == SQLITE and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)


def address_of(url: str) -> URL:
    """The address with our driver. Raises OperatorMustFix when it is none we understand."""
    parsed = _parse(url)
    kind = KINDS.get(parsed.drivername.partition("+")[0])
    if kind is None or not parsed.database or parsed.database == ":memory:":
        raise OperatorMustFix("database_url", url=parsed.render_as_string(hide_password=True))
    return parsed.set(drivername=DRIVERS[kind])


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as exc:
        raise OperatorMustFix("database_url", url=url.partition(":")[0]) from exc
