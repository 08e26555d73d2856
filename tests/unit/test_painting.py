"""What becomes of the other pictures when one of them cannot be kept."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from PIL import Image

from bot.domain.limits import Limits
from bot.domain.options import Options
from bot.domain.pictures import Blob, Picture
from bot.domain.spend import Errand
from bot.domain.turns import Turn
from bot.ports import Answer, Ask, Given, Said, Usage
from bot.studio.line import Line
from bot.studio.painting import Painting
from bot.studio.places import LocalPlaces
from tests.fakes.engines import ScriptedEngine
from tests.unit.imaging_material import saved
from tests.unit.made import CATALOGUE, FLASH, turn


class Room:
    """Stands in for the store, the turns and the storyteller; the first picture finds the disk full."""

    def __init__(self) -> None:
        self.kept: list[int] = []
        self._puts = 0

    async def tell(self, turn: Turn) -> tuple[Turn, Ask]:
        return turn, Ask(FLASH.id, turn.prompt, errand=Errand(turn.id))

    async def painted(self, turn: Turn) -> None: ...

    async def put(self, given: Given) -> Blob:
        self._puts += 1
        if self._puts == 1:
            raise OSError("no space left")
        await asyncio.sleep(0.05)
        return Blob("k", given.mime, len(given.data))

    async def add(self, picture: Picture) -> None:
        self.kept.append(picture.index)


async def test_pictures_that_come_later_than_a_fault_are_waited_for() -> None:
    room: Any = Room()
    drawn = Answer((Said("", Given(saved(Image.new("RGB", (8, 8)), "PNG"), "image/png"), b"s"),), Usage(), 1.0)
    painting = Painting(CATALOGUE, ScriptedEngine(*[drawn] * 4), room, room, Line(LocalPlaces(Limits, 1)), room, room)
    with pytest.raises(OSError, match="no space left"):
        await painting.paint(turn(options=Options(count=4)))
    assert sorted(room.kept) == [1, 2, 3]


async def test_what_was_paid_for_is_kept_though_it_is_cancelled_meanwhile() -> None:
    class Slow(Room):
        begun = asyncio.Event()

        async def put(self, given: Given) -> Blob:
            self.begun.set()
            await asyncio.sleep(0.05)
            return Blob("k", given.mime, len(given.data))

    room: Any = Slow()
    drawn = Answer((Said("", Given(saved(Image.new("RGB", (8, 8)), "PNG"), "image/png"), b"s"),), Usage(), 1.0)
    painting = Painting(CATALOGUE, ScriptedEngine(drawn), room, room, Line(LocalPlaces(Limits, 1)), room, room)
    paints = asyncio.create_task(painting.paint(turn()))
    await room.begun.wait()
    paints.cancel()
    with pytest.raises(asyncio.CancelledError):
        await paints
    assert room.kept == [0]
