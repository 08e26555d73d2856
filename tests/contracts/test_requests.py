"""Requests: what becomes of a delivery at the door."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.requests import Act, ImageRequest, Place
from bot.ports import Accepted, Requests, Threads, Turns
from storage.acceptance import accept_all, opens_thread
from storage.database import Database
from storage.requests import SqlRequests
from tests.contracts.made import ROOM, Clock, click, command, picture, reply, turn, whole_requests

TOP = Place("T1", "C1", "1763720009.000100")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(request_=whole_requests)
async def test_comes_back_as_it_was(requests: Requests, request_: ImageRequest) -> None:
    assert await requests.accept(request_) is Accepted.NEW
    assert await requests.find(request_.key) == request_


async def test_a_delivery_is_new_once(requests: Requests) -> None:
    assert await requests.accept(command("a")) is Accepted.NEW
    assert await requests.accept(command("a", text="other words")) is Accepted.KNOWN
    assert (await requests.find("a")).text == "a red fox"
    await requests.finish("a")
    assert await requests.accept(command("a")) is Accepted.KNOWN


async def test_of_the_same_at_once_one_is_new(requests: Requests) -> None:
    became = await asyncio.gather(*(requests.accept(command(f"k{n % 10}")) for n in range(100)))
    assert became.count(Accepted.NEW) == 10
    assert became.count(Accepted.KNOWN) == 90


async def test_two_processes_write_one_delivery_once(requests: Requests, url: str) -> None:
    other = Database(url)
    replica = SqlRequests(other)
    both = [asyncio.gather(*(at.accept(command(f"k{n}")) for n in range(50))) for at in (requests, replica)]
    became = [one for answers in await asyncio.gather(*both) for one in answers]
    await other.close()
    assert became.count(Accepted.NEW) == 50
    assert became.count(Accepted.KNOWN) == 50


async def test_an_unknown_one_is_a_key_error(requests: Requests) -> None:
    with pytest.raises(KeyError):
        await requests.find("nobody")


@pytest.mark.parametrize("act", [Act.AGAIN, Act.VARIATIONS, Act.PRO, Act.ENLARGE, Act.PICK])
async def test_a_second_click_is_a_twin_while_the_first_is_unfinished(
    requests: Requests, clock: Clock, act: Act
) -> None:
    assert await requests.accept(click("a", act)) is Accepted.NEW
    clock.passes(3600)
    assert await requests.accept(click("b", act)) is Accepted.TWIN
    with pytest.raises(KeyError):
        await requests.find("b")
    await requests.finish("a")
    assert await requests.accept(click("b", act)) is Accepted.NEW


async def test_a_second_click_is_a_twin_for_three_seconds(requests: Requests, clock: Clock) -> None:
    await requests.accept(click("a"))
    await requests.finish("a")
    clock.passes(2.9)
    assert await requests.accept(click("b")) is Accepted.TWIN
    clock.passes(0.1)
    assert await requests.accept(click("c")) is Accepted.NEW


async def test_a_clock_that_was_set_back_blocks_no_button(requests: Requests, clock: Clock) -> None:
    await requests.accept(click("a"))
    await requests.finish("a")
    clock.passes(-3600)
    assert await requests.accept(click("b")) is Accepted.NEW


async def test_clicks_at_once_are_one_and_twins(requests: Requests) -> None:
    became = await asyncio.gather(*(requests.accept(click(f"k{n}")) for n in range(9)))
    assert became == [Accepted.NEW] + [Accepted.TWIN] * 8


async def test_two_processes_take_turns_over_a_button(turns: Turns, database: Database, url: str, clock: Clock) -> None:
    await turns.begin(turn("t", pictures=(picture("P1", "t"),)))
    other = Database(url)
    with database.writing() as connection:
        assert accept_all(connection, [click("a")], clock()) == [Accepted.NEW]
        waiting = asyncio.create_task(SqlRequests(other, clock).accept(click("b")))
        decided, _ = await asyncio.wait([waiting], timeout=0.3)
        assert not decided
    assert await waiting is Accepted.TWIN
    await other.close()


async def test_a_known_click_stays_known_whatever_came_after_it(requests: Requests, clock: Clock) -> None:
    await requests.accept(click("a"))
    await requests.finish("a")
    clock.passes(10)
    await requests.accept(click("b"))
    assert await requests.accept(click("a")) is Accepted.KNOWN
    assert await requests.accept(click("b")) is Accepted.KNOWN


@pytest.mark.parametrize(
    "other",
    [
        click("b", Act.AGAIN, picture="P2"),
        click("b", Act.PRO, picture="P1"),
        click("b", Act.PICK, picture="P1"),
        reply("b", picture="P1"),
    ],
)
async def test_another_button_is_no_twin(requests: Requests, other: ImageRequest) -> None:
    await requests.accept(click("a", Act.AGAIN, picture="P1"))
    assert await requests.accept(other) is Accepted.NEW


async def test_buttons_without_a_picture_are_no_twins(requests: Requests) -> None:
    assert await requests.accept(click("a", picture="")) is Accepted.NEW
    assert await requests.accept(click("b", picture="")) is Accepted.NEW


async def test_a_mention_at_the_top_opens_its_thread(requests: Requests, threads: Threads) -> None:
    await requests.accept(reply("a", ts=TOP.thread, place=TOP, act=Act.MENTION))
    thread = await threads.find(TOP)
    assert thread is not None
    assert thread.ours
    assert thread.newest == ""


async def test_a_known_mention_does_not_forget_the_newest_picture(requests: Requests, threads: Threads) -> None:
    mention = reply("a", ts=TOP.thread, place=TOP, act=Act.MENTION)
    await requests.accept(mention)
    await threads.point(TOP, "P7")
    await requests.accept(mention)
    await requests.accept(replace(mention, key="b"))
    thread = await threads.find(TOP)
    assert thread is not None
    assert thread.newest == "P7"


async def test_a_reply_opens_nothing_in_a_channel(requests: Requests, threads: Threads) -> None:
    await requests.accept(reply("a"))
    await requests.accept(reply("b", act=Act.MENTION))
    assert await threads.find(ROOM) is None


DM = Place("T1", "D1", "1763720000.000100")


@pytest.mark.parametrize(
    ("request_", "opens"),
    [
        (reply("a", ts=ROOM.thread, act=Act.MENTION), True),
        (reply("a", act=Act.MENTION), False),
        (reply("a", ts=ROOM.thread), False),
        (reply("a", place=DM), True),
        (reply("a", place=DM, act=Act.MENTION), True),
        (click("a", place=DM), True),
        (command("a", ts=""), False),
        (command("a", place=Place("T1", "D1")), False),
    ],
)
def test_which_requests_open_a_thread(request_: ImageRequest, opens: bool) -> None:
    assert opens_thread(request_) is opens


async def test_what_no_database_takes_is_left_out(requests: Requests) -> None:
    odd = command("a\0b", text="fox\0 \ud83d\ude00 \ud800!", answer_url="\udfff")
    assert await requests.accept(odd) is Accepted.NEW
    assert await requests.accept(odd) is Accepted.KNOWN
    stored = await requests.find("a\0b")
    assert stored.key == "ab"
    assert stored.text == "fox \U0001f600 \ufffd!"


async def test_one_that_cannot_be_stored_leaves_its_neighbours_alone(requests: Requests) -> None:
    broken = command("broken", text=None)
    tried = [command("a"), broken, command("b"), click("c"), click("d")]
    became = await asyncio.gather(*map(requests.accept, tried), return_exceptions=True)
    assert [became[0], *became[2:]] == [Accepted.NEW, Accepted.NEW, Accepted.NEW, Accepted.TWIN]
    assert isinstance(became[1], Exception)
    assert (await requests.find("b")).key == "b"


async def test_a_caller_who_leaves_takes_nobody_along(requests: Requests) -> None:
    tasks = [asyncio.create_task(requests.accept(command(f"k{n}"))) for n in range(20)]
    await asyncio.sleep(0)
    for leaving in tasks[::2]:
        leaving.cancel()
    became = await asyncio.gather(*tasks, return_exceptions=True)
    assert became[1::2] == [Accepted.NEW] * 10
    assert await requests.accept(command("after")) is Accepted.NEW


async def test_closing_writes_what_waits(url: str) -> None:
    database = Database(url)
    closing = SqlRequests(database)
    tasks = [asyncio.create_task(closing.accept(command(f"k{n}"))) for n in range(20)]
    await asyncio.sleep(0)
    await database.close()
    assert [await task for task in tasks] == [Accepted.NEW] * 20
