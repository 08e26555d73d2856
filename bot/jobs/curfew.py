"""A stop comes to its end, whatever stands in its way."""

from __future__ import annotations

import os
import sys
import threading

import structlog

log = structlog.get_logger()

LONGEST = 20.0  # seconds: what is at work gets twelve, and containers are given thirty


def curfew(seconds: float = LONGEST) -> None:
    """Be gone in so many seconds at the latest, also where a stop in good order cannot be had.

    While the database is away, threads of the drivers and of the job engine wait for it, and a thread cannot be
    interrupted. Whoever is thrown out leaves behind what a kill -9 does, and all of that is found again.
    """
    late = threading.Timer(seconds, _throw_out)
    late.daemon = True  # it does not keep the process, but goes on while others do
    late.start()


def _throw_out() -> None:
    log.error("stopped_in_the_middle")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(1)
