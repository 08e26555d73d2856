"""Ends a server when the tests that started it have ended in whatever way: a kill leaves nobody else to do it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds for a server to stop


@contextmanager
def ended_with_us(pid: int, by: signal.Signals, folder: str = "") -> Iterator[None]:
    """Whatever becomes of this process: afterwards that one gets this signal, if it still runs, and its folder goes."""
    began = str(psutil.Process(pid).create_time())
    command = [sys.executable, "-m", "tests.servers.mourning", str(pid), began, str(int(by)), folder]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, start_new_session=True) as mourner:
        yield
        assert mourner.stdin is not None
        mourner.stdin.close()  # as the kernel does where we are killed


def _end(pid: int, began: float, by: int, folder: str) -> None:
    if _runs(pid, began):
        psutil.Process(pid).send_signal(by)
    until = time.monotonic() + PATIENCE
    while folder and _runs(pid, began) and time.monotonic() < until:
        time.sleep(0.05)  # it is nobody's child any more, and nobody is told
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def _runs(pid: int, began: float) -> bool:
    """Whether this process is there, and is not another that was given the same number."""
    try:
        process = psutil.Process(pid)
        return process.create_time() == began and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


if __name__ == "__main__":
    sys.stdin.read()  # until everybody who could write has gone
    _end(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
