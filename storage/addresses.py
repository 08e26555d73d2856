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
    """The address with our driver. Raises OperatorMustFix "database_url" when it is none we understand."""
    parsed = _parse(url)
    kind = KINDS.get(parsed.drivername.partition("+")[0])
    if kind is None or not parsed.database or parsed.database == ":memory:":
        raise OperatorMustFix("database_url", url=shown(parsed))
    return parsed.set(drivername=DRIVERS[kind])


def shown(address: URL) -> str:
    """The address as people may read it: without the password, and without the query, in which one may stand too.

    A password with an @ in it ends too early for whoever parses it: its rest is then taken for a host or a database.
    """
    rest = f"{address.host}{address.database}"
    if address.get_backend_name() != SQLITE and any(sign in rest for sign in "@="):
        return f"{address.drivername}://…"
    return address.set(query={}).render_as_string(hide_password=True)


def _parse(url: str) -> URL:
    """Nothing is shown of what cannot be parsed: it may hold a password anywhere."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise OperatorMustFix("database_url", url="DATABASE_URL") from None
