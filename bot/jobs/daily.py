"""Does something once a day, for as long as the process lives."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog

log = structlog.get_logger()

AGAIN = 60 * 60.0  # seconds after what went wrong
FIRST = 60.0  # seconds after the start, when what waited for the start is under way
DAY = 24 * 60 * 60.0  # seconds


@asynccontextmanager
async def daily(work: Callable[[], Awaitable[object]], first: float = FIRST) -> AsyncIterator[None]:
    """Do this once a day while the context lasts, beginning `first` to five times `first` seconds from now.

    Replicas that are started together so begin minutes apart, and the work is mostly done by one. What goes wrong is
    logged and tried again an hour later.
    """
    task = asyncio.create_task(_repeat(work, first))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _repeat(work: Callable[[], Awaitable[object]], first: float) -> None:
    pause = first * random.uniform(1, 5)  # noqa: S311 - nobody gains by guessing it
    while True:
        await asyncio.sleep(pause)
        pause = await _pause(work)


async def _pause(work: Callable[[], Awaitable[object]]) -> float:
    """Do it; seconds until the next time."""
    try:
        await work()
    except Exception as fault:
        log.error("daily_work_failed", exc_info=fault)
        return AGAIN
    return DAY
