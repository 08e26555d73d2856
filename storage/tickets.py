"""Tickets in SQL: the rule of `bot.domain.fairness` over all processes of one database, as parts of a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, or_, select, text, tuple_, update

from bot.domain.fairness import Hall, Person, Ticket
from bot.domain.limits import Limits
from bot.domain.lives import SILENT
from storage import clock, locks
from storage.addresses import POSTGRES
from storage.tables import tickets
from storage.upserts import inserting

PLACES = 1_886_152_037  # any number, see `locks`
BEAT = 5.0  # seconds between signs of life
# Microseconds without one after which its process counts as dead: whoever may still begin something has its place.
VOID = round((SILENT + BEAT) * 1_000_000)
QUICK = "SELECT set_config('synchronous_commit', 'off', true)"  # a place need not survive a power cut
CLOCK = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"


@dataclass(frozen=True, slots=True)
class Change:
    """What one process has to tell: tickets that wait, tickets that are at work already, ids that have left."""

    waiting: Sequence[Ticket] = ()
    working: Sequence[Ticket] = ()
    left: Sequence[str] = ()


def settle(connection: Connection, executor: str, change: Change, limits_now: Callable[[], Limits]) -> list[str]:
    """Write this down, let in whom there is room for, and return their ids, whichever process they belong to.

    The limits are those that hold when it is our turn. Run twice with the same change: nothing more.
    """
    moment, limits = _alone(connection), limits_now()
    leaving = delete(tickets).where(or_(tickets.c.id.in_(change.left), tickets.c.beat < moment - VOID))
    gone = connection.execute(leaving.returning(tickets.c.team, tickets.c.asker, tickets.c.started)).all()
    _touch(connection, {(row.team, row.asker) for row in gone if row.started is not None}, moment)
    _file(connection, executor, change, moment)
    hall, came = read(connection, limits, limits.person), []
    while ticket := hall.next():
        hall.go(ticket.id, moment)
        came.append(ticket)
    if came:
        ids = [ticket.id for ticket in came]
        connection.execute(update(tickets).where(tickets.c.id.in_(ids)).values(started=moment))
        _touch(connection, {ticket.person for ticket in came}, moment)
    return [ticket.id for ticket in came]


def at_work(connection: Connection, executor: str) -> list[str]:
    """The ids of this process's tickets that have a place."""
    started = select(tickets.c.id).where(tickets.c.executor == executor, tickets.c.started.is_not(None))
    return list(connection.scalars(started))


def renew(connection: Connection, executor: str) -> list[str]:
    """This process is alive: the ids of the tickets that it has here."""
    beating = update(tickets).where(tickets.c.executor == executor).values(beat=_now(connection))
    return list(connection.scalars(beating.returning(tickets.c.id)))


def forget(connection: Connection, executor: str) -> None:
    """This process has no tickets."""
    connection.execute(delete(tickets).where(tickets.c.executor == executor))


def read(connection: Connection, limits: Limits, most: int) -> Hall:
    """Everybody at work, and of those who wait each person's first for each model and process, at most so many.

    As many again of those who can wait: however many those are, who is in a hurry is among what is read.
    """
    waits = tickets.c.started.is_(None)
    alike = (tickets.c.team, tickets.c.asker, tickets.c.model, tickets.c.executor, tickets.c.later, waits)
    place = func.row_number().over(partition_by=alike, order_by=tickets.c.number)
    placed = select(tickets, place.label("place")).subquery()
    wanted = or_(placed.c.started.is_not(None), placed.c.place <= most)
    hall = Hall(limits)
    for row in connection.execute(select(placed).where(wanted).order_by(placed.c.started, placed.c.number)):
        (hall.wait if row.started is None else hall.work)(_ticket(row))
    return hall


def _alone(connection: Connection) -> int:
    """Let nobody else give places before this transaction ends; the moment, which is later than everybody else's."""
    if connection.dialect.name == POSTGRES:
        connection.exec_driver_sql(QUICK)
    locks.take(connection, PLACES, [tickets.name])
    return _now(connection)


def _now(connection: Connection) -> int:
    """One clock for all: the server's, and without a server this machine's."""
    return int(connection.scalar(text(CLOCK)) or 0) if connection.dialect.name == POSTGRES else clock.now()


def _file(connection: Connection, executor: str, change: Change, moment: int) -> None:
    # They came before this moment: a place that is given up now was given up after it.
    rows = [_row(ticket, executor, moment, None) | {"since": moment - 1} for ticket in change.waiting]
    rows += [_row(ticket, executor, moment, moment) for ticket in change.working]
    if rows:
        connection.execute(inserting(connection, tickets).values(rows).on_conflict_do_nothing())


def _touch(connection: Connection, people: Iterable[Person], moment: int) -> None:
    """A place was given to them or given up by them: they wait anew."""
    if people := list(people):
        theirs = and_(tickets.c.started.is_(None), tuple_(tickets.c.team, tickets.c.asker).in_(people))
        connection.execute(update(tickets).where(theirs).values(since=moment))


def _row(ticket: Ticket, executor: str, moment: int, started: int | None) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "executor": executor,
        "team": ticket.team,
        "asker": ticket.asker,
        "model": ticket.model,
        "room": ticket.room,
        "later": ticket.later,
        "since": moment,
        "started": started,
        "beat": moment,
    }


def _ticket(row: Row[Any]) -> Ticket:
    return Ticket(row.id, row.team, row.asker, row.model, row.executor, row.room, row.number, row.since, row.later)
