"""Who waits for a model's minute, in which order, and what that costs everybody else: nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from PIL import Image

from bot.domain.fairness import Person
from bot.domain.limits import Limits
from bot.domain.options import Options
from bot.domain.turns import Turn
from bot.errors import Paced
from bot.ports import Answer, Given, Said, Usage
from bot.studio import minutes as room
from bot.studio.line import Line
from bot.studio.minutes import Minutes
from bot.studio.painting import Painting
from bot.studio.places import LocalPlaces
from tests.fakes.engines import ScriptedEngine
from tests.unit.imaging_material import saved
from tests.unit.made import CATALOGUE, FLASH, turn
from tests.unit.test_painting import Room as Desk

DRAWN = Answer((Said("", Given(saved(Image.new("RGB", (8, 8)), "PNG"), "image/png"), b"s"),), Usage(), 1.0)

ANA, BEN, CAT = (("T1", name) for name in ("UANA", "UBEN", "UCAT"))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LOOK", 0.01)


async def until(look: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not look():  # noqa: ASYNC110 - the loop under test runs in between
            await asyncio.sleep(0.001)


async def test_nobody_waits_for_a_model_that_has_refused_nobody() -> None:
    await asyncio.wait_for(Minutes().wait("m", "a", ANA, 1.0), 0.5)


async def test_those_of_one_person_go_in_the_order_in_which_they_came_and_see_how_they_stand() -> None:
    minutes, went = Minutes(), []
    minutes.put_off("m", 60.0)
    minutes.put_off("m", 0.3)  # of several the first counts

    async def wait(id: str, since: float) -> None:
        await minutes.wait("m", id, ANA, since)
        went.append(id)

    waiting = [asyncio.create_task(wait(id, since)) for id, since in (("b", 2.0), ("c", 3.0), ("a", 1.0))]
    await until(lambda: minutes.stands("m", "c")[0] == 3)
    places = [minutes.stands("m", id)[0] for id in "abcd"]
    assert places == [1, 2, 3, 0]
    assert 0 < minutes.stands("m", "a")[1] - time.time() <= 0.3
    await asyncio.wait_for(asyncio.gather(*waiting), 5)
    assert went == ["a", "b", "c"]


class Queue:
    """Everybody waits for one model; `went` is who was let through."""

    def __init__(self) -> None:
        self.minutes = Minutes()
        self.minutes.put_off("m", 60.0)
        self.went: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []

    def add(self, id: str, person: Person, since: float) -> None:
        self.tasks.append(asyncio.create_task(self._wait(id, person, since)))

    async def _wait(self, id: str, person: Person, since: float) -> None:
        await self.minutes.wait("m", id, person, since)
        self.went.append(id)
        self.minutes.put_off("m", 60.0)

    async def lets(self, id: str) -> None:
        """The minute has room for one."""
        self.minutes._free["m"] = 0.0
        await until(lambda: id in self.went)

    def line(self) -> list[str]:
        return [id for _, id, _ in self.minutes._lines.get("m", [])]

    async def waits(self, *ids: str) -> None:
        await until(lambda: self.line() == [*ids])

    async def ends(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


@pytest.fixture
async def queue() -> AsyncIterator[Queue]:
    made = Queue()
    yield made
    await made.ends()


async def test_whoever_comes_waits_for_one_of_each_other_person_at_most(queue: Queue) -> None:
    for n in range(4):
        queue.add(f"a{n}", ANA, time.monotonic())
    await queue.waits("a0", "a1", "a2", "a3")
    queue.add("b0", BEN, time.monotonic())
    queue.add("b1", BEN, time.monotonic())
    await queue.waits("a0", "b0", "a1", "b1", "a2", "a3")
    await queue.lets("a0")
    await queue.waits("b0", "a1", "b1", "a2", "a3")
    queue.add("c0", CAT, time.monotonic())  # later than a turn of Ana's went, earlier than one of Ben's does
    await queue.waits("b0", "a1", "c0", "b1", "a2", "a3")
    await queue.lets("b0")
    await queue.waits("a1", "c0", "b1", "a2", "a3")


async def test_whoever_asks_anew_again_and_again_keeps_nobody_waiting(queue: Queue) -> None:
    for id in ("a0", "a1", "a2"):
        queue.add(id, ANA, time.monotonic())
    await queue.waits("a0", "a1", "a2")
    for id, asked in (("a0", "b0"), ("b0", "b1"), ("a1", "b2"), ("b1", "b3"), ("a2", "b4")):
        queue.add(asked, BEN, time.monotonic())
        await until(lambda asked=asked: asked in queue.line())  # type: ignore[misc]
        await queue.lets(id)
    assert queue.went == ["a0", "b0", "a1", "b1", "a2"]


async def test_whoever_tries_too_early_comes_back_to_where_it_was(queue: Queue) -> None:
    came = [time.monotonic() for _ in range(5)]
    queue.add("b0", BEN, came[0])
    queue.add("a0", ANA, came[1])
    queue.add("a1", ANA, came[2])
    await queue.waits("b0", "a0", "a1")
    await queue.lets("b0")
    queue.add("b1", BEN, came[3])
    await queue.waits("a0", "b1", "a1")
    queue.add("b0", BEN, came[0])  # another process was quicker
    await queue.waits("b0", "a0", "b1", "a1")


async def test_another_model_is_not_waited_for_and_whoever_leaves_keeps_nobody() -> None:
    minutes = Minutes()
    minutes.put_off("m", 0.2)
    leaving = asyncio.create_task(minutes.wait("m", "a", ANA, 1.0))
    await until(lambda: minutes.stands("m", "a")[0] == 1)
    await asyncio.wait_for(minutes.wait("other", "b", BEN, 2.0), 0.15)
    leaving.cancel()
    await asyncio.wait_for(minutes.wait("m", "c", ANA, 3.0), 5)


class Patient(Desk):
    """Stands in for everything around a painting that can keep its pictures."""

    put_first = False

    async def around(self, turn: Turn, fault: Exception) -> Turn:
        raise fault

    async def fell_short(self, id: str, missing: int, trouble: Any) -> None:
        raise AssertionError(trouble)


async def test_a_turn_that_waits_for_a_minute_holds_no_place_and_is_painted_in_the_end() -> None:
    desk: Any = Patient()
    desk._puts = 1  # its disk is not full
    line = Line(LocalPlaces(Limits, 1))  # one place for everybody
    engine = ScriptedEngine(Paced("model_busy", 0.5), Paced("model_busy", 0.1), DRAWN, DRAWN)
    painting = Painting(CATALOGUE, engine, desk, desk, line, desk, desk)
    paced = turn("paced", options=Options(count=2))
    paints = asyncio.create_task(painting.paint(paced))
    await until(lambda: line.progress("paced").until > time.time())
    async with asyncio.timeout(5), line.wait(turn("other")):
        assert not desk.kept
    await asyncio.wait_for(paints, 5)
    assert sorted(desk.kept) == [0, 1]
    assert [call.model for call in engine.calls] == [FLASH.id] * 4
