"""Whether anybody does what was asked for: the doors may be open while no worker is alive."""

from __future__ import annotations

from sqlalchemy import Connection, exists, select

from bot.domain.lives import SILENT
from storage.clock import database_now
from storage.tables import executors, requests, waiting

SECOND = 1_000_000
LONG = 30 * SECOND  # longer than a worker is missed, and longer than one takes to come back


def unattended(connection: Connection) -> bool:
    """Whether something has waited for half a minute, and nobody who works has given a sign of life lately."""
    now = database_now(connection)
    alive = exists().where(executors.c.beat > now - SILENT * SECOND)
    stale = exists().where(waiting, requests.c.accepted < now - LONG)
    return bool(connection.scalar(select(stale & ~alive)))
