"""Checkpoints: what has returned from one is not run again by a restart. They are dbos's.

Where two processes run the same request after all, because one was slow and taken for dead, dbos lets only the later
one write: each checkpoint of the other is refused with an error that passes through here untouched, and ends it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from dbos import DBOS, StepOptions

from bot.errors import ChatDown, StoreDown
from storage.outages import away

Outcome = TypeVar("Outcome")

AGAIN = 1.0  # seconds until what must be written is tried again


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
        options = StepOptions(
            name=name,
            retries_allowed=True,
            max_attempts=12,  # with doubling waits: 34 minutes
            interval_seconds=1.0,
            backoff_rate=2.0,
            should_retry=_may_pass,
        )

        async def assured(*args: Any) -> Any:
            await self._ours()
            return await work(*args)

        try:
            return await DBOS.run_step_async(options, assured, *args)
        except Exception:
            await self._ours()
            raise

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
