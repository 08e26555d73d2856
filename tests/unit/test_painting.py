"""What painting makes of an answer, without models, stores or people."""

from __future__ import annotations

from bot.catalogue import load
from bot.domain.pictures import Blob, Picture
from bot.domain.turns import Trouble, Turn
from bot.errors import ThreadpaintError
from bot.ports import Ask
from bot.studio.line import Line
from bot.studio.painting import Painting
from tests.fakes.engines import ScriptedEngine
from tests.unit.made import FLASH, turn


class Record:
    """Stands in for everyone that painting speaks to."""

    def __init__(self) -> None:
        self.short: list[tuple[int, str]] = []

    async def tell(self, turn: Turn) -> Ask:
        return Ask(FLASH.id, turn.prompt)

    async def put(self, data: bytes, mime: str) -> Blob:
        return Blob("key", mime, len(data))

    async def add(self, picture: Picture) -> None:
        raise AssertionError("nobody can look at this picture")

    async def around(self, turn: Turn, fault: ThreadpaintError) -> Turn:
        raise fault

    async def fell_short(self, id: str, missing: int, trouble: Trouble) -> None:
        self.short.append((missing, trouble.reason))


async def test_a_picture_that_is_none_is_the_models_fault_and_not_a_persons_file() -> None:
    record, engine = Record(), ScriptedEngine()
    everyone = (record, record, Line(1), record, record)
    await Painting(load(), engine, *everyone).paint(turn())  # type: ignore[arg-type]
    assert record.short == [(1, "answer_unreadable")]
    assert len(engine.calls) == 1
