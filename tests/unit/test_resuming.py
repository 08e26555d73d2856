"""Taking up what another life has begun: hundreds of requests, and something else to do meanwhile."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from bot.jobs import engine as room
from bot.jobs.checkpoints import Checkpoints
from bot.jobs.course import Course
from bot.jobs.engine import TOGETHER, Jobs
from bot.ports import Requests


class Heap:
    """More requests than are begun together."""

    async def at_work(self) -> list[str]:
        return [f"{number}" for number in range(3 * TOGETHER + 1)]


async def nobody() -> frozenset[str]:
    return frozenset()


async def nothing(*_: Any) -> None:
    """What is done elsewhere."""


async def test_what_was_inherited_is_begun_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    beginning, most = 0, 0

    async def start(_flow: Any, key: str) -> None:
        nonlocal beginning, most
        beginning += 1
        most = max(most, beginning)
        await asyncio.sleep(0)
        beginning -= 1
        begun.append(key)

    monkeypatch.setattr(room.recovery, "recover", nothing)
    monkeypatch.setattr(room.DBOS, "start_workflow_async", start)
    desk = cast(Requests, Heap())
    jobs = Jobs("sqlite:///a.db", "one", "one/1", desk, cast(Course, None), Checkpoints(nothing), lambda: None)
    monkeypatch.setattr(jobs, "_flow", None, raising=False)
    await jobs.resume(nobody)
    assert begun == await desk.at_work()
    assert most == TOGETHER
