"""Keeps Pillow's warnings about odd files (torn EXIF, strange tags) out of the log and out of the way."""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


class _Silence:
    """Counts who asked for quiet: the filters are the process's, so only the first in and the last out touch them.

    `warnings.catch_warnings` on its own is not safe in threads: two overlapping uses restore each other's filters.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._caught = warnings.catch_warnings()

    def enter(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._caught = warnings.catch_warnings()
                self._caught.__enter__()
                warnings.filterwarnings("ignore", module=r"PIL\.")
            self._inside += 1

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._caught.__exit__(None, None, None)


_silence = _Silence()


@contextmanager
def quiet() -> Iterator[None]:
    """Within it, warnings that Pillow's own modules give are dropped; any number of threads may be inside."""
    _silence.enter()
    try:
        yield
    finally:
        _silence.leave()
