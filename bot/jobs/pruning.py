"""Throws away what the job engine remembers of requests that ended long ago."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from dbos import DBOS

log = structlog.get_logger()

ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
PIECE = 200  # workflows in one transaction: short enough that nobody waits for it
PAUSE = 0.2  # seconds between two of them
EVERY = 3600.0  # seconds between two rounds


async def keep_pruning(days: float) -> None:
    """Every hour, for ever. Several processes may do it at the same time: what is gone is gone."""
    while True:
        try:
            if pruned := await prune(days):
                log.info("history_pruned", requests=pruned)
        except Exception as fault:
            log.warning("history_not_pruned", exc_info=fault)
        await asyncio.sleep(EVERY)


async def prune(days: float) -> int:
    """Forget what ended more than so many days ago; how many requests that were. Our own tables keep theirs."""
    before, pruned = (datetime.now(UTC) - timedelta(days=days)).isoformat(), 0
    while ended := await _ended(before):
        await DBOS.delete_workflows_async(ended)
        pruned += len(ended)
        await asyncio.sleep(PAUSE)
    return pruned


async def _ended(before: str) -> list[str]:
    found = await DBOS.list_workflows_async(
        status=ENDED, completed_before=before, limit=PIECE, load_input=False, load_output=False
    )
    return [one.workflow_id for one in found]
