"""Hears when a request is accepted, wherever that was: Postgres tells whoever listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module
from typing import Any

import structlog

from storage.addresses import POSTGRES, address_of

log = structlog.get_logger()

LISTEN = "LISTEN threadpaint_requests"
AGAIN = 1.0  # seconds until a connection that was lost is tried again
ALIVE = {"keepalives": "1", "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3"}


async def listen(url: str, ring: Callable[[], None]) -> None:
    """Ring whenever there may be something to do, for ever.

    On SQLite nothing rings: the one process that accepts is the one that works. While the connection is lost nothing
    rings either, and once it is back it rings once; so whoever depends on it should look now and then by himself.
    """
    address = address_of(url)
    if address.get_backend_name() != POSTGRES:
        return
    target = address.set(drivername=POSTGRES).render_as_string(hide_password=False)
    while True:
        try:
            await _hear(target, ring)
        except OSError as fault:
            log.warning("bell_lost", fault=type(fault).__name__)
        await asyncio.sleep(AGAIN)


async def _hear(target: str, ring: Callable[[], None]) -> None:
    psycopg: Any = import_module("psycopg")  # it comes with the extra that Postgres needs
    try:
        async with await psycopg.AsyncConnection.connect(target, autocommit=True, **ALIVE) as connection:
            await connection.execute(LISTEN)
            ring()
            async for _ in connection.notifies():
                ring()
    except psycopg.Error as fault:
        raise ConnectionError("the bell") from fault
