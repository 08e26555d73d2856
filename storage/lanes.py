"""Who comes next: the queries over waiting requests. Finished ones are in no index they use."""

from __future__ import annotations

from sqlalchemy import Select, bindparam, func, select

from storage.tables import requests, waiting, working

# SQLite would rather walk through every request by number than sort or filter the few: plus nothing, it cannot.
AT_WORK = select(requests.c.key).where(working).order_by(requests.c.number + 0)


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
