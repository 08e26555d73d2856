"""Work that goes on beside the requests: deliveries, late files, expiring statuses."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Chores:
    """Keeps hold of background tasks, so that none is lost and all end with the world."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run `work` in the background."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def later(self, seconds: float, do: Callable[[], None]) -> None:
        """Call `do` after so many seconds (0: on the next turn of the loop)."""
        self.start(_after(seconds, do))

    def drop(self) -> None:
        """Cancel what is still going on."""
        for task in self._tasks:
            task.cancel()

    async def stop(self) -> None:
        """Cancel what is still going on and wait until it has ended."""
        going_on = list(self._tasks)
        self.drop()
        await asyncio.gather(*going_on, return_exceptions=True)


async def _after(seconds: float, do: Callable[[], None]) -> None:
    await asyncio.sleep(seconds)
    do()
