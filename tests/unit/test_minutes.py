"""Who waits for a model's minute, in which order, and what that costs everybody else: nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

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


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LOOK", 0.01)


async def until(look: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not look():  # noqa: ASYNC110 - the loop under test runs in between
            await asyncio.sleep(0.001)


async def test_nobody_waits_for_a_model_that_has_refused_nobody() -> None:
    await asyncio.wait_for(Minutes().wait("m", "a", 1.0), 0.5)


async def test_those_who_wait_go_in_the_order_in_which_they_came_and_see_how_they_stand() -> None:
    minutes, went = Minutes(), []
    minutes.put_off("m", 60.0)
    minutes.put_off("m", 0.3)  # of several the first counts

    async def wait(id: str, since: float) -> None:
        await minutes.wait("m", id, since)
        went.append(id)

    waiting = [asyncio.create_task(wait(id, since)) for id, since in (("b", 2.0), ("c", 3.0), ("a", 1.0))]
    await until(lambda: minutes.stands("m", "c")[0] == 3)
    places = [minutes.stands("m", id)[0] for id in "abcd"]
    assert places == [1, 2, 3, 0]
    assert 0 < minutes.stands("m", "a")[1] - time.time() <= 0.3
    await asyncio.wait_for(asyncio.gather(*waiting), 5)
    assert went == ["a", "b", "c"]


async def test_another_model_is_not_waited_for_and_whoever_leaves_keeps_nobody() -> None:
    minutes = Minutes()
    minutes.put_off("m", 0.2)
    leaving = asyncio.create_task(minutes.wait("m", "a", 1.0))
    await until(lambda: minutes.stands("m", "a")[0] == 1)
    await asyncio.wait_for(minutes.wait("other", "b", 2.0), 0.15)
    leaving.cancel()
    await asyncio.wait_for(minutes.wait("m", "c", 3.0), 5)


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
