"""No call is made for work that may be somebody else's by now."""

from __future__ import annotations

import asyncio

import pytest

from bot.engines.assured import AssuredEngine
from bot.engines.steady import SteadyEngine
from bot.errors import ModelBusy
from bot.ports import Ask
from tests.fakes.engines import PAINTED, ScriptedEngine


async def test_a_call_waits_until_our_work_is_ours_for_certain() -> None:
    certain, engine = asyncio.Event(), ScriptedEngine()

    async def assured() -> None:
        await certain.wait()

    task = asyncio.create_task(AssuredEngine(engine, assured).paint(Ask("m", "a red fox")))
    for _ in range(5):
        await asyncio.sleep(0)
    assert engine.calls == []
    certain.set()
    assert await task is PAINTED


async def test_each_attempt_is_assured_anew() -> None:
    engine, asked = ScriptedEngine(ModelBusy("model_busy", 0.01)), 0

    async def assured() -> None:
        nonlocal asked
        asked += 1
        if asked == 2:
            raise asyncio.CancelledError

    steady = SteadyEngine(AssuredEngine(engine, assured), 60, lambda errand, until: None)
    with pytest.raises(asyncio.CancelledError):
        await steady.paint(Ask("m", "a red fox"))
    assert len(engine.calls) == 1
