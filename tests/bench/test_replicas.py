"""What the figures rest on: ranks, slices of a core, and that a bot that has ended is noticed."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from typing import Any, cast

import psutil
import pytest

from tests.bench.__main__ import between, share
from tests.bench.ensemble import Ensemble
from tests.bench.load import Starts, Work
from tests.bench.spread import Spread, rank
from tests.bench.usage import limited, used


def test_a_rank_is_a_time_that_was_taken() -> None:
    assert [rank([3.0, 1.0, 2.0], part) for part in (0.0, 0.5, 0.99)] == [1.0, 2.0, 3.0]
    assert rank(range(1, 101), 0.99) == 99
    with pytest.raises(ValueError, match="no times"):
        rank([], 0.5)


async def test_who_is_held_to_a_slice_uses_no_more() -> None:
    spinning = await asyncio.create_subprocess_exec(sys.executable, "-c", "while True: pass")
    process = psutil.Process(spinning.pid)
    async with limited(process, 0.2):
        before, begun = used([process]), time.monotonic()
        while used([process]) < before + 0.3:  # noqa: ASYNC110 - another process; nobody tells us
            await asyncio.sleep(0.02)
        passed = time.monotonic() - begun
    assert process.status() != psutil.STATUS_STOPPED
    spinning.kill()
    await spinning.wait()
    assert passed > 1.2


async def test_a_bot_that_has_ended_is_noticed() -> None:
    waiting = [await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=-1) for _ in range(2)]
    nothing = cast(Any, None)
    on = Ensemble(nothing, [psutil.Process(bot.pid) for bot in waiting], nothing, [], nothing)
    on.check()
    await waiting[1].communicate(b"\n")
    with pytest.raises(AssertionError, match="bot-1"):
        on.check()
    await waiting[0].communicate(b"\n")


def test_a_row_s_figures_are_those_of_a_job_and_of_a_second() -> None:
    starts = Starts(Spread([1.0]), Spread([2.0]))
    work = Work(30, 10.0, {"bots": 100.0, "world": 50.0}, starts)
    assert work.pace == 3.0
    assert work.cores == pytest.approx(0.45)


@pytest.mark.parametrize("typed", ["0", "11", "-1", "x", "1.5", ""])
def test_a_number_out_of_its_bounds_is_refused(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        between(1, 10)(typed)


def test_what_is_within_its_bounds_is_read() -> None:
    assert [between(1, 10)(typed) for typed in ("1", "10")] == [1, 10]
    assert share("0.25") == 0.25
    for typed in ("0", "1.1", "nan"):
        with pytest.raises(argparse.ArgumentTypeError):
            share(typed)
