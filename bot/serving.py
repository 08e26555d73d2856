"""Runs the bot until it is told to stop, or has been taken for dead."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import structlog

from bot.jobs.curfew import curfew
from bot.settings import Settings

log = structlog.get_logger()

Opening = Callable[[Settings], AbstractAsyncContextManager[asyncio.Event]]


async def serve(settings: Settings, opening: Opening) -> None:
    """Serve until SIGTERM or SIGINT; `opening` is one of the roles in `bot.roles`.

    Each of them asks only for the settings it uses, before anything else, and yields what is set once this process has
    been taken for dead.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, _hear, stop)
    async with opening(settings) as over:
        settle()
        if await _told(stop, over):
            rebirth()
        log.info("stopping")
    log.info("stopped")


def _hear(stop: asyncio.Event) -> None:
    """Told to stop: also while it is still starting, it is soon over."""
    stop.set()
    curfew()


async def _told(stop: asyncio.Event, over: asyncio.Event) -> bool:
    """Wait until one of them is set; whether it was that we have been taken for dead."""
    waits = [asyncio.create_task(event.wait()) for event in (stop, over)]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    return over.is_set() and not stop.is_set()


def rebirth() -> None:
    """Become a new process with the same arguments, in the place of this one; nothing of it runs on, not for a moment.

    We were paused for so long that somebody else does our work. Nothing is finished or closed here: whatever this life
    still wrote could get in the way of the one who took over. It is a kill -9 by our own hand, and as safe as that.
    """
    log.warning("begins_a_new_life")
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


def settle() -> None:
    """What start-up has made stays; the collector need not look at it again, nor so often at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
