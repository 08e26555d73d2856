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


@pytest.mark.parametrize("more", ["", "threading.Event().wait()", "raise SystemExit(0)"])
async def test_a_process_that_hangs_is_gone_in_time(more: str) -> None:
    code, said, _ = await _run(HANGS.format(seconds=0.5, more=more))
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
