"""The durable job engine: dbos runs a request's steps and remembers which are done. Its only home.

What is set and why: a portable serializer (pickle is the default, and a pickle in a database is code), a fixed
application version (by default it is hashed from the source, and an upgrade would orphan waiting work), an
executor id for each life (what was in flight is put back by the next start under the same name, or by whoever finds it
dead), and for SQLite an engine of our own with a write-ahead log, because the default journal is several times slower.

Where two processes run the same request after all, because one was slow and taken for dead, dbos lets only the later
one write: each checkpoint of the other is refused with an error that passes through here untouched, and ends it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID, StepOptions

from bot.domain.lives import POISONED, SUSPECT
from bot.domain.turns import Trouble
from bot.errors import ChatDown, ChatRefused, OperatorMustFix, StoreDown
from bot.jobs import recovery
from bot.jobs.database import NAME, system_database
from bot.jobs.steps import Steps
from bot.ports import Requests
from storage.outages import away

log = structlog.get_logger()
Outcome = TypeVar("Outcome")

AGAIN = 1.0  # seconds until what must be written is tried again
BROKE = Trouble("something_broke")
VERSION = "1"  # changes only when workflows begun by older code can no longer run on this one


class Jobs:
    """Starts requests and sees them through, over any number of deaths of the process.

    `ended` is called after each; `assured` returns once it is certain that what we have at work is still ours.
    """

    def __init__(
        self,
        database_url: str,
        name: str,
        life: str,
        requests: Requests,
        steps: Steps,
        ended: Callable[[], None],
        assured: Callable[[], Awaitable[None]],
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
        self._steps = steps
        self._ended = ended
        self._assured = assured
        self._running: set[str] = set()
        self._fresh: set[str] = set()
        self._alone = asyncio.Lock()
        self._idle = asyncio.Event()
        self._idle.set()
        self._handed_back = False
        self._never = asyncio.Event()

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
        await asyncio.gather(*(self._start(key) for key in keys))

    async def _start(self, key: str) -> None:
        with SetWorkflowID(key):
            await DBOS.start_workflow_async(self._flow, key)

    async def close(self, patience: float) -> int:
        """Wait up to `patience` seconds for what is at work, then hand the rest back; returns how many that were."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._idle.wait()
        left = len(self._running)
        self._handed_back = True
        await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=0, destroy_registry=True)
        # dbos made its own threads the loop's and has just shut them down; others have things to close as well.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        return left

    async def _run(self, key: str) -> None:
        self._running.add(key)
        self._idle.clear()
        try:
            await self._take_up(key)
        finally:
            self._running.discard(key)
            self._fresh.discard(key)
            if not self._running:
                self._idle.set()
            self._ended()

    async def _take_up(self, key: str) -> None:
        """What has killed processes before runs without others of its kind: the next death is not blamed on all.

        Nothing here is a checkpoint: it happens in each life anew.
        """
        if key in self._fresh:
            await self._see_through(key)
            return
        deaths = await self._surely(lambda: self._requests.adopt(key))
        if deaths is None:
            return
        if deaths >= POISONED:
            await self._bury(key, deaths)
        elif deaths >= SUSPECT:
            async with self._alone:
                await self._again(key)
        else:
            await self._again(key)

    async def _again(self, key: str) -> None:
        await self._surely(lambda: self._requests.begun(key))
        await self._see_through(key)

    async def _bury(self, key: str, deaths: int) -> None:
        """Say so where the result would have been, unless even that kills; then it is over for this request."""
        log.error("request_poisoned", key=key, deaths=deaths)
        await self._surely(lambda: self._requests.begun(key))
        await self._surely(lambda: self._requests.failed(key, "poisoned"))
        if deaths < 2 * POISONED:
            try:
                await self._steps.bury(key, deaths)
            except Exception as fault:
                log.error("request_lost_its_answer", key=key, exc_info=fault)
        await self._finish(key)

    async def _surely(self, write: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Write this, however long the database is away."""
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

    async def _finish(self, key: str) -> None:
        await self._surely(lambda: self._steps.finish(key))

    async def _see_through(self, key: str) -> None:
        turn = ""
        try:
            turn = await self._step("begin", self._steps.begin, key)
            if turn:
                await self._step("paint", self._steps.paint, key, turn)
                await self._step("show", self._steps.show, turn)
        except ChatRefused as fault:
            log.warning("chat_refused", key=key, turn=turn, reason=fault.reason)
            await self._give_up(key, turn, BROKE)
        except (StoreDown, OperatorMustFix) as fault:
            log.error("request_broke", key=key, turn=turn, reason=fault.reason, facts=fault.facts)
            await self._give_up(key, turn, Trouble(fault.reason, fault.facts))
        except Exception as fault:
            log.error("request_broke", key=key, turn=turn, exc_info=fault)
            await self._give_up(key, turn, BROKE)
        await self._finish(key)  # no checkpoint: it may run any number of times

    async def _give_up(self, key: str, turn: str, why: Trouble) -> None:
        try:
            await self._step("give_up", self._steps.give_up, key, turn, why.reason, why.facts)
        except Exception as fault:
            log.error("request_lost_its_answer", key=key, turn=turn, exc_info=fault)

    async def _step(self, name: str, work: Callable[..., Any], *args: Any) -> Any:
        """One checkpoint: once it has returned, a restart does not run it again. It begins only while we are alive."""
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


def _may_pass(fault: BaseException) -> bool:
    return isinstance(fault, (ChatDown, StoreDown)) or away(fault)
