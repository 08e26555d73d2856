"""Putting back what the dead had begun: a private call of dbos, pinned with it, behind one function."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from dbos import DBOS


async def recover(keys: Sequence[str], dead: frozenset[str], alive: frozenset[str]) -> None:
    """Put what these dead had begun back into the queue that all workers read; and of these keys what any dead had.

    The second is for an heir that died before it came so far. Nothing is taken from the living. Doing it twice is
    harmless: once a workflow has a new owner, or waits in the queue, it is not put back again.
    """
    names = (dead | await _owners(keys)) - alive
    if names:
        await asyncio.to_thread(DBOS._recover_pending_workflows, sorted(names))


async def _owners(keys: Sequence[str]) -> frozenset[str]:
    if not keys:
        return frozenset()
    begun = await DBOS.list_workflows_async(
        workflow_ids=list(keys), status="PENDING", load_input=False, load_output=False
    )
    return frozenset(one.executor_id for one in begun if one.executor_id)
