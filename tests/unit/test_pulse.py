"""Signs of life: what is begun only while we certainly live, and what is inherited when."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.jobs import pulse as room
from bot.jobs.pulse import Pulse, Resume


class Registry:
    """Executors in memory: what `beat` answers next, and who has died."""

    def __init__(self) -> None:
        self.answers: list[bool | Exception] = []
        self.dead: list[frozenset[str]] = []
        self.beats = 0
        self.inherited = 0
        self.left = False
        self.deaf = False
        self.meanwhile: Callable[[], None] = lambda: None

    async def join(self) -> None: ...

    async def beat(self) -> bool:
        self.beats += 1
        self.meanwhile()
        answer = self.answers.pop(0) if self.answers else True
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def inherit(self) -> frozenset[str]:
        self.inherited += 1
        return self.dead.pop(0) if self.dead else frozenset()

    async def alive(self) -> frozenset[str]:
        return frozenset()

    async def leave(self) -> None:
        if self.deaf:
            raise OSError
        self.left = True


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Resumed:
    """What was resumed; fails as often as it is told to."""

    def __init__(self) -> None:
        self.calls = 0
        self.faults = 0
        self.meanwhile: Callable[[], None] = lambda: None

    async def __call__(self) -> None:
        if self.faults:
            self.faults -= 1
            raise OSError
        self.calls += 1
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BEAT", 0.001)
    monkeypatch.setattr(room, "AGAIN", 0.001)


@asynccontextmanager
async def beating(pulse: Pulse, resume: Resume) -> AsyncIterator[None]:
    task = asyncio.create_task(pulse.run(resume))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(look: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not look():  # noqa: ASYNC110 - the loop under test runs in between
            await asyncio.sleep(0)


async def test_before_it_has_joined_nobody_waits() -> None:
    await asyncio.wait_for(Pulse(Registry(), Time()).assured(), 1)


async def test_nothing_is_begun_when_the_last_sign_of_life_is_old() -> None:
    time, registry = Time(), Registry()
    pulse = Pulse(registry, time)
    await pulse.join()
    await asyncio.wait_for(pulse.assured(), 1)
    time.now += 19.5
    waiting = asyncio.create_task(pulse.assured())
    await asyncio.sleep(0)
    assert not waiting.done()
    async with beating(pulse, Resumed()):
        await asyncio.wait_for(waiting, 1)
    assert not pulse.over.is_set()


async def test_it_beats_from_its_beginning_for_as_long_as_its_work_is_certainly_its_own() -> None:
    time, registry = Time(), Registry()
    pulse = Pulse(registry, time)
    assert not pulse.beats
    await pulse.join()
    assert pulse.beats
    time.now += 19.5
    assert not pulse.beats
    async with beating(pulse, Resumed()):
        await until(lambda: pulse.beats)


async def test_who_was_taken_for_dead_waits_for_ever_and_does_not_leave() -> None:
    time, registry, resumed = Time(), Registry(), Resumed()
    registry.answers, registry.dead = [False], [frozenset({"two"})]
    pulse = Pulse(registry, time)
    await pulse.join()
    time.now += 90
    waiting = asyncio.create_task(pulse.assured())
    await asyncio.wait_for(pulse.run(resumed), 1)
    assert pulse.over.is_set()
    assert not waiting.done()
    waiting.cancel()
    await pulse.leave()
    assert (registry.left, registry.beats, resumed.calls) == (False, 1, 0)


async def test_what_was_left_is_resumed_at_once_and_what_is_inherited_later() -> None:
    time, registry, resumed = Time(), Registry(), Resumed()
    registry.dead = [frozenset({"two"})]
    pulse = Pulse(registry, time)
    await pulse.join()
    async with beating(pulse, resumed):
        await until(lambda: registry.beats > 2)
        assert (resumed.calls, registry.inherited) == (1, 0)
        time.now += 0.01
        await until(lambda: resumed.calls > 1)
        seen = registry.beats
        await until(lambda: registry.beats > seen + 2)
    assert resumed.calls == 2


async def test_what_could_not_be_resumed_is_owed() -> None:
    time, registry, resumed = Time(), Registry(), Resumed()
    registry.dead, resumed.faults = [frozenset({"two"}), frozenset({"three"})], 2
    pulse = Pulse(registry, time)
    await pulse.join()
    async with beating(pulse, resumed):
        for _ in range(2):
            time.now += 21
            seen = registry.beats
            await until(lambda seen=seen: registry.beats > seen + 1)  # type: ignore[misc]
        time.now += 21
        await until(lambda: resumed.calls > 0)
    assert registry.dead == []


async def test_what_comes_to_be_owed_meanwhile_is_not_forgotten() -> None:
    registry, resumed = Registry(), Resumed()
    pulse = Pulse(registry, Time())
    resumed.meanwhile = pulse.owe
    await pulse.join()
    async with beating(pulse, resumed):
        await until(lambda: resumed.calls == 2)


async def trusts_for_twenty_seconds(registry: Registry, time: Time) -> None:
    """Nobody is taken for dead before that, and somebody may be after it."""
    await until(lambda: registry.beats > 3)
    assert registry.inherited == 0
    time.now += 19
    seen = registry.beats
    await until(lambda: registry.beats > seen + 1)
    assert registry.inherited == 0
    time.now += 2
    await until(lambda: registry.inherited > 0)


async def test_whoever_saw_the_database_away_takes_nobody_for_dead_soon() -> None:
    time, registry = Time(), Registry()
    pulse = Pulse(registry, time)
    await pulse.join()
    time.now += 10
    registry.answers = [OSError()]
    async with beating(pulse, Resumed()):
        await trusts_for_twenty_seconds(registry, time)


async def test_after_an_outage_what_may_be_ours_is_resumed_again() -> None:
    """A claim or an inheritance whose answer was lost: it is ours, and nobody here knows of it."""
    time, registry, resumed = Time(), Registry(), Resumed()
    pulse = Pulse(registry, time)
    await pulse.join()
    async with beating(pulse, resumed):
        await until(lambda: registry.beats > 2)
        assert resumed.calls == 1
        registry.answers = [OSError()]
        await until(lambda: resumed.calls == 2)
        pulse.owe()
        await until(lambda: resumed.calls == 3)
        seen = registry.beats
        await until(lambda: registry.beats > seen + 2)
    assert resumed.calls == 3


async def test_who_cannot_say_goodbye_goes_all_the_same() -> None:
    registry = Registry()
    registry.deaf = True
    await Pulse(registry, Time()).leave()
    assert not registry.left


async def test_whose_sign_of_life_took_long_takes_nobody_for_dead_soon() -> None:
    """The database hung, and the others' signs of life may still be on their way."""
    time, registry = Time(), Registry()
    pulse = Pulse(registry, time)
    await pulse.join()
    time.now += 10

    def hang() -> None:
        time.now += 60
        registry.meanwhile = lambda: None

    registry.meanwhile = hang
    async with beating(pulse, Resumed()):
        await trusts_for_twenty_seconds(registry, time)


async def test_whoever_takes_long_to_take_up_work_goes_on_beating_and_takes_up_one_lot_at_a_time() -> None:
    """Hundreds of inherited requests: an heir that is silent meanwhile would be taken for dead itself."""
    registry, taken_up, taking_up = Registry(), asyncio.Event(), 0
    pulse = Pulse(registry, Time())
    await pulse.join()

    async def resume() -> None:
        nonlocal taking_up
        taking_up += 1
        await taken_up.wait()

    async with beating(pulse, resume):
        await until(lambda: taking_up > 0)
        pulse.owe()
        seen = registry.beats
        await until(lambda: registry.beats > seen + 5)
        assert taking_up == 1
        taken_up.set()
        await until(lambda: taking_up == 2)
