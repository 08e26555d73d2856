"""Checkpoints: what has returned from one is not run again by a restart. They are dbos's.

Where two processes run the same request after all, because one was slow and taken for dead, dbos lets only the later
one write: each checkpoint of the other is refused with an error that passes through here untouched, and ends it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog
from dbos import DBOS, StepOptions

from bot.domain.lives import elapsed
from bot.errors import ChatDown, StoreDown
from storage.outages import away

log = structlog.get_logger()
Outcome = TypeVar("Outcome")

AGAIN = 1.0  # seconds until what must be written is tried again
LONGEST = 15.0  # seconds between two attempts at a step: whoever cancels it meanwhile is heard at the next
PATIENCE = 1_800.0  # seconds for which a step is attempted


class Checkpoints:
    """`assured` returns once it is certain that what we have at work is still ours."""

    def __init__(self, assured: Callable[[], Awaitable[None]]) -> None:
        self._assured = assured
        self._handed_back = False
        self._never = asyncio.Event()

    def hand_back(self) -> None:
        """From here on nothing of ours goes on."""
        self._handed_back = True

    async def step(self, name: str, work: Callable[..., Any], *args: Any) -> Any:
        """Once it has returned, a restart does not run it again. It begins only while we are alive."""

        async def attempted(*args: Any) -> Any:
            return await self._attempt(work, *args)

        try:
            return await DBOS.run_step_async(StepOptions(name=name), attempted, *args)
        except Exception:
            await self._ours()
            raise

    async def _attempt(self, work: Callable[..., Any], *args: Any) -> Any:
        """Until it succeeds, fails for good, or half an hour is over: dbos's own pauses would double up to an hour."""
        until, pause = elapsed() + PATIENCE, AGAIN
        while True:
            await self._ours()
            try:
                return await work(*args)
            except Exception as fault:
                if not _may_pass(fault) or elapsed() >= until:
                    raise
                log.info("step_failed", fault=type(fault).__name__, again_in=pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST)

    async def surely(self, write: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Write this, however long the database is away. It is no checkpoint: it happens in each life anew."""
        while True:
            await self._ours()
            try:
                return await write()
            except Exception as fault:
                if not away(fault):
                    raise
            await asyncio.sleep(AGAIN)

    async def _ours(self) -> None:
        """Return once it is certain that our work is still ours; for ever, once it is handed back.

        Without dbos a step cannot succeed any more: were that taken for the request's own fault, it would be lost.
        """
        if self._handed_back:
            await self._never.wait()
        await self._assured()


def _may_pass(fault: BaseException) -> bool:
    return isinstance(fault, (ChatDown, StoreDown)) or away(fault)
