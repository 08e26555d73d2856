"""Group commit, with writers made for the test."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy.exc import OperationalError

from storage.gathering import MOST, Gathering


class Writer:
    """Writes even numbers; refuses the others; can be held back, and can break."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun = asyncio.Event()
        self.going = asyncio.Event()
        self.going.set()
        self.broken = False

    async def __call__(self, items: Sequence[int]) -> list[str]:
        self.batches.append([*items])
        self.begun.set()
        await self.going.wait()
        if self.broken:
            raise OperationalError("INSERT", {}, OSError("disk full"))
        if any(item % 2 for item in items):
            raise ValueError
        return [str(item) for item in items]


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def gathering(writer: Writer) -> Gathering[int, str]:
    return Gathering(writer)


async def test_those_who_come_together_are_written_together(gathering: Gathering[int, str], writer: Writer) -> None:
    assert await asyncio.gather(*map(gathering.add, [2, 4, 6])) == ["2", "4", "6"]
    assert writer.batches == [[2, 4, 6]]


async def test_those_who_come_meanwhile_are_the_next_batch(gathering: Gathering[int, str], writer: Writer) -> None:
    writer.going.clear()
    first = asyncio.create_task(gathering.add(2))
    await asyncio.wait_for(writer.begun.wait(), 5)
    later = [asyncio.create_task(gathering.add(item)) for item in (4, 6)]
    await asyncio.sleep(0)
    writer.going.set()
    assert await asyncio.gather(first, *later) == ["2", "4", "6"]
    assert writer.batches == [[2], [4, 6]]


async def test_a_crowd_is_several_batches(gathering: Gathering[int, str], writer: Writer) -> None:
    items = [2 * n for n in range(MOST + 1)]
    assert await asyncio.gather(*map(gathering.add, items)) == [str(item) for item in items]
    assert [len(batch) for batch in writer.batches] == [MOST, 1]


async def test_one_at_fault_fails_alone(gathering: Gathering[int, str]) -> None:
    became = await asyncio.gather(*map(gathering.add, [2, 3, 4, 5]), return_exceptions=True)
    assert [type(one) for one in became] == [str, ValueError, str, ValueError]
    assert await gathering.add(8) == "8"


async def test_a_broken_database_is_not_tried_for_each(gathering: Gathering[int, str], writer: Writer) -> None:
    writer.broken = True
    became = await asyncio.gather(*(gathering.add(2) for _ in range(50)), return_exceptions=True)
    assert {type(one) for one in became} == {OperationalError}
    assert len(writer.batches) == 1
    writer.broken = False
    assert await gathering.add(2) == "2"


async def test_who_leaves_before_is_not_written(gathering: Gathering[int, str], writer: Writer) -> None:
    writer.going.clear()
    tasks = [asyncio.create_task(gathering.add(item)) for item in (2, 4, 6, 8)]
    await asyncio.wait_for(writer.begun.wait(), 5)
    late = [asyncio.create_task(gathering.add(item)) for item in (10, 12)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    late[0].cancel()
    await asyncio.sleep(0)
    writer.going.set()
    became = await asyncio.gather(*tasks, *late, return_exceptions=True)
    assert [str(one) for one in became if not isinstance(one, BaseException)] == ["2", "6", "8", "12"]
    assert writer.batches == [[2, 4, 6, 8], [12]]


async def test_draining_waits_for_everybody(gathering: Gathering[int, str], writer: Writer) -> None:
    await gathering.drain()
    tasks = [asyncio.create_task(gathering.add(item)) for item in (2, 4)]
    await asyncio.sleep(0)
    await gathering.drain()
    assert writer.batches == [[2, 4]]
    assert [await task for task in tasks] == ["2", "4"]


async def test_when_the_loop_ends_nobody_waits_for_ever(gathering: Gathering[int, str], writer: Writer) -> None:
    writer.going.clear()
    waiting = asyncio.create_task(gathering.add(2))
    await asyncio.wait_for(writer.begun.wait(), 5)
    late = asyncio.create_task(gathering.add(4))
    await asyncio.sleep(0)
    assert gathering._task is not None
    gathering._task.cancel()
    became = await asyncio.gather(waiting, late, return_exceptions=True)
    assert [type(one) for one in became] == [asyncio.CancelledError] * 2
    writer.going.set()
    assert await gathering.add(6) == "6"
