"""Who waits for the database goes by what holds when it answers."""

from __future__ import annotations

import asyncio
import threading

from sqlalchemy import Connection, func, select

from bot.domain.fairness import Ticket
from bot.domain.limits import Limits
from storage import locks
from storage.database import Database
from storage.places import SqlPlaces
from storage.tables import tickets as rows
from storage.tickets import PLACES

PATIENCE = 30.0


async def test_limits_that_change_while_places_wait_for_their_turn_hold(database: Database) -> None:
    limits, waited = Limits(5, 64, 64), 0
    held, go = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def hold(connection: Connection) -> None:
        locks.take(connection, PLACES, [rows.name])
        loop.call_soon_threadsafe(held.set)
        go.wait(PATIENCE)

    places = SqlPlaces(database, "one", lambda: limits, 100)
    await places.take(Ticket("first", "T1", "U1", "flash"))
    async with asyncio.timeout(PATIENCE):
        holding = asyncio.create_task(database.write(hold))
        await held.wait()
        taking = [asyncio.create_task(places.take(Ticket(f"{n}", "T1", "U1", "flash"))) for n in range(4)]
        for _ in range(20):
            await asyncio.sleep(0)
        limits = Limits(2, 64, 64)
        go.set()
        await holding
        while waited < 5:
            waited = await database.read(lambda connection: connection.scalar(select(func.count(rows.c.id))) or 0)
    started = select(func.count(rows.c.id)).where(rows.c.started.is_not(None))
    assert await database.read(lambda connection: connection.scalar(started)) == 2
    for task in taking:
        task.cancel()
