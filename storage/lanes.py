"""Who comes next, and who takes it: the queries over waiting requests. Finished ones are in no index they use."""

from __future__ import annotations

from sqlalchemy import Connection, Select, bindparam, func, select, update

from storage import locks
from storage.tables import requests, waiting, working

CLAIMS = 5_402_118_366  # any number: the Postgres lock under which requests are claimed, one process at a time

# SQLite would rather walk through every request by number than sort or filter the few: plus nothing, it cannot.
AT_WORK = select(requests.c.key).where(working, requests.c.executor == bindparam("me")).order_by(requests.c.number + 0)


def _heads() -> Select[str]:
    busy = requests.alias("busy")
    at_work = select(busy.c.number).where(
        busy.c.finished.is_(None), busy.c.admitted.is_not(None), busy.c.lane == requests.c.lane
    )
    rank = func.row_number().over(partition_by=requests.c.lane, order_by=[requests.c.moment, requests.c.number])
    free = select(requests.c.key, requests.c.number, rank.label("rank")).where(waiting, ~at_work.exists())
    ranked = free.subquery("ranked")
    return select(ranked.c.key).where(ranked.c.rank == 1).order_by(ranked.c.number).limit(bindparam("most"))


# The keys at the head of each lane where nobody is at work, oldest accepted first, at most `most`. Made once, since it
# is asked after every request that comes or ends.
HEADS = _heads()


def claim(connection: Connection, most: int, executor: str, now: int) -> list[str]:
    """Take the heads of free lanes for this executor, in this transaction.

    Processes do this one after the other: SQLite has one writer anyway, and on Postgres there is a lock. Whoever has
    waited for it looks afterwards, so that it sees what the one before has taken.
    """
    lock(connection)
    keys = list(connection.scalars(HEADS, {"most": most}))
    if keys:
        taken = update(requests).where(requests.c.key.in_(keys), waiting).returning(requests.c.key)
        ours = set(connection.scalars(taken.values(admitted=now, begun=now, executor=executor)))
        return [key for key in keys if key in ours]  # without what was cancelled in between
    return []


def lock(connection: Connection) -> None:
    """Let nobody else take or drop what waits before this transaction ends. SQLite has one writer anyway."""
    locks.take_whole(connection, CLAIMS)
