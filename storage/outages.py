"""Whether a fault means that the database is away: the only place that knows how drivers put it."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine, ExceptionContext, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

from storage.addresses import POSTGRES

READ_ONLY = "25006"  # what a Postgres says to whoever writes, once another has taken its place
# Cancelled, as after too long a time; no lock to be had; two in each other's way; ended because we stood still: the
# statement is not wrong.
NOT_NOW = frozenset({"57014", "55P03", "40001", "40P01", "25P03"})


def away(fault: BaseException) -> bool:
    """Whether the database did not answer, broke off, or cannot do it now: later it may.

    After such a fault nobody knows whether what was to be written is written.
    """
    if isinstance(fault, TimeoutError):  # no connection became free
        return True
    if not isinstance(fault, DBAPIError):
        return False
    return fault.connection_invalidated or (
        isinstance(fault, (OperationalError, InterfaceError)) and not _is_wrong(fault.orig)
    )


def _is_wrong(fault: BaseException | None) -> bool:
    """SQLite's driver says of a wrong statement what it says of a full disk; only its code differs."""
    return isinstance(fault, sqlite3.Error) and getattr(fault, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


@event.listens_for(Engine, "handle_error")
def _name_what_is_lost(context: ExceptionContext) -> None:
    """What may go well later is a lost connection, however the driver puts it.

    The job engine waits for its database as long as it takes, but only for what it takes for a lost connection, and
    errors of a socket file that is not there ("connection is bad") are not among them. And a connection to a server
    that was put in second place would be used for ever. Where one statement could not be done now, only its own
    connection is given up.
    """
    if context.dialect.name != POSTGRES:
        return
    state = getattr(context.original_exception, "sqlstate", None)
    context.is_disconnect |= context.connection is None or state == READ_ONLY or state in NOT_NOW
    context.invalidate_pool_on_disconnect &= state not in NOT_NOW
