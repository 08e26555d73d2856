"""Messages in a channel that is full take turns; elsewhere nobody waits."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from handlers.pacing import CALM, MOST, Pacing
from handlers.posting import TRIES


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.sent: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def post(self, pacing: Pacing, channel: str = "C1", refused: int = 0) -> float:
        """Post a message that Slack refuses so many times; when it was through."""
        async with aclosing(pacing.tries(channel, TRIES)) as tries:
            async for _ in tries:
                if (refused := refused - 1) < 0:
                    self.sent.append(self.now - 100)
                    return self.sent[-1]
                pacing.refused(channel, 2)
        raise TimeoutError


def paced() -> tuple[Clock, Pacing]:
    clock = Clock()
    return clock, Pacing(lambda: clock.now, clock.sleep)


async def test_nobody_waits_before_slack_says_so() -> None:
    clock, pacing = paced()
    await asyncio.gather(*(clock.post(pacing) for _ in range(50)))
    assert clock.sent == [0] * 50


async def test_once_it_says_so_all_wait_and_then_go_one_after_the_other() -> None:
    clock, pacing = paced()
    pacing.refused("C1", 3)
    await asyncio.gather(*(clock.post(pacing) for _ in range(4)))
    assert clock.sent == [3, 4, 5, 6]


async def test_refused_together_they_do_not_come_back_together() -> None:
    clock, pacing = paced()
    for _ in range(40):
        pacing.refused("C1", 1)
    await asyncio.gather(*(clock.post(pacing) for _ in range(40)))
    assert clock.sent == [1 + n for n in range(40)]


async def test_a_channel_that_was_full_is_not_so_for_ever() -> None:
    clock, pacing = paced()
    pacing.refused("C1", 1)
    clock.now += CALM + 1
    await asyncio.gather(*(clock.post(pacing) for _ in range(5)))
    assert clock.sent == [CALM + 1] * 5


async def test_other_channels_do_not_wait() -> None:
    clock, pacing = paced()
    pacing.refused("C1", 9)
    await clock.post(pacing, "C2")
    assert clock.sent == [0]


async def test_a_channel_that_is_full_is_not_forgotten_among_many() -> None:
    clock, pacing = paced()
    pacing.refused("full", 5)
    for number in range(3 * MOST):
        await clock.post(pacing, f"C{number}")
    await clock.post(pacing, "full")
    assert clock.sent[-1] == 5


async def test_one_that_fails_lets_the_next_go() -> None:
    clock, pacing = paced()
    pacing.refused("C1", 1)
    with pytest.raises(TimeoutError):
        await clock.post(pacing, refused=TRIES)
    assert await clock.post(pacing) == 1 + 2 * TRIES


async def test_one_that_is_refused_again_in_its_turn_is_overtaken_by_none() -> None:
    clock, pacing = paced()
    pacing.refused("C1", 1)
    through = await asyncio.gather(*(clock.post(pacing, refused=n) for n in (2, 1, 0)))
    assert through == [5, 8, 9]


async def test_of_all_that_wait_none_fails_for_want_of_a_turn() -> None:
    clock, pacing = paced()
    await asyncio.gather(*(clock.post(pacing, refused=TRIES - 1) for _ in range(5)))
    assert len(clock.sent) == 5


async def test_what_is_refused_while_channels_are_forgotten_waits_all_the_same() -> None:
    clock, pacing = paced()
    async with aclosing(pacing.tries("C1", TRIES)) as tries:
        await anext(tries)
        for number in range(MOST + 1):
            await clock.post(pacing, f"X{number}")
        pacing.refused("C1", 30)
        await anext(tries)
    assert clock.now == 130
