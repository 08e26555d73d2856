"""Does something once a day, for as long as the process lives."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()

FIRST = 60.0  # seconds after the start, when what waited for the start is under way
DAY = 24 * 60 * 60.0  # seconds


async def daily(work: Callable[[], Awaitable[object]], first: float = FIRST, every: float = DAY) -> None:
    """For ever. Replicas that were started together begin minutes apart, so that the work is mostly done once.

    What goes wrong is logged and tried again the next day.
    """
    await asyncio.sleep(first * random.uniform(1, 5))  # noqa: S311 - nobody gains by guessing it
    while True:
        try:
            await work()
        except Exception as fault:
            log.error("daily_work_failed", exc_info=fault)
        await asyncio.sleep(every)
