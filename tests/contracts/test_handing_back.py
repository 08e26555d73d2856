"""A process that leaves while something is at work: whoever comes next does it, and nobody calls it done before."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any, cast

from bot.jobs.checkpoints import Checkpoints
from bot.jobs.course import Course
from bot.jobs.engine import Jobs
from bot.jobs.steps import Steps
from bot.ports import Requests


class Easel:
    """Steps that count. Painting waits until `dry`."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        self.painting = asyncio.Event()
        self.dry = asyncio.Event()
        self.finished = asyncio.Event()

    async def begin(self, key: str) -> str:
        self.done["begin"] += 1
        return "turn"

    async def paint(self, key: str, id: str) -> None:
        self.painting.set()
        await self.dry.wait()
        self.done["paint"] += 1

    async def show(self, id: str) -> None:
        self.done["show"] += 1

    async def give_up(self, *_: Any) -> None:
        self.done["give_up"] += 1

    async def finish(self, key: str) -> None:
        self.done["finish"] += 1
        self.finished.set()


class Desk:
    """Requests that nobody has died with."""

    async def adopt(self, key: str) -> int:
        return 0

    async def begun(self, key: str) -> None:
        """Noted nowhere."""


async def certain() -> None:
    """Nobody takes us for dead."""


def life(folder: Path, easel: Easel, ended: asyncio.Event) -> Jobs:
    """One of those that follow each other under one name."""
    desk, steps, checkpoints = cast(Requests, Desk()), cast(Steps, easel), Checkpoints(certain)
    course = Course(desk, steps, checkpoints)
    return Jobs(f"sqlite:///{folder / 'rows.db'}", "one", "one/1", desk, course, checkpoints, ended.set)


async def test_what_comes_back_after_it_was_handed_back_ends_nothing(tmp_path: Path) -> None:
    easel, ended = Easel(), asyncio.Event()
    leaving = life(tmp_path, easel, ended)
    await leaving.open()
    await leaving.start("key")
    await easel.painting.wait()
    assert await leaving.close(0.0) == 1
    easel.dry.set()
    coming = life(tmp_path, easel, asyncio.Event())
    await coming.open()
    async with asyncio.timeout(20):
        await easel.finished.wait()
    await coming.close(10.0)
    assert not ended.is_set()
    assert easel.done == {"begin": 1, "paint": 2, "show": 1, "finish": 1}
