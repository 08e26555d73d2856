"""Who lives, in SQL: a row for each process that works, and what happens to the work of those that do not.

A name is stable, a token is one life under it. Whoever is silent for too long, or has left, loses its row and its work
in one transaction of one other process; a lock makes sure that it is one. Should it not have been dead at all, its next
sign of life finds no row with its token.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from functools import partial

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, delete, insert, or_, select, update

from bot.domain.lives import GLIMPSE, PROBE, SILENT
from bot.domain.spend import Outcome
from bot.errors import OperatorMustFix
from storage import locks
from storage.addresses import POSTGRES
from storage.clock import database_now
from storage.database import Database
from storage.tables import executors, ledger, requests, under_way, working

LOCK = 8_815_400_271  # any number: the Postgres lock under which executors come and are buried
GLANCE = 0.5  # seconds between two looks at somebody who has our name
SECOND = 1_000_000
NOBODYS = 1_200 * SECOND  # what a process of the version before has had at work for so long, it has left behind
ENDED = 7_200 * SECOND  # twice as long as the catalogue lets a call take
UNKNOWN = update(ledger).values(outcome=Outcome.UNKNOWN.value)
FRESH = 10 * SECOND  # older than that, our own sign of life says that the database hung: the others may live
LIVES = select(executors.c.name, executors.c.token)
LEFT = update(requests).where(working).values(begun=None)
DEATHS = requests.c.deaths + case((requests.c.begun.is_not(None), 1), else_=0)


def life(name: str, token: str) -> str:
    """What tells one life under a name from the next."""
    return f"{name}/{token}"


class SqlExecutors:
    """Keeps the promise of `bot.ports.Executors`. `clock` gives microseconds since 1970 by the database's own clock."""

    def __init__(
        self, database: Database, name: str, token: str, clock: Callable[[Connection], int] = database_now
    ) -> None:
        self._database = database
        self._name = name
        self._token = token
        self._clock = clock

    async def join(self) -> None:
        """Begin this life. Somebody who has our name is watched for a while: it may have been killed just now.

        It is taken for dead once its last sign of life is too old for somebody who lives, and we have seen no other.
        """
        rival = await self._database.write(lambda connection: self._join(connection, SILENT))
        for glances in range(1, round(PROBE / GLANCE) + 1):
            if rival is None:
                return
            await asyncio.sleep(GLANCE)
            silent = PROBE if glances * GLANCE >= GLIMPSE else SILENT
            now = await self._database.write(partial(self._join, silent=silent))
            if now is not None and (now["beat"], now["token"]) != (rival["beat"], rival["token"]):
                raise OperatorMustFix("executor_taken", name=self._name)
            rival = now
        await self._database.write(lambda connection: self._join(connection, 0.0))

    async def beat(self) -> bool:
        """A sign of life; whether we still count as living."""
        return await self._database.write(self._beat)

    async def inherit(self) -> frozenset[str]:
        """The work of the dead, the departed, and ("") of processes of the version before that are long gone.

        Calls that cannot be under way any more, whoever began them, are unknown from now on.
        """
        if not await self._database.read(lambda connection: self._dead(connection) or self._is_forgotten(connection)):
            return frozenset()
        return await self._database.write(self._inherit)

    async def alive(self) -> frozenset[str]:
        """The lives that nobody has taken for dead, each as `life`; and their names, as the version before has them."""
        rows = await self._database.read(lambda connection: connection.execute(LIVES).all())
        return frozenset({row.name for row in rows} | {life(row.name, row.token) for row in rows})

    async def leave(self) -> None:
        """Go, and say so. Nothing happens when we were taken for dead."""
        await self._database.write(self._leave)

    def _join(self, connection: Connection, silent: float) -> RowMapping | None:
        """Take the name, or return the row of the one who has it."""
        locks.take_whole(connection, LOCK)
        now = self._clock(connection)
        here = executors.c.name == self._name
        rival = connection.execute(select(executors).where(here)).mappings().first()
        if rival and connection.dialect.name == POSTGRES and now - rival["beat"] < silent * SECOND:
            return rival
        connection.execute(delete(executors).where(here))
        row = {"name": self._name, "token": self._token, "joined": now, "beat": now}
        connection.execute(insert(executors).values(row))
        _take_over(connection, self._name, {self._name, *_nobodys(connection)})
        return None

    def _beat(self, connection: Connection) -> bool:
        ours = and_(executors.c.name == self._name, executors.c.token == self._token)
        return connection.execute(update(executors).where(ours).values(beat=self._clock(connection))).rowcount == 1

    def _inherit(self, connection: Connection) -> frozenset[str]:
        locks.take_whole(connection, LOCK)
        ours = and_(executors.c.name == self._name, executors.c.token == self._token)
        beaten = connection.scalars(select(executors.c.beat).where(ours)).first()
        if beaten is None:
            return frozenset()
        connection.execute(UNKNOWN.where(self._forgotten(connection)))
        dead = self._dead(connection)
        if not dead or self._clock(connection) - beaten > FRESH:
            return frozenset()
        connection.execute(delete(executors).where(executors.c.name.in_(dead)))
        _take_over(connection, self._name, dead)
        return frozenset(dead)

    def _dead(self, connection: Connection) -> set[str]:
        """Those that are silent, and those that have work but no row; "" stands for long gone older versions."""
        now = self._clock(connection)
        known = {row.name: row.beat for row in connection.execute(select(executors.c.name, executors.c.beat))}
        silent = {name for name, beat in known.items() if now - beat >= SILENT * SECOND}
        old = and_(requests.c.executor == "", requests.c.admitted < now - NOBODYS)
        busy = select(requests.c.executor).where(working, or_(requests.c.executor != "", old)).distinct()
        return (silent | (set(connection.scalars(busy)) - known.keys())) - {self._name}

    def _forgotten(self, connection: Connection) -> ColumnElement[bool]:
        """Open calls that ended long ago: nobody lives who would settle them, or would by now."""
        return and_(under_way, ledger.c.begun < self._clock(connection) - ENDED)

    def _is_forgotten(self, connection: Connection) -> bool:
        return connection.execute(select(ledger.c.id).where(self._forgotten(connection)).limit(1)).first() is not None

    def _leave(self, connection: Connection) -> None:
        locks.take_whole(connection, LOCK)
        ours = and_(executors.c.name == self._name, executors.c.token == self._token)
        if connection.execute(delete(executors).where(ours)).rowcount:
            connection.execute(LEFT.where(requests.c.executor == self._name))


def _nobodys(connection: Connection) -> set[str]:
    """A file is for one process at a time: what an older version, or another name, has left in it is nobody else's."""
    if connection.dialect.name == POSTGRES:
        return set()
    return {"", *connection.scalars(select(ledger.c.executor).where(under_way).distinct())}


def _take_over(connection: Connection, heir: str, dead: Collection[str]) -> None:
    """Their requests are the heir's, with a death more if they had begun; their open calls ended nobody knows how."""
    theirs = update(requests).where(working, requests.c.executor.in_(dead))
    connection.execute(theirs.values(executor=heir, deaths=DEATHS, begun=None))
    connection.execute(UNKNOWN.where(under_way, ledger.c.executor.in_(dead)))
