"""A process of its own that lets turns to work and writes down who was there: `python -m tests.contracts.places`."""

from __future__ import annotations

import asyncio
import json
import sys
import time

from bot.domain.fairness import Ticket
from bot.domain.limits import Limits
from bot.logs import set_up
from storage.database import Database
from storage.places import SqlPlaces

MODELS = ("flash", "pro")


async def work(places: SqlPlaces, id: str, asker: str, model: str, later: bool) -> None:
    await places.take(Ticket(id, "T1", asker, model, later=later))
    began = time.time()
    await asyncio.sleep(0.05)
    print(json.dumps([id, asker, model, began, time.time()]), flush=True)  # noqa: T201
    places.leave(id)


async def main(url: str, name: str, many: int, limits: Limits) -> None:
    set_up("warning")  # to standard error: what is tried again is told there, and not among the answers
    database = Database(url)
    await database.open()
    places = SqlPlaces(database, name, lambda: limits, room=100)
    sys.stdin.readline()
    turns = [(f"{name}{n}", f"U{n % 5}", MODELS[n % 2], n % 3 == 0) for n in range(many)]
    await asyncio.gather(*(work(places, *each) for each in turns))
    await database.close()


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Limits(*map(int, sys.argv[4:7]))))
