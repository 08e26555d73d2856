"""Requests that were called off: whoever asked, where they said so, and nothing that was asked later."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.requests import Act, Place
from bot.domain.spend import Bill, Outcome
from bot.ports import Accepted, Cancelled
from storage.database import Database
from storage.departures import SqlDepartures
from storage.ledger import SqlLedger
from storage.requests import SqlRequests as Requests
from tests.contracts.made import ROOM, Clock, click, command, entry, reply

HERE = Place("T1", "C1")
ELSEWHERE = Place("T1", "C2")
WHEN = "1763720001.000100"  # a reply's own time; the clock of the contracts stands a second before it


@pytest.fixture
def departures(database: Database) -> SqlDepartures:
    return SqlDepartures(database)


async def test_what_waits_is_over_and_what_is_at_work_is_marked(requests: Requests) -> None:
    for one in (command("works"), reply("waits"), reply("waits too", place=Place("T1", "C1", "2.2"))):
        await requests.accept(one)
    assert await requests.claim(1) == ["works"]
    assert await requests.cancel(HERE, "U1") == Cancelled(waiting=2, at_work=1)
    assert await requests.claim(9) == []
    assert await requests.cancelled() == {"works"}
    assert [(await requests.find(key)).cancelled for key in ("works", "waits")] == [True, True]
    assert await requests.cancel(HERE, "U1") == Cancelled(0, 1)  # it is still being stopped
    await requests.finish("works")
    assert await requests.cancel(HERE, "U1") == Cancelled(0, 0)
    assert await requests.cancelled() == frozenset()


async def test_others_and_other_places_go_on(requests: Requests) -> None:
    mine, others = command("mine"), command("others", asker="U2")
    for one in (mine, others, command("away", place=ELSEWHERE), command("abroad", place=Place("T2", "C1"))):
        await requests.accept(one)
    assert await requests.cancel(HERE, "U1") == Cancelled(1, 0)
    assert await requests.claim(9) == ["others", "away", "abroad"]


async def test_in_a_thread_only_the_thread(requests: Requests) -> None:
    for one in (reply("here"), reply("beside", place=Place("T1", "C1", "2.2")), command("above"), click("pressed")):
        await requests.accept(one)
    assert await requests.cancel(ROOM, "U1") == Cancelled(2, 0)
    assert set(await requests.claim(9)) == {"beside", "above"}


async def test_a_commands_thread_is_its_thread_once_it_is_posted(requests: Requests) -> None:
    await requests.accept(command("fox"))
    assert await requests.claim(1) == ["fox"]
    await requests.rooted("fox", ROOM)
    assert await requests.cancel(ROOM, "U1") == Cancelled(0, 1)


@pytest.mark.parametrize("act", [Act.REPORT, Act.PICK, Act.LOST])
async def test_what_costs_nothing_is_not_stopped(requests: Requests, act: Act) -> None:
    await requests.accept(reply("k", act=act))
    assert await requests.cancel(HERE, "U1") == Cancelled(0, 0)


async def test_a_word_that_comes_again_later_stops_nothing_newer(requests: Requests, clock: Clock) -> None:
    await requests.accept(reply("before", ts="1763720000.900000"))
    await requests.accept(command("typed before", ts="0"))
    clock.passes(60)
    await requests.accept(reply("after", ts="1763720059.0"))
    await requests.accept(command("typed after", ts="0"))
    assert await requests.cancel(HERE, "U1", WHEN) == Cancelled(2, 0)
    assert await requests.cancel(HERE, "U1", WHEN) == Cancelled(0, 0)
    assert set(await requests.claim(9)) == {"after", "typed after"}


async def test_a_button_can_be_pressed_again_once_its_click_is_cancelled(requests: Requests) -> None:
    first, second = click("first"), click("second")
    assert await requests.accept(first) is Accepted.NEW
    assert await requests.accept(second) is Accepted.TWIN
    await requests.claim(1)
    await requests.cancel(ROOM, "U1")
    assert await requests.accept(click("third")) is Accepted.NEW
    assert await requests.accept(click("fourth")) is Accepted.TWIN


async def test_only_who_works_on_it_hears_of_it(database: Database, requests: Requests) -> None:
    other = Requests(database, executor="other")
    await requests.accept(command("ours"))
    await requests.claim(1)
    await requests.accept(command("theirs"))
    await other.claim(1)
    await requests.cancel(HERE, "U1")
    assert (await requests.cancelled(), await other.cancelled()) == ({"ours"}, {"theirs"})
    await requests.adopt("theirs")
    assert (await requests.cancelled(), await other.cancelled()) == ({"ours", "theirs"}, frozenset())


async def test_claimed_and_cancelled_at_the_same_moment_it_is_one_of_the_two(
    database: Database, requests: Requests
) -> None:
    for n in range(30):
        await requests.accept(command(f"{n}"))
        claimed, found = await asyncio.gather(requests.claim(9), requests.cancel(HERE, "U1"))
        assert found in (Cancelled(1, 0), Cancelled(0, 1))
        assert len(claimed) == found.at_work
        assert await requests.cancelled() >= set(claimed)
        await requests.finish(f"{n}")


async def test_who_leaves_abandons_everything_and_asks_for_nothing_more(
    database: Database, requests: Requests, departures: SqlDepartures
) -> None:
    for one in (command("works"), reply("waits"), reply("report", act=Act.REPORT), command("others", asker="U2")):
        await requests.accept(one)
    await requests.accept(command("elsewhere", place=Place("T2", "C1")))
    assert await requests.claim(1) == ["works"]
    await departures.left("T1")
    assert await requests.abandon("T1") == Cancelled(waiting=3, at_work=1)
    assert await requests.cancelled() == {"works"}
    both = [requests.accept(command("late")), requests.accept(command("new", place=Place("T2", "C1")))]
    assert await asyncio.gather(*both) == [Accepted.GONE, Accepted.NEW]
    assert await requests.claim(9) == ["elsewhere", "new"]
    await departures.returned("T1")
    assert await requests.accept(command("late")) is Accepted.NEW


async def test_a_message_that_was_deleted_asks_for_nothing(requests: Requests) -> None:
    for key in ("works", "waits"):
        await requests.accept(reply(key, place=Place("T1", "C1", key)))
    await requests.claim(1)
    for key in ("works", "waits", "nobody"):
        await requests.withdraw(key, f"turn of {key}")
    assert await requests.claim(9) == []
    assert await requests.cancelled() == {"works"}
    assert [(await requests.find(key)).withdrawn for key in ("works", "waits")] == [True, True]


async def test_what_has_begun_to_cost_goes_on_though_its_message_is_deleted(
    requests: Requests, ledger: SqlLedger
) -> None:
    await requests.accept(reply("works"))
    await requests.claim(1)
    await ledger.open(entry("call"))
    await requests.withdraw("works", "call")
    assert await requests.cancelled() == frozenset()
    assert not (await requests.find("works")).withdrawn


async def test_an_attempt_that_cost_nothing_does_not_keep_it_going(requests: Requests, ledger: SqlLedger) -> None:
    await requests.accept(reply("works"))
    await requests.claim(1)
    await ledger.open(entry("call"))
    await ledger.settle("call", Bill(Outcome.FREE, reason="model_overloaded"))
    await requests.withdraw("works", "call")
    assert await requests.cancelled() == {"works"}
    assert (await requests.find("works")).withdrawn


async def test_what_is_over_stays_as_it_is_when_its_message_is_deleted(requests: Requests) -> None:
    await requests.accept(reply("done"))
    await requests.claim(1)
    await requests.finish("done")
    await requests.withdraw("done", "t")
    assert not (await requests.find("done")).withdrawn
