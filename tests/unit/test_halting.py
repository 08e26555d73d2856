"""What was called off stops, and nothing else does."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest

from bot.jobs import halting
from bot.jobs.halting import Halting
from bot.ports import Requests


class Register:
    """Says what was called off; at first it cannot be asked."""

    def __init__(self) -> None:
        self.keys: frozenset[str] = frozenset()
        self.faults = 1

    async def cancelled(self) -> frozenset[str]:
        self.faults -= 1
        if self.faults >= 0:
            raise OSError("away")
        return self.keys


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    monkeypatch.setattr(halting, "LOOK", 0.001)
    return Register()


async def test_only_what_was_called_off_is_stopped(register: Register) -> None:
    stops, cleared = Halting(cast(Requests, register)), asyncio.Event()

    async def hangs() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cleared.set()

    async def ends() -> None:
        await cleared.wait()

    watch = asyncio.create_task(stops.watch())
    two = asyncio.gather(stops.unless_cancelled("a", hangs()), stops.unless_cancelled("b", ends()))
    await asyncio.sleep(0)
    register.keys = frozenset({"a", "elsewhere"})
    assert await two == [False, True]
    watch.cancel()


async def test_who_is_stopped_can_clear_up_in_peace(register: Register) -> None:
    """It is told once, however often the mark is seen."""
    stops, cleared = Halting(cast(Requests, register)), asyncio.Event()

    async def hangs() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.03)  # in which the mark is seen some more times
            cleared.set()

    watch = asyncio.create_task(stops.watch())
    register.keys = frozenset({"a"})
    assert await stops.unless_cancelled("a", hangs()) is False
    assert cleared.is_set()
    watch.cancel()


async def test_what_goes_wrong_comes_out(register: Register) -> None:
    async def breaks() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await Halting(cast(Requests, register)).unless_cancelled("a", breaks())


async def test_who_waits_is_stopped_with_what_it_waits_for(register: Register) -> None:
    ended = asyncio.Event()

    async def hangs() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waits = asyncio.create_task(Halting(cast(Requests, register)).unless_cancelled("a", hangs()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    assert ended.is_set()
