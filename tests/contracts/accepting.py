"""Accepts requests for ever and prints each key once it is accepted. A test runs and kills it."""

from __future__ import annotations

import asyncio
import itertools
import sys

from storage.database import Database
from storage.requests import SqlRequests
from tests.contracts.made import command


async def accept_for_ever(url: str) -> None:
    database = Database(url)
    await database.open()
    requests = SqlRequests(database)
    await asyncio.gather(*(accept_in_a_row(requests, name) for name in "abcdefgh"))


async def accept_in_a_row(requests: SqlRequests, name: str) -> None:
    for number in itertools.count():
        await requests.accept(command(f"{name}{number}"))
        sys.stdout.write(f"{name}{number}\n")
        sys.stdout.flush()


asyncio.run(accept_for_ever(sys.argv[1]))
