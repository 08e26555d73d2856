"""Retirements: remembered for a day."""

from __future__ import annotations

import asyncio

from storage.retirements import SqlRetirements
from tests.contracts.made import Clock

DAY = 24 * 60 * 60


async def test_nothing_is_retired(retirements: SqlRetirements) -> None:
    assert await retirements.retired() == frozenset()


async def test_a_model_is_retired_for_a_day(retirements: SqlRetirements, clock: Clock) -> None:
    await retirements.retire("a")
    clock.passes(DAY - 1)
    await retirements.retire("b")
    assert await retirements.retired() == {"a", "b"}
    clock.passes(1)
    assert await retirements.retired() == {"b"}


async def test_a_model_that_painted_is_there_again(retirements: SqlRetirements) -> None:
    await retirements.retire("a")
    await retirements.retire("b")
    await retirements.restore("a")
    await retirements.restore("never gone")
    assert await retirements.retired() == {"b"}
    await retirements.retire("a")
    assert await retirements.retired() == {"a", "b"}


async def test_a_model_that_is_still_not_there_stays_retired(retirements: SqlRetirements, clock: Clock) -> None:
    await retirements.retire("a")
    clock.passes(DAY - 1)
    await asyncio.gather(*(retirements.retire("a") for _ in range(10)))
    clock.passes(DAY - 1)
    assert await retirements.retired() == {"a"}
