"""Who comes next: the queries over waiting requests. Finished ones are in no index they use."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from storage.tables import requests, waiting, working

# SQLite would rather walk through every request by number than sort or filter the few: plus nothing, it cannot.
IN_TURN = requests.c.number + 0
AT_WORK = select(requests.c.key).where(working).order_by(IN_TURN)


def before(number: int, lane: str) -> Select[int]:
    """How many wait that were accepted earlier, together with how many are at work in this lane."""
    earlier = select(func.count()).where(waiting, number > IN_TURN).scalar_subquery()
    busy = select(func.count()).where(working, requests.c.lane == lane).scalar_subquery()
    return select(earlier + busy)


def heads(most: int) -> Select[str]:
    """The keys at the head of each lane where nobody is at work, oldest accepted first, at most so many."""
    busy = requests.alias("busy")
    at_work = select(busy.c.number).where(
        busy.c.finished.is_(None), busy.c.admitted.is_not(None), busy.c.lane == requests.c.lane
    )
    rank = func.row_number().over(partition_by=requests.c.lane, order_by=[requests.c.moment, requests.c.number])
    ranked = select(requests.c.key, requests.c.number, rank.label("rank")).where(waiting, ~at_work.exists()).subquery()
    return select(ranked.c.key).where(ranked.c.rank == 1).order_by(ranked.c.number).limit(most)
