"""The durable job engine: dbos runs a request's steps and remembers which are done. Its only home.

What is set and why: a portable serializer (pickle is the default, and a pickle in a database is code), a fixed
application version (by default it is hashed from the source, and an upgrade would orphan waiting work), a stable
executor id (what was in flight is taken up by the next start under the same id), and for SQLite an engine of our own
with a write-ahead log, because the default journal is several times slower.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID, StepOptions

from bot.errors import ChatDown, ChatRefused, StoreDown
from bot.jobs.database import NAME, system_database
from bot.jobs.steps import Steps

log = structlog.get_logger()

VERSION = "1"  # changes only when workflows begun by older code can no longer run on this one


class Jobs:
    """Starts requests and sees them through, over any number of deaths of the process."""

    def __init__(self, database_url: str, executor: str, steps: Steps, ended: Callable[[], None]) -> None:
        self._config = DBOSConfig(
            name=NAME,
            application_version=VERSION,
            executor_id=executor,
            serializer=DBOSPortableJSONSerializer(),
            max_executor_threads=16,
            notification_listener_polling_interval_sec=0.1,  # a stop waits for it; nobody listens, so it asks nothing
            log_level="ERROR",
            enable_otlp=False,
        )
        self._config.update(system_database(database_url))
        self._steps = steps
        self._ended = ended
        self._running: set[str] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    async def open(self) -> None:
        """Launch, inside the running loop: what this executor had in flight begins again by itself."""
        DBOS(config=self._config)

        async def request(key: str) -> None:
            await self._run(key)

        self._flow = DBOS.workflow(max_recovery_attempts=1000)(request)
        DBOS.launch()

    async def start(self, key: str) -> None:
        """Begin a request. Starting what has begun, or has ended, does nothing."""
        with SetWorkflowID(key):
            await DBOS.start_workflow_async(self._flow, key)

    async def close(self, patience: float) -> int:
        """Wait up to `patience` seconds for what is at work, then hand the rest back; returns how many that were."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._idle.wait()
        left = len(self._running)
        await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=0, destroy_registry=True)
        # dbos made its own threads the loop's and has just shut them down; others have things to close as well.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        return left

    async def _run(self, key: str) -> None:
        self._running.add(key)
        self._idle.clear()
        try:
            await self._see_through(key)
        finally:
            self._running.discard(key)
            if not self._running:
                self._idle.set()
            self._ended()

    async def _see_through(self, key: str) -> None:
        turn = ""
        try:
            turn = await _step("begin", self._steps.begin, key)
            if turn:
                await _step("paint", self._steps.paint, key, turn)
                await _step("show", self._steps.show, turn)
        except ChatRefused as fault:
            log.warning("chat_refused", key=key, turn=turn, reason=fault.reason)
            await self._give_up(key, turn)
        except Exception as fault:
            log.error("request_broke", key=key, turn=turn, exc_info=fault)
            await self._give_up(key, turn)
        await self._steps.finish(key)  # no checkpoint: it may run any number of times

    async def _give_up(self, key: str, turn: str) -> None:
        try:
            await _step("give_up", self._steps.give_up, key, turn)
        except Exception as fault:
            log.error("request_lost_its_answer", key=key, turn=turn, exc_info=fault)


async def _step(name: str, work: Callable[..., Any], *args: str) -> Any:
    """One checkpoint: once it has returned, a restart does not run it again."""
    options = StepOptions(
        name=name,
        retries_allowed=True,
        max_attempts=12,  # with doubling waits: 34 minutes
        interval_seconds=1.0,
        backoff_rate=2.0,
        should_retry=lambda fault: isinstance(fault, (ChatDown, StoreDown)),
    )
    return await DBOS.run_step_async(options, work, *args)
