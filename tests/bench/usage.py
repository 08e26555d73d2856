"""What processes use of the processor, and a way to let one have no more than a part of it."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress

import psutil

TICK = 0.01  # seconds between looks
SPARE = 0.02  # seconds of work that may be saved up: a burst after a rest is no longer than this


def used(processes: Iterable[psutil.Process]) -> float:
    """Seconds of processor time of these and of all they started, those that have ended included."""
    return sum(_family(process) for process in processes)


def measured(groups: Mapping[str, Iterable[psutil.Process]]) -> dict[str, float]:
    """The same, by group."""
    return {name: used(processes) for name, processes in groups.items()}


@asynccontextmanager
async def limited(process: psutil.Process, part: float) -> AsyncIterator[None]:
    """While this lasts the process has at most this part of one core: it is stopped whenever it has had more.

    A container with a limit is held up in the same way, for tens of milliseconds at a time. That makes a small machine
    of each replica, so that what they share is not the bottleneck.
    """
    task = asyncio.create_task(_hold(process, part))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        process.resume()


async def _hold(process: psutil.Process, part: float) -> None:
    allowed, at, before = 0.0, time.monotonic(), _own(process)
    stopped = False
    while True:
        now, spent = time.monotonic(), _own(process)
        allowed = min(allowed + part * (now - at) - (spent - before), SPARE)
        at, before = now, spent
        if stopped != (allowed < 0):
            stopped = allowed < 0
            process.send_signal(signal.SIGSTOP if stopped else signal.SIGCONT)
        await asyncio.sleep(TICK)


def _own(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _family(process: psutil.Process) -> float:
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total
