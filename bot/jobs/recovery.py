"""Putting back what the dead had begun: a private call of dbos, pinned with it, behind one function."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from dbos import DBOS


async def recover(name: str, alive: Callable[[], Awaitable[frozenset[str]]]) -> None:
    """Put what the dead had begun back into the queue that all workers read. Nothing is taken from the living.

    Each life is an executor of dbos's of its own. By the name alone, what the next life under it has taken out of the
    queue meanwhile would be put back while it runs. Whoever had begun something and is not alive when asked afterwards
    is dead for good. `name` is ours, so what the version before had begun under it is nobody else's. Doing it twice is
    harmless: once a workflow has a new owner, or waits in the queue, it is not put back again.
    """
    begun = await DBOS.list_workflows_async(status="PENDING", load_input=False, load_output=False)
    dead = {one.executor_id for one in begun if one.executor_id} - (await alive() - {name})
    if dead:
        await asyncio.to_thread(DBOS._recover_pending_workflows, sorted(dead))
