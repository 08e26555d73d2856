"""Requests: who comes next. One lane is one thread; its requests are done one after the other."""

from __future__ import annotations

import pytest

from bot.domain.requests import ImageRequest, Place
from bot.ports import Requests, Threads
from tests.contracts.made import ROOM, command, reply

OTHER = Place("T1", "C1", "1763720555.000100")


async def accepted(requests: Requests, *all_: ImageRequest) -> None:
    for one in all_:
        await requests.accept(one)


async def test_one_a_lane_and_the_oldest_first(requests: Requests) -> None:
    await accepted(requests, reply("a"), reply("b"), command("c"), reply("d", place=OTHER), command("e"))
    assert await requests.admissible(10) == ["a", "c", "d", "e"]
    assert await requests.admissible(2) == ["a", "c"]
    assert await requests.admissible(0) == []


async def test_within_a_lane_the_messages_own_time_counts_as_a_number(requests: Requests) -> None:
    late, early = reply("late", ts="1763720010.5"), reply("early", ts="999999999.000100")
    await accepted(requests, late, reply("next", ts="1763720010.500001"), early)
    order = []
    while heads := await requests.admissible(5):
        order += heads
        await requests.admit(heads)
        await requests.finish(heads[0])
    assert order == ["early", "late", "next"]


@pytest.mark.parametrize("ts", ["", "now", "nan", "-5", "1e400", "1e999999999", "Infinity", "\ud800", "9" * 400])
async def test_a_time_that_is_none_stops_nobody(requests: Requests, ts: str) -> None:
    await accepted(requests, reply("odd", ts=ts), reply("even"))
    assert sorted([*await requests.admissible(5)]) in (["odd"], ["even"])


async def test_a_lane_with_somebody_at_work_waits(requests: Requests) -> None:
    await accepted(requests, reply("a"), reply("b"), reply("c", place=OTHER))
    await requests.admit(["a"])
    assert await requests.admissible(5) == ["c"]
    assert await requests.at_work() == ["a"]
    await requests.finish("a")
    assert await requests.admissible(5) == ["b", "c"]
    assert await requests.at_work() == []


async def test_at_work_oldest_first(requests: Requests) -> None:
    await accepted(requests, *(command(key) for key in "zyx"))
    await requests.admit(["x"])
    await requests.admit(["y", "z"])
    assert await requests.at_work() == ["z", "y", "x"]


async def test_doing_it_twice_changes_nothing(requests: Requests) -> None:
    await accepted(requests, command("a"), command("b"))
    await requests.admit(["a", "b"])
    await requests.admit(["a", "a"])
    await requests.finish("a")
    await requests.finish("a")
    await requests.admit(["a"])
    assert await requests.at_work() == ["b"]


async def test_nothing_to_do_is_no_trouble(requests: Requests) -> None:
    assert await requests.admissible(5) == []
    await requests.admit([])
    await requests.admit(["nobody"])
    await requests.finish("nobody")
    assert await requests.at_work() == []


async def test_one_can_be_finished_without_having_been_at_work(requests: Requests) -> None:
    await accepted(requests, reply("a"), reply("b"))
    await requests.finish("a")
    assert await requests.admissible(5) == ["b"]


async def test_a_command_moves_into_the_thread_it_opened(requests: Requests, threads: Threads) -> None:
    await accepted(requests, command("a"))
    await requests.admit(["a"])
    for _ in range(2):
        await requests.rooted("a", OTHER)
    await accepted(requests, reply("b", place=OTHER))
    assert (await requests.find("a")).place == OTHER
    assert await requests.admissible(5) == []
    thread = await threads.find(OTHER)
    assert thread is not None
    assert thread.ours
    await requests.finish("a")
    assert await requests.admissible(5) == ["b"]


async def test_nobody_unknown_gets_a_thread(requests: Requests, threads: Threads) -> None:
    with pytest.raises(KeyError):
        await requests.rooted("nobody", OTHER)
    assert await threads.find(OTHER) is None


async def test_threads_of_two_workspaces_are_two_lanes(requests: Requests) -> None:
    twin = Place("T2", ROOM.channel, ROOM.thread)
    await accepted(requests, reply("a"), reply("b", place=twin))
    assert await requests.admissible(5) == ["a", "b"]
