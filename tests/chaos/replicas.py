"""The bots: each is started again whenever it has ended, as a supervisor does."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter
from contextlib import suppress
from math import inf
from pathlib import Path

from tests.bench.stage import start

AGAIN = 1.0  # seconds until who has ended is started again


class Replica:
    """One of them, by its stable name.

    `unasked` counts how it ended when nobody had told it to; `stops` are the seconds that it took to stop when it was
    asked politely, up to now where it is still at it.
    """

    def __init__(self, name: str, folder: Path, around: dict[str, str]) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self.unasked: Counter[int] = Counter()
        self.stops: list[float] = []
        self.asleep = False
        self._around = around | {"THREADPAINT_EXECUTOR": name}
        self._told = False
        self._asked = inf  # when it was told to stop
        self._process: asyncio.subprocess.Process | None = None

    async def live(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self._told, self._asked = False, inf
                self._process = await start(self.log, self._around, "serve")
                code = await self._process.wait()
                self.note_stop()
                if not self._told:
                    self.unasked[code] += 1
                self._process = None
                await asyncio.sleep(AGAIN)
        finally:
            await self._end()

    def note_stop(self) -> None:
        """It has stopped, or should have by now."""
        if self._asked < inf:
            self.stops.append(time.monotonic() - self._asked)

    def strike(self, blow: signal.Signals) -> bool:
        """End it by this signal, if it runs; whether it did."""
        if self._process is None or self._process.returncode is not None:
            return False
        self._told = True
        self._asked = min(self._asked, time.monotonic()) if blow is signal.SIGTERM else inf
        self._process.send_signal(blow)
        return True

    async def sleep(self, seconds: float) -> None:
        """Stand still for so long, as a machine that swaps or a laptop that was closed; unless it is killed before."""
        process = self._process
        if process is None or process.returncode is not None or self.asleep:
            return
        self.asleep = True
        process.send_signal(signal.SIGSTOP)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await process.wait()
        finally:
            self.asleep = False
            if process.returncode is None:
                process.send_signal(signal.SIGCONT)
                self._hear_now(process)

    def _hear_now(self, process: asyncio.subprocess.Process) -> None:
        """Who was told to stop while asleep, or fell asleep over it, has its time from now on."""
        if process is self._process and self._asked < inf:
            self._asked = time.monotonic()

    async def _end(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
