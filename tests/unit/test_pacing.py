"""Messages in one channel take turns; in a quiet one nobody waits."""

from __future__ import annotations

import asyncio

from handlers.pacing import Pacing


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.sent: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def post(self, pacing: Pacing, channel: str = "C1", *, takes: float = 0.0) -> None:
        async with pacing.turn(channel):
            self.sent.append(self.now - 100)
            self.now += takes


def paced() -> tuple[Clock, Pacing]:
    clock = Clock()
    return clock, Pacing(lambda: clock.now, clock.sleep)


async def test_the_first_few_of_a_quiet_channel_go_at_once_and_then_one_a_second() -> None:
    clock, pacing = paced()
    await asyncio.gather(*(clock.post(pacing) for _ in range(7)))
    assert clock.sent == [0, 0, 0, 1, 2, 3, 4]


async def test_what_nobody_used_comes_back_but_no_more_than_that() -> None:
    clock, pacing = paced()
    for _ in range(4):
        await clock.post(pacing)
    clock.now = 200.0
    for _ in range(5):
        await clock.post(pacing)
    assert clock.sent == [0, 0, 0, 1, 100, 100, 100, 101, 102]


async def test_channels_do_not_wait_for_each_other() -> None:
    clock, pacing = paced()
    for number in range(3000):
        await clock.post(pacing, f"C{number}")
    assert set(clock.sent) == {0}


async def test_a_channel_that_is_busy_is_not_forgotten_among_many() -> None:
    clock, pacing = paced()
    for number in range(3000):
        await clock.post(pacing, f"C{number}")
        await clock.post(pacing, "busy") if number % 1000 == 0 else None
    await clock.post(pacing, "busy")
    assert clock.sent[-1] == 1


async def test_while_one_waits_as_slack_told_it_to_no_other_is_sent() -> None:
    pacing, told, sent = Pacing(), asyncio.Event(), []

    async def post(name: str, wait: asyncio.Event) -> None:
        async with pacing.turn("C1"):
            sent.append(name)
            await wait.wait()

    free = asyncio.Event()
    free.set()
    first = asyncio.create_task(post("told to wait", told))
    second = asyncio.create_task(post("another", free))
    elsewhere = asyncio.create_task(Clock().post(pacing, "C2"))
    await elsewhere
    assert sent == ["told to wait"]
    told.set()
    await asyncio.gather(first, second)
    assert sent == ["told to wait", "another"]


async def test_one_that_fails_lets_the_next_go() -> None:
    clock, pacing = paced()
    try:
        async with pacing.turn("C1"):
            raise ConnectionError
    except ConnectionError:
        await clock.post(pacing)
    assert clock.sent == [0]
