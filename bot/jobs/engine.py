"""The durable job engine: dbos starts requests, and again after a death.

What is set and why: a portable serializer (pickle is the default, and a pickle in a database is code), a fixed
application version (by default it is hashed from the source, and an upgrade would orphan waiting work), an
executor id for each life (what was in flight is put back by the next start under the same name, or by whoever finds it
dead), and for SQLite an engine of our own with a write-ahead log, because the default journal is several times slower.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID

from bot.jobs import recovery
from bot.jobs.checkpoints import Checkpoints
from bot.jobs.course import Course
from bot.jobs.database import NAME, system_database
from bot.ports import Requests

VERSION = "1"  # changes only when workflows begun by older code can no longer run on this one
TOGETHER = (
    32  # begun at once after a death: there may be hundreds, and a sign of life and the doors want their turn too
)


class Jobs:
    """Starts requests on their course, over any number of deaths of the process. `ended` is called after each."""

    def __init__(
        self,
        database_url: str,
        name: str,
        life: str,
        requests: Requests,
        course: Course,
        checkpoints: Checkpoints,
        ended: Callable[[], None],
    ) -> None:
        self._config = DBOSConfig(
            name=NAME,
            application_version=VERSION,
            executor_id=life,
            serializer=DBOSPortableJSONSerializer(),
            max_executor_threads=16,
            notification_listener_polling_interval_sec=0.1,  # a stop waits for it; nobody listens, so it asks nothing
            log_level="ERROR",
            enable_otlp=False,
        )
        self._config.update(system_database(database_url))
        self._name = name
        self._requests = requests
        self._course = course
        self._checkpoints = checkpoints
        self._ended = ended
        self._running: set[str] = set()
        self._fresh: set[str] = set()
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
        """Begin a request that was claimed just now. Starting what has begun, or has ended, does nothing."""
        self._fresh.add(key)
        await self._start(key)

    async def resume(self, alive: Callable[[], Awaitable[frozenset[str]]]) -> None:
        """Go on with everything that is ours and does not run here, and with what anybody had begun who is not alive.

        What had begun is put back by dbos into a queue that all workers read, so it may go on in another of them, which
        then makes it its own (`adopt`). What had not begun begins here. Both may be done any number of times.
        """
        keys = [key for key in await self._requests.at_work() if key not in self._running]
        await recovery.recover(self._name, alive)
        for first in range(0, len(keys), TOGETHER):
            await asyncio.gather(*(self._start(key) for key in keys[first : first + TOGETHER]))

    async def _start(self, key: str) -> None:
        with SetWorkflowID(key):
            await DBOS.start_workflow_async(self._flow, key)

    async def close(self, patience: float) -> int:
        """Wait up to `patience` seconds for what is at work, then hand the rest back; returns how many that were."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._idle.wait()
        left = len(self._running)
        self._checkpoints.hand_back()
        await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=0, destroy_registry=True)
        # dbos made its own threads the loop's and has just shut them down; others have things to close as well.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        return left

    async def _run(self, key: str) -> None:
        self._running.add(key)
        self._idle.clear()
        try:
            await (self._course.run(key) if key in self._fresh else self._course.go_on(key))
        finally:
            self._running.discard(key)
            self._fresh.discard(key)
            if not self._running:
                self._idle.set()
            self._ended()
