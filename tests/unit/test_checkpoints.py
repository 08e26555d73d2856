"""Steps that fail and may succeed later, and people who are told when they do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest

from bot.errors import ChatDown, ChatRefused, StoreDown, ThreadpaintError
from bot.jobs import checkpoints as room
from bot.jobs.checkpoints import LONGEST, PATIENCE, Checkpoints
from bot.jobs.course import Course
from bot.jobs.steps import Steps
from bot.ports import Requests


class Time:
    """Goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.pauses.append(seconds)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Time for checkpoints, and a job engine that only runs what it is given."""
    time = Time()
    monkeypatch.setattr(room, "elapsed", time)
    monkeypatch.setattr(room.asyncio, "sleep", time.sleep)
    monkeypatch.setattr(room.DBOS, "run_step_async", run)
    return time


async def run(_options: Any, work: Callable[..., Any], *args: Any) -> Any:
    return await work(*args)


async def certain() -> None:
    """Nobody takes us for dead."""


class Work:
    """Fails as often as it is told to."""

    def __init__(self, fault: ThreadpaintError, times: int) -> None:
        self.fault, self.times, self.calls = fault, times, 0

    async def __call__(self) -> str:
        self.calls += 1
        if self.calls <= self.times:
            raise self.fault
        return "done"


async def test_a_step_is_attempted_again_soon_so_that_it_hears_who_cancels_it(time: Time) -> None:
    assert await Checkpoints(certain).step("paint", Work(ChatDown("chat_down"), 9)) == "done"
    assert time.pauses == [1.0, 2.0, 4.0, 8.0, LONGEST, LONGEST, LONGEST, LONGEST, LONGEST]


async def test_a_step_is_attempted_for_half_an_hour(time: Time) -> None:
    with pytest.raises(StoreDown):
        await Checkpoints(certain).step("paint", Work(StoreDown("store_down"), 10_000))
    assert PATIENCE <= sum(time.pauses) < PATIENCE + LONGEST


async def test_what_was_refused_is_not_attempted_again(time: Time) -> None:
    work = Work(ChatRefused("chat_refused"), 1)
    with pytest.raises(ChatRefused):
        await Checkpoints(certain).step("show", work)
    assert (work.calls, time.pauses) == (1, [])


class Desk:
    """Keeps why a request has failed."""

    def __init__(self) -> None:
        self.why = ""

    async def failed(self, key: str, reason: str) -> None:
        self.why = reason


class Breaking:
    """Nothing can be begun; what is said of it fails as often as it is told to, and is kept."""

    def __init__(self, mute: int = 0) -> None:
        self.mute = mute
        self.said: list[str] = []
        self.finished = False

    async def begin(self, key: str) -> str:
        raise RuntimeError(key)

    async def give_up(self, key: str, turn: str, reason: str, facts: dict[str, str]) -> None:
        if self.mute:
            self.mute -= 1
            raise RuntimeError(key)
        self.said.append(reason)

    async def finish(self, key: str) -> None:
        self.finished = True


def course(steps: Breaking, desk: Desk) -> Course:
    return Course(cast(Requests, desk), cast(Steps, steps), Checkpoints(certain))


async def test_people_are_told_also_when_no_checkpoint_can_be_written(
    time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(room.DBOS, "run_step_async", broken)
    steps, desk = Breaking(), Desk()
    await course(steps, desk).run("key")
    assert (steps.said, steps.finished, desk.why) == (["something_broke"], True, "")


async def test_what_could_not_be_answered_is_kept_for_whoever_runs_the_bot(time: Time) -> None:
    steps, desk = Breaking(mute=2), Desk()
    await course(steps, desk).run("key")
    assert (steps.said, steps.finished, desk.why) == ([], True, "unanswered")
