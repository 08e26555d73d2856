"""Threads: where the bot works."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.requests import Place
from bot.domain.threads import Thread
from bot.ports import Threads
from tests.contracts.made import ROOM


async def test_what_is_not_open_is_none(threads: Threads) -> None:
    assert await threads.find(ROOM) is None


@pytest.mark.parametrize("thread", [Thread(ROOM, True), Thread(ROOM, False, "P1")])
async def test_comes_back_as_it_was(threads: Threads, thread: Thread) -> None:
    await threads.open(thread)
    assert await threads.find(ROOM) == thread


async def test_opening_again_changes_nothing(threads: Threads) -> None:
    await threads.open(Thread(ROOM, True))
    await threads.point(ROOM, "P1")
    await asyncio.gather(*(threads.open(Thread(ROOM, False, "P0")) for _ in range(5)))
    assert await threads.find(ROOM) == Thread(ROOM, True, "P1")


async def test_a_thread_can_become_ours(threads: Threads) -> None:
    await threads.open(Thread(ROOM, False))
    await threads.point(ROOM, "P1")
    await threads.open(Thread(ROOM, True))
    assert await threads.find(ROOM) == Thread(ROOM, True, "P1")


async def test_points_at_the_newest(threads: Threads) -> None:
    await threads.open(Thread(ROOM, True))
    await threads.point(ROOM, "P1")
    await threads.point(ROOM, "P2")
    assert await threads.find(ROOM) == Thread(ROOM, True, "P2")


async def test_pointing_nowhere_is_harmless(threads: Threads) -> None:
    await threads.point(ROOM, "P1")
    assert await threads.find(ROOM) is None


async def test_threads_differ_in_team_channel_and_time(threads: Threads) -> None:
    await threads.open(Thread(ROOM, True))
    for other in (Place("T2", "C1", ROOM.thread), Place("T1", "C2", ROOM.thread), Place("T1", "C1", "2.0")):
        assert await threads.find(other) is None
