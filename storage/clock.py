"""Time as it is stored: whole microseconds since 1970, the resolution of Slack's timestamps."""

from __future__ import annotations

import time
from decimal import Decimal

from sqlalchemy import Connection, text

from storage.addresses import POSTGRES

LATEST = 2**63 - 1


def now() -> int:
    """This moment, in microseconds."""
    return time.time_ns() // 1000


def moment(ts: str) -> int:
    """A Slack timestamp ("1763720000.000100", seconds) in microseconds; 0 for what is none."""
    try:
        microseconds = Decimal(ts) * 1_000_000
        return int(min(max(microseconds, Decimal(0)), Decimal(LATEST)))
    except (ArithmeticError, ValueError):
        return 0


def database_now(connection: Connection) -> int:
    """This moment by the clock all processes share: the server's on Postgres, this machine's for a file."""
    if connection.dialect.name != POSTGRES:
        return now()
    return int(
        connection.execute(text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")).scalar_one()
    )
