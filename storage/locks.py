"""Locks that end with the transaction, where several processes write at the same time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from sqlalchemy import Connection, text

from storage.addresses import POSTGRES
from storage.connections import IDLE

# A process may be stopped while it holds a lock that others wait for: the server then lets go of it by itself. That is
# said again for each transaction, because behind a pooler what was set for a session may be another's.
LET_GO = "SELECT set_config('idle_in_transaction_session_timeout', :after, true)"


def take(connection: Connection, kind: int, names: Iterable[str]) -> None:
    """Let nobody else take these before this transaction ends. On SQLite nothing has to be done.

    `kind` is any number of 31 bits, one for each use. In one order for all processes, so that no two wait for each
    other; whoever takes several kinds takes them in one order as well.
    """
    if connection.dialect.name != POSTGRES:
        return
    _let_go(connection)
    for number in sorted({zlib.crc32(name.encode("utf-8", "replace")) - 2**31 for name in names}):
        connection.execute(text("SELECT pg_advisory_xact_lock(:kind, :name)"), {"kind": kind, "name": number})


def take_whole(connection: Connection, lock: int) -> None:
    """Let nobody else take this lock before this transaction ends. On SQLite nothing has to be done."""
    _let_go(connection)
    if connection.dialect.name == POSTGRES:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def _let_go(connection: Connection) -> None:
    if connection.dialect.name == POSTGRES:
        connection.execute(text(LET_GO), {"after": IDLE})
