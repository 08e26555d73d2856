"""Whatever happens to a store and its rows, what is named is there; and in the end nothing else is."""

from __future__ import annotations

import itertools
import os
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.domain.forgetting import Share
from bot.domain.pictures import Blob, Reference
from bot.domain.requests import Place
from storage.contents import describe
from storage.database import Database
from storage.tables import parts, pictures, references, turns
from tests.contracts import made
from tests.contracts.conftest import Ledgers
from tests.contracts.made import Clock
from tests.contracts.oblivion import House
from tests.contracts.sweeps import claimed, keys, sweeping

numbers = itertools.count()


class Life:
    """A store and its rows, in which time passes by making files older."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.folder = house.folder
        self.waiting: dict[int, float] = {}  # what was stored and has no row yet, and how many hours ago
        self.named: dict[int, list[str]] = {}
        self.turns = 0

    async def put(self, content: int) -> None:
        await self.house.put(self.data(content))
        self.waiting[content] = 0.0

    async def row(self, content: int) -> None:
        """A row comes within two days, or never: nothing is at work for longer."""
        if self.waiting.pop(content, 48.0) >= 47.9:
            return
        self.turns += 1
        place = Place("T1", f"C{self.turns}", "1763720000.000100")
        turn = await self.house.turns.begin(made.turn(f"life {next(numbers)}", place=place))
        blob = Blob(self.key(content), "image/jpeg", len(self.data(content)))
        await self.house.turns.gathered(turn.id, (Reference("p", blob),), "", ())
        self.named.setdefault(content, []).append(place.channel)

    async def forget(self, content: int) -> None:
        """Whoever stores it just now may lose it: see decision 12."""
        for channel in self.named.pop(content, []):
            await self.house.forgetting(0).forget(Share(channel=channel))
            self.waiting.pop(content, None)

    async def sweep(self, _: int) -> None:
        await sweeping(str(self.folder), self.house.database, days=0.0).sweep()

    async def passes(self, hours: int) -> None:
        for path in self.folder.rglob("*"):
            if path.is_file():
                moment = path.stat().st_mtime - hours * 3600
                os.utime(path, (moment, moment))
        self.waiting = {content: waited + hours for content, waited in self.waiting.items()}

    def key(self, content: int) -> str:
        return describe(self.data(content), "image/jpeg").key

    def data(self, content: int) -> bytes:
        return f"content {content}".encode()

    async def kept(self) -> set[str]:
        return await keys(str(self.folder))

    def needs(self) -> set[str]:
        return {self.key(content) for content in self.named}

    async def ends(self) -> None:
        for content in list(self.named):
            await self.forget(content)
        await self.passes(49)
        await self.sweep(0)


STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "row", "row", "forget", "sweep", "passes"]), st.integers(0, 2)), max_size=25
)
HOURS = (7, 20, 47)


@pytest.fixture
async def life(database: Database, clock: Clock, tmp_path: Path, ledgers: Ledgers) -> Life:
    house = House(database, clock, tmp_path / "pictures", ledgers())
    await claimed(str(house.folder), database)
    told = Life(house)
    await told.passes(49)
    return told


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=[("put", 0), ("passes", 2), ("put", 0), ("passes", 0), ("sweep", 0), ("row", 0)])
@example(steps=[("put", 0), ("row", 0), ("put", 0), ("passes", 2), ("sweep", 0), ("passes", 0), ("sweep", 0)])
async def test_whatever_happens_what_is_named_is_there_and_in_the_end_nothing_else(
    life: Life, steps: Collection[tuple[str, int]]
) -> None:
    life.waiting.clear()
    for word, content in steps:
        await getattr(life, word)(HOURS[content] if word == "passes" else content)
        assert life.needs() <= await life.kept()
    await life.passes(49)
    await life.sweep(0)
    assert await life.kept() == life.needs()
    await life.ends()
    assert await life.kept() == set()
    for table in (references, parts, pictures, turns):
        await life.house.change(delete(table))  # type: ignore[arg-type]
