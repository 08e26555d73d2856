"""Whether a fault means that the database is away: the only place that knows how drivers put it."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

READ_ONLY = "25006"  # what a Postgres answers to whoever writes while another takes its place


def away(fault: BaseException) -> bool:
    """Whether the database did not answer, broke off, or cannot do it now: later it may.

    After such a fault nobody knows whether what was to be written is written.
    """
    if isinstance(fault, TimeoutError):  # no connection became free
        return True
    if not isinstance(fault, DBAPIError):
        return False
    if fault.connection_invalidated or getattr(fault.orig, "sqlstate", None) == READ_ONLY:
        return True
    return isinstance(fault, (OperationalError, InterfaceError)) and not _is_wrong(fault.orig)


def _is_wrong(fault: BaseException | None) -> bool:
    """SQLite's driver says of a wrong statement what it says of a full disk; only its code differs."""
    return isinstance(fault, sqlite3.Error) and getattr(fault, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
