"""The worker: everything that runs besides the doors, opened and closed in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import structlog

from bot.domain.limits import Limits
from bot.jobs.admission import Admission
from bot.jobs.engine import Jobs
from bot.jobs.halting import Halting
from bot.jobs.pruning import keep_pruning
from bot.jobs.pulse import Pulse
from bot.ports import Executors
from bot.studio.limits import keep_looking

log = structlog.get_logger()

PATIENCE = 12.0  # seconds for what is at work; with closing sockets and tables all is over within 20
Listen = Callable[[Callable[[], None]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Worker:
    """Who does the work in this process. `listen` rings for ever whenever another process has accepted something."""

    jobs: Jobs
    admission: Admission
    pulse: Pulse
    executors: Executors
    listen: Listen
    halting: Halting
    keep_history: float  # days
    limits: Callable[[], Limits]

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Join, take up what is ours, work. On the way out: claim no more, finish or hand back, leave.

        Raises OperatorMustFix "executor_taken" when another process lives under our name.
        """
        async with AsyncExitStack() as stack:
            await self.pulse.join()
            stack.push_async_callback(self.pulse.leave)
            await self.jobs.open()
            _beside(stack, self.pulse.run(self._resume))
            _beside(stack, self.halting.watch())  # also while what is at work comes to its end
            stack.push_async_callback(self._hand_back)
            _beside(stack, self.admission.run(self.jobs.start, self.pulse.owe))
            _beside(stack, self.listen(self.admission.wake))
            _beside(stack, keep_pruning(self.keep_history))
            _beside(stack, keep_looking(self.limits))
            yield

    async def _resume(self) -> None:
        await self.jobs.resume(self.executors.alive)

    async def _hand_back(self) -> None:
        left = await self.jobs.close(PATIENCE)
        if left:
            log.info("handed_back", requests=left)


def _beside(stack: AsyncExitStack, work: Awaitable[None]) -> None:
    """Run this until the stack closes."""
    stack.push_async_callback(_cancel, asyncio.ensure_future(work))


async def _cancel(task: asyncio.Future[Any]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
