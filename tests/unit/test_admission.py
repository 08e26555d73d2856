"""What is claimed begins; and after a fault somebody looks for what may have been claimed unheard."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.jobs import admission as room
from bot.jobs.admission import Admission


class Queue:
    """Answers claims with what a test wrote down, one after the other; then nothing is there."""

    def __init__(self, *answers: list[str] | Exception) -> None:
        self._answers = list(answers)

    async def claim(self, most: int) -> list[str]:
        answer = self._answers.pop(0) if self._answers else []
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize("broken", ["claim", "start"])
async def test_after_a_fault_somebody_looks_for_what_is_ours(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LOOK", 0.01)
    queue: Any = Queue(OSError(), ["b"]) if broken == "claim" else Queue(["a"], ["b"])
    started, told = [], asyncio.Event()
    ready = asyncio.Event()

    async def start(key: str) -> None:
        if key == "a":
            raise OSError
        started.append(key)
        ready.set()

    running = asyncio.create_task(Admission(queue).run(start, told.set))
    await asyncio.wait_for(ready.wait(), 5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert (started, told.is_set()) == (["b"], True)


async def test_nobody_is_told_when_all_is_well() -> None:
    queue: Any = Queue(["a"])
    ready, told = asyncio.Event(), asyncio.Event()

    async def start(key: str) -> None:
        ready.set()

    running = asyncio.create_task(Admission(queue).run(start, told.set))
    await asyncio.wait_for(ready.wait(), 5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert not told.is_set()
