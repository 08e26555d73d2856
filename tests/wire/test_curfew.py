"""Whoever cannot stop in good order stops all the same."""

from __future__ import annotations

import asyncio
import sys
import time

import pytest

HANGS = """
import threading
from bot.jobs.curfew import curfew
curfew({seconds})
threading.Thread(target=threading.Event().wait).start()  # the interpreter waits for it, for ever
{more}
"""

STOPS = """
import asyncio, os, signal
from contextlib import asynccontextmanager
from bot import serving
from bot.jobs.curfew import curfew

serving.curfew = lambda: curfew(0.5)

@asynccontextmanager
async def opening(settings):
    {before}
    yield asyncio.Event()
    await asyncio.Event().wait()  # it never closes

async def main():
    asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.SIGTERM)
    await serving.serve(None, opening)

asyncio.run(main())
"""


@pytest.mark.parametrize("more", ["", "threading.Event().wait()", "raise SystemExit(0)"])
async def test_a_process_that_hangs_is_gone_in_time(more: str) -> None:
    code, said, _ = await _run(HANGS.format(seconds=0.5, more=more))
    assert code == 1
    assert b"stopped_in_the_middle" in said


@pytest.mark.parametrize("before", ["pass", "await asyncio.Event().wait()"])
async def test_a_bot_that_is_told_to_stop_is_gone_in_time_also_while_it_starts(before: str) -> None:
    code, said, _ = await _run(STOPS.format(before=before))
    assert code == 1
    assert b"stopped_in_the_middle" in said


async def test_who_is_gone_before_is_not_waited_for() -> None:
    code, said, seconds = await _run("from bot.jobs.curfew import curfew\ncurfew(60)")
    assert (code, said) == (0, b"")
    assert seconds < 30


async def _run(program: str) -> tuple[int | None, bytes, float]:
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE)
    async with asyncio.timeout(50):
        said, _ = await process.communicate()
    return process.returncode, said, time.monotonic() - began
