"""Opens calls at the same time and prints which of them were opened, then waits to be told to end, or killed."""

from __future__ import annotations

import asyncio
import sys
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.spend import Budgets
from bot.errors import PersonCanFix
from storage.database import Database
from storage.ledger import SqlLedger
from tests.contracts.made import entry


async def open_many(url: str, executor: str, many: int, budget: str) -> None:
    database = Database(url)
    await database.open()
    budgets = Budgets(Decimal(budget), Decimal(budget))
    ledger = SqlLedger(database, budgets, ZoneInfo("UTC"), executor)
    sys.stdin.readline()
    opened = await asyncio.gather(*(is_opened(ledger, f"{executor}{n}") for n in range(many)))
    sys.stdout.write(f"{sum(opened)}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    await database.close()


async def is_opened(ledger: SqlLedger, id: str) -> bool:
    try:
        await ledger.open(entry(id, "0.1"))
    except PersonCanFix:
        return False
    return True


asyncio.run(open_many(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
