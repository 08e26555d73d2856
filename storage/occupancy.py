"""One serving process for one SQLite file: two of them would run each other's requests twice."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import OperatorMustFix
from storage.addresses import SQLITE, address_of, make_folder


@contextmanager
def occupied(url: str) -> Iterator[None]:
    """Hold the database for as long as the context lasts; the system lets go of it when the process dies.

    Postgres is shared by any number of processes, so nothing is held there. Raises OperatorMustFix when another process
    holds the file.
    """
    address = address_of(url)
    if address.get_backend_name() != SQLITE:
        yield
        return
    make_folder(address)
    with Path(f"{address.database}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            raise OperatorMustFix("database_occupied", file=str(address.database)) from exc
        yield
