"""How replicas know who lives: seconds that all of them have to agree on, and a clock to count them by."""

import time

BEAT = 5.0  # between two signs of life
SILENT = 20.0  # without one, whoever notices takes the work over
LEASE = 19.0  # since the last one, nothing is begun any more: by now somebody may be taking over
PROBE = 8.0  # without one, a name is taken up again by the next who has it: a beat and a half
GLIMPSE = 3.0  # for which it is watched at least: who lives and was cut from the database tries again every second
POISONED = 3  # processes that die with one request before it is given up
SUSPECT = 2  # processes that have died with it, from which on it shares its process with no other suspect
CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # the one that goes on while the machine sleeps


def elapsed() -> float:
    """Seconds on a clock that nothing sets and nothing stops."""
    return time.clock_gettime(CLOCK)
