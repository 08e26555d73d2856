"""The limits that hold now: a file of theirs is looked at again and again, so that they change without a restart."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection
from pathlib import Path

import structlog

from bot.domain import limits
from bot.domain.limits import Limits
from bot.errors import OperatorMustFix

log = structlog.get_logger()

LOOK = 2.0  # seconds between looks at the file
Stamp = tuple[int, int, int] | None


class LimitsFile:
    """Limits from a TOML file laid over `defaults`. Call it for what holds now.

    A file that no longer makes sense, or is gone, changes nothing but the log. `models` are the ids that it may name.
    """

    def __init__(self, file: Path, defaults: Limits, models: Collection[str]) -> None:
        """Raises OperatorMustFix "limits_missing" or "limits_wrong"."""
        self._file = file
        self._defaults = defaults
        self._models = models
        self._looked = time.monotonic()
        self._stamp = self._stamped()
        try:
            self._now = self._read()
        except OSError as exc:
            raise OperatorMustFix("limits_missing", file=str(file)) from exc
        except ValueError as exc:
            raise OperatorMustFix("limits_wrong", file=str(file), problem=str(exc)) from exc

    def __call__(self) -> Limits:
        """The limits that hold now."""
        if time.monotonic() - self._looked >= LOOK:
            self._looked = time.monotonic()
            self._look()
        return self._now

    def _look(self) -> None:
        stamp = self._stamped()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._now = self._read()
        except (OSError, ValueError) as exc:
            log.error("limits_unchanged", file=str(self._file), problem=str(exc))
            return
        log.info("limits_changed", file=str(self._file))

    def _stamped(self) -> Stamp:
        """What is another whenever the file is: some editors write a new file, some file systems count seconds."""
        try:
            seen = self._file.stat()
        except OSError:
            return None
        return seen.st_mtime_ns, seen.st_size, seen.st_ino

    def _read(self) -> Limits:
        return limits.read(self._file.read_text("utf-8"), self._defaults, self._models)


async def keep_looking(limits: Callable[[], Limits]) -> None:
    """For ever: a mistake in a file is told soon after it is made, also while nobody asks for anything."""
    while True:
        limits()
        await asyncio.sleep(LOOK)
