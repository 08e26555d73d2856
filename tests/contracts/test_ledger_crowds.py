"""The ledger when many want money at once, from one process and from several, and when one of them is killed."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Iterable
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select

from bot.domain.requests import Place
from bot.domain.spend import Bill, Budgets, Outcome
from bot.errors import PersonCanFix
from storage.database import Database
from storage.executors import SqlExecutors
from storage.ledger import SqlLedger
from storage.tables import ledger as rows
from tests.contracts.conftest import Ledgers
from tests.contracts.made import ROOM, entry, paid

TREE = Path(__file__).parents[2]


async def outcomes(database: Database) -> dict[str, int]:
    query = select(rows.c.outcome, func.count().label("many")).group_by(rows.c.outcome)
    found = await database.read(lambda connection: connection.execute(query).all())
    return {row.outcome: row.many for row in found}


async def opened(tries: Iterable[Awaitable[None]]) -> list[bool]:
    became = await asyncio.gather(*tries, return_exceptions=True)
    assert {type(one) for one in became} <= {type(None), PersonCanFix}
    return [one is None for one in became]


@pytest.mark.parametrize("budgets", [("1", None), (None, "1"), ("1", "1")])
async def test_a_hundred_at_once_never_pass_a_budget(
    ledgers: Ledgers, database: Database, budgets: tuple[str | None, str | None]
) -> None:
    # As many replicas would: each has a group commit of its own.
    replicas = [ledgers(*budgets) for _ in range(4)]
    entries = [entry(f"{n}", "0.07") for n in range(100)]
    became = await opened(replicas[n % 4].open(one) for n, one in enumerate(entries))
    assert sum(became) == 14
    assert await outcomes(database) == {"open": 14}
    through = [one for one, through in zip(entries, became, strict=True) if through]
    await asyncio.gather(*(replicas[0].settle(one.id, Bill(Outcome.FREE, reason="busy")) for one in through))
    later = [entry(f"later {n}", "0.5") for n in range(100)]
    assert sum(await opened(replicas[n % 4].open(one) for n, one in enumerate(later))) == 2


async def test_a_workspace_holds_back_all_its_people_and_no_other(ledgers: Ledgers) -> None:
    ledger = ledgers("0.2", "1")
    people = [entry(f"{n}", "0.1", asker=f"U{n % 50}") for n in range(100)]
    others = [entry(f"o{n}", "0.1", asker="U1", place=Place("T2", "C1")) for n in range(100)]
    assert sum(await opened(map(ledger.open, people))) == 10
    assert sum(await opened(map(ledger.open, others))) == 2


async def test_one_who_is_refused_refuses_nobody_else(ledgers: Ledgers, database: Database) -> None:
    ledger = ledgers("1")
    entries = [entry("0", "0.6"), entry("1", "0.6"), entry("0", "0.1"), entry("3", "0.4"), entry("4", "0.0001")]
    became = await asyncio.gather(*map(ledger.open, entries), return_exceptions=True)
    assert [type(one) for one in became] == [type(None), PersonCanFix, ValueError, type(None), PersonCanFix]
    assert await outcomes(database) == {"open": 2}


async def test_a_burst_shares_transactions(ledgers: Ledgers, database: Database) -> None:
    ledger = ledgers("1000", "1000")
    commits: list[object] = []
    event.listen(database._writer, "commit", commits.append)
    entries = [entry(f"{n}") for n in range(200)]
    await asyncio.gather(*map(ledger.open, entries))
    await asyncio.gather(*(ledger.settle(one.id, paid()) for one in entries))
    assert await outcomes(database) == {"paid": 200}
    assert len(commits) <= 4


async def test_without_budgets_nothing_is_added_up(ledgers: Ledgers, database: Database) -> None:
    statements: list[str] = []
    for engine in (database._reader, database._writer):
        event.listen(engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    await ledgers().open(entry("a"))
    await ledgers().afford(ROOM, "U1", Decimal(10**6))
    assert not any("sum(" in one.lower() or "lock" in one.lower() for one in statements)


async def test_who_is_cancelled_holds_nothing(ledgers: Ledgers, database: Database) -> None:
    ledger = ledgers("1")
    entries = [entry(f"{n}", "0.1") for n in range(10)]
    tasks = [asyncio.create_task(ledger.open(one)) for one in entries]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    became = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one) for one in became] == [asyncio.CancelledError, type(None)] * 5
    await ledger.open(entry("after", "0.5"))
    assert "unknown" not in await outcomes(database)
    assert (await outcomes(database))["open"] == 6


async def test_who_is_cancelled_while_refused_is_cancelled(ledgers: Ledgers, database: Database) -> None:
    ledger = ledgers("0")
    task = asyncio.create_task(ledger.open(entry("a")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await outcomes(database) == {}


async def child(url: str, executor: str, many: int, budget: str) -> Process:
    arguments = ("-m", "tests.contracts.opening", url, executor, str(many), budget)
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=PIPE, stdout=PIPE, cwd=TREE)


async def go(process: Process) -> int:
    """Let it open its calls; how many it opened."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"go\n")
    return int(await process.stdout.readline())


async def test_several_processes_never_pass_a_budget_together(url: str, database: Database) -> None:
    children = [await child(url, name, 40, "5") for name in "abc"]
    counts = await asyncio.gather(*map(go, children))
    await asyncio.gather(*(process.communicate(b"end\n") for process in children))
    assert sum(counts) == 50
    assert await outcomes(database) == {"open": 50}


async def test_a_call_whose_process_was_killed_is_unknown_and_not_missing(url: str, database: Database) -> None:
    process = await child(url, "killed", 7, "100")
    assert await go(process) == 7
    process.kill()
    await process.wait()
    assert await outcomes(database) == {"open": 7}
    ledger = SqlLedger(database, Budgets(Decimal(1)), ZoneInfo("UTC"), "killed")
    await SqlExecutors(database, "killed", "next").join()
    assert await outcomes(database) == {"unknown": 7}
    await ledger.afford(ROOM, "U1", Decimal("0.3"))
    with pytest.raises(PersonCanFix):
        await ledger.open(entry("after", "0.4"))
