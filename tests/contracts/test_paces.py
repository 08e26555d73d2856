"""Calls per minute: counted on the ledger, over all processes, and refused before anything is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.domain.limits import Limits
from bot.domain.spend import Bill, Budgets, Entry, Outcome
from bot.errors import Paced, PersonCanFix
from storage.database import Database
from storage.ledger import SqlLedger
from storage.tables import ledger as rows
from tests.contracts.made import Clock, entry

Paces = Callable[..., SqlLedger]


@pytest.fixture
def paced(database: Database, clock: Clock) -> Paces:
    """Ledgers of several processes over the same rows, under these limits."""

    def make(limits: Limits, executor: str = "one", budgets: Budgets = Budgets()) -> SqlLedger:  # noqa: B008
        return SqlLedger(database, budgets, ZoneInfo("UTC"), executor, clock, lambda: limits)

    return make


async def tried(ledger: SqlLedger, entries: Iterable[Entry]) -> list[float | None]:
    """For each that was refused, the seconds it is to wait."""
    became = await asyncio.gather(*map(ledger.open, entries), return_exceptions=True)
    assert {type(one) for one in became} <= {type(None), Paced}
    return [one.retry_after if isinstance(one, Paced) else None for one in became]


async def count(database: Database) -> int:
    return await database.read(lambda connection: connection.scalar(select(func.count()).select_from(rows)) or 0)


async def test_so_many_in_a_minute_and_no_row_for_the_others(paced: Paces, database: Database, clock: Clock) -> None:
    ledger = paced(Limits(pace=3))
    assert await tried(ledger, [entry(f"{n}") for n in range(5)]) == [None, None, None, 65.0, 65.0]
    assert await count(database) == 3
    clock.passes(64.5)
    assert await tried(ledger, [entry("early")]) == [0.5]
    clock.passes(0.5)
    assert await tried(ledger, [entry(f"later {n}") for n in range(4)]) == [None, None, None, 65.0]


async def test_those_who_wait_are_told_of_different_moments(paced: Paces, clock: Clock) -> None:
    ledger = paced(Limits(pace=3))
    for n in range(3):
        await ledger.open(entry(f"{n}"))
        clock.passes(10)
    assert await tried(ledger, [entry(f"late {n}") for n in range(5)]) == [35.0, 45.0, 55.0, 100.0, 110.0]


async def test_a_call_that_was_turned_away_was_a_call(paced: Paces) -> None:
    ledger = paced(Limits(pace=1))
    await ledger.open(entry("0"))
    await ledger.settle("0", Bill(Outcome.FREE, reason="model_busy"))
    assert await tried(ledger, [entry("1")]) == [65.0]


async def test_each_model_and_each_route_has_its_own_minute(paced: Paces) -> None:
    ledger = paced(Limits(pace=1, paces={"model-2": 2}))
    same = [("model-1", "gemini"), ("model-1", "vertex"), ("model-2", "gemini"), ("model-2", "gemini")]
    assert await tried(ledger, [entry(f"{n}", model=m, route=r) for n, (m, r) in enumerate(same)]) == [None] * 4
    again = await tried(ledger, [entry(f"again {n}", model=m, route=r) for n, (m, r) in enumerate(same)])
    assert again == [65.0, 65.0, 65.0, 65.0]


async def test_a_model_without_a_limit_has_none(paced: Paces) -> None:
    ledger = paced(Limits(paces={"model-2": 1}))
    assert await tried(ledger, [entry(f"{n}") for n in range(50)]) == [None] * 50


async def test_many_processes_share_a_minute(paced: Paces, database: Database) -> None:
    processes = [paced(Limits(pace=17), f"{n}") for n in range(4)]
    became = await asyncio.gather(
        *(tried(process, [entry(f"{n} {m}") for m in range(20)]) for n, process in enumerate(processes))
    )
    assert sum(wait is None for waits in became for wait in waits) == await count(database) == 17


async def test_limits_that_have_changed_hold_for_the_next_call(database: Database, clock: Clock) -> None:
    now = [Limits(pace=1)]
    ledger = SqlLedger(database, Budgets(), ZoneInfo("UTC"), "one", clock, lambda: now[0])
    assert await tried(ledger, [entry("0"), entry("1")]) == [None, 65.0]
    now[0] = Limits(pace=2)
    assert await tried(ledger, [entry("1"), entry("2")]) == [None, 65.0]
    now[0] = Limits()
    assert await tried(ledger, [entry("2"), entry("3")]) == [None, None]


async def test_who_cannot_pay_is_not_told_to_wait(paced: Paces) -> None:
    ledger = paced(Limits(pace=1), budgets=Budgets(person_day=entry("x", "0.1").held))
    await ledger.open(entry("0", "0.1"))
    with pytest.raises(PersonCanFix, match="budget_person"):
        await ledger.open(entry("1", "0.1"))
