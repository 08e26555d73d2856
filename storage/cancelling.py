"""What people have called off: over where it waited, marked where it is at work, for whoever works on it to see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select, update

from bot.domain.requests import Act, Place
from bot.domain.spend import Outcome
from bot.ports import Cancelled
from storage import lanes
from storage.clock import moment
from storage.rows import WITHDRAWN
from storage.tables import ledger, requests, waiting, working

# The keys this executor has at work that were called off. Asked twice a second while there is any work.
CALLED_OFF = select(requests.c.key).where(
    working, requests.c.cancelled.is_not(None), requests.c.executor == bindparam("me")
)
PAINTS = requests.c.act.not_in([Act.REPORT.value, Act.PICK.value, Act.LOST.value])
REASON = "cancelled"
CLOCKS = 2_000_000  # microseconds that two clocks may differ


def asked(place: Place, asker: str, before: str) -> ColumnElement[bool]:
    """What this person asked for in the place's thread, or without one in its channel; earlier than a timestamp."""
    where = [requests.c.team == place.team, requests.c.channel == place.channel, requests.c.asker == asker, PAINTS]
    return and_(*where, *([requests.c.thread == place.thread] if place.thread else []), *_earlier(before))


def cancel(connection: Connection, theirs: ColumnElement[bool], now: int) -> Cancelled:
    """Call these off. `now` is in microseconds. Said again, it finds what is still being stopped.

    Under the lock of those who claim: what was claimed is marked, and what is over is not claimed.
    """
    lanes.lock(connection)
    over = _mark(waiting, theirs, {"cancelled": now, "finished": now, "failed": REASON})
    marked = _mark(working, theirs, {"cancelled": func.coalesce(requests.c.cancelled, now)})
    return Cancelled(len(connection.scalars(over).all()), len(connection.scalars(marked).all()))


def withdraw(connection: Connection, key: str, turn: str, now: int) -> None:
    """Call it off, and leave nothing to be said of it; not what has a call that costs, or is under way and may."""
    lanes.lock(connection)
    costs = select(ledger.c.id).where(ledger.c.turn == turn, ledger.c.outcome != Outcome.FREE.value)
    free = and_(requests.c.key == key, ~costs.exists())
    connection.execute(_mark(waiting, free, {"cancelled": now, "finished": now, "failed": WITHDRAWN}))
    connection.execute(_mark(working, free, {"cancelled": now, "failed": WITHDRAWN}))


def _mark(state: ColumnElement[bool], theirs: ColumnElement[bool], values: dict[str, Any]) -> Any:
    return update(requests).where(state, theirs).values(values).returning(requests.c.key)


def _earlier(before: str) -> list[ColumnElement[bool]]:
    """By Slack's own clock; a command has no time but that of our acceptance, and our clock may be a little ahead."""
    if not before:
        return []
    until = moment(before)
    typed = and_(requests.c.moment == 0, requests.c.accepted < until + CLOCKS)
    return [or_(and_(requests.c.moment > 0, requests.c.moment < until), typed)]
