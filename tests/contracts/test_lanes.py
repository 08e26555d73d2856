"""Requests: who comes next. One lane is one thread; its requests are done one after the other."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.requests import ImageRequest, Place
from bot.ports import Threads
from storage.database import Database
from storage.requests import SqlRequests as Requests
from tests.contracts.made import ROOM, command, reply

OTHER = Place("T1", "C1", "1763720555.000100")


async def accepted(requests: Requests, *all_: ImageRequest) -> None:
    for one in all_:
        await requests.accept(one)


async def test_one_a_lane_and_the_oldest_first(requests: Requests) -> None:
    await accepted(requests, reply("a"), reply("b"), command("c"), reply("d", place=OTHER), command("e"))
    assert await requests.claim(0) == []
    assert await requests.claim(2) == ["a", "c"]
    assert await requests.claim(10) == ["d", "e"]
    assert await requests.claim(10) == []


async def test_within_a_lane_the_messages_own_time_counts_as_a_number(requests: Requests) -> None:
    late, early = reply("late", ts="1763720010.5"), reply("early", ts="999999999.000100")
    await accepted(requests, late, reply("next", ts="1763720010.500001"), early)
    order = []
    while heads := await requests.claim(5):
        order += heads
        await requests.finish(heads[0])
    assert order == ["early", "late", "next"]


@pytest.mark.parametrize("ts", ["", "now", "nan", "-5", "1e400", "1e999999999", "Infinity", "\ud800", "9" * 400])
async def test_a_time_that_is_none_stops_nobody(requests: Requests, ts: str) -> None:
    await accepted(requests, reply("odd", ts=ts), reply("even"))
    assert await requests.claim(5) in (["odd"], ["even"])


async def test_a_lane_with_somebody_at_work_waits(requests: Requests) -> None:
    await accepted(requests, reply("a"), reply("b"), reply("c", place=OTHER))
    assert await requests.claim(1) == ["a"]
    assert await requests.claim(5) == ["c"]
    assert await requests.at_work() == ["a", "c"]
    await requests.finish("a")
    assert await requests.claim(5) == ["b"]
    assert await requests.at_work() == ["b", "c"]


async def test_doing_it_twice_changes_nothing(requests: Requests) -> None:
    await accepted(requests, command("a"), command("b"))
    assert await requests.claim(5) == ["a", "b"]
    for _ in range(2):
        await requests.finish("a")
        await requests.begun("a")
        await requests.failed("b", "poisoned")
    assert await requests.at_work() == ["b"]
    assert await requests.claim(5) == []


async def test_nothing_to_do_is_no_trouble(requests: Requests) -> None:
    assert await requests.claim(5) == []
    await requests.finish("nobody")
    await requests.begun("nobody")
    await requests.failed("nobody", "poisoned")
    assert await requests.adopt("nobody") is None
    assert await requests.at_work() == []


async def test_one_can_be_finished_without_having_been_at_work(requests: Requests) -> None:
    await accepted(requests, reply("a"), reply("b"))
    await requests.finish("a")
    assert await requests.claim(5) == ["b"]


async def test_a_command_moves_into_the_thread_it_opened(requests: Requests, threads: Threads) -> None:
    await accepted(requests, command("a"))
    assert await requests.claim(5) == ["a"]
    for _ in range(2):
        await requests.rooted("a", OTHER)
    await accepted(requests, reply("b", place=OTHER))
    assert (await requests.find("a")).place == OTHER
    assert await requests.claim(5) == []
    thread = await threads.find(OTHER)
    assert thread is not None
    assert thread.ours
    await requests.finish("a")
    assert await requests.claim(5) == ["b"]


async def test_nobody_unknown_gets_a_thread(requests: Requests, threads: Threads) -> None:
    with pytest.raises(KeyError):
        await requests.rooted("nobody", OTHER)
    assert await threads.find(OTHER) is None


async def test_threads_of_two_workspaces_are_two_lanes(requests: Requests) -> None:
    twin = Place("T2", ROOM.channel, ROOM.thread)
    await accepted(requests, reply("a"), reply("b", place=twin))
    assert await requests.claim(5) == ["a", "b"]


async def test_each_executor_has_its_own_at_work(database: Database, requests: Requests) -> None:
    other = Requests(database, executor="other")
    await accepted(requests, *(command(key) for key in "zyx"))
    assert await requests.claim(1) == ["z"]
    assert await other.claim(5) == ["y", "x"]
    assert await requests.at_work() == ["z"]
    assert await other.at_work() == ["y", "x"]
    assert await requests.adopt("x") == 0
    assert await requests.at_work() == ["z", "x"]
    assert await other.at_work() == ["y"]
    await other.finish("y")
    assert await requests.adopt("y") is None


async def test_many_claim_at_once_and_nobody_gets_what_another_has(url: str, requests: Requests) -> None:
    """Each with connections of its own, as processes have them."""
    lanes = [Place("T1", "C1", f"17637200{number:02}.000100") for number in range(20)]
    await accepted(requests, *(reply(f"{n}-{lane.thread}", place=lane) for n in range(3) for lane in lanes))
    databases = [Database(url) for _ in range(4)]
    claimants = [Requests(one, executor=str(number)) for number, one in enumerate(databases)]
    done: list[str] = []
    for _ in range(3):
        taken = [key for keys in await asyncio.gather(*(one.claim(7) for one in claimants * 5)) for key in keys]
        assert sorted(key.partition("-")[2] for key in taken) == [lane.thread for lane in lanes]
        assert sorted(taken) == sorted([key for one in claimants for key in await one.at_work()])
        for key in taken:
            await requests.finish(key)
        done += taken
    assert len(set(done)) == 60
    for one in databases:
        await one.close()
