"""For every test: nothing leaves this machine; and the servers that some of them share."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.servers import buckets, postgres


def _refuse_strangers(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook sees every connection of the process, whatever library makes it, and cannot be taken off again."""
    if event != "socket.connect" or not isinstance(args[1], tuple):
        return
    host = args[1][0]
    try:
        stranger = not ipaddress.ip_address(host).is_loopback
    except ValueError:
        stranger = host != "localhost"
    if stranger:
        raise ConnectionRefusedError(f"a test wanted to reach {host}; only this machine may be reached")


sys.addaudithook(_refuse_strangers)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a Postgres: started by the tests, or the one that TEST_DATABASE_URL names."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def object_store() -> Iterator[buckets.ObjectStore]:
    """A store that speaks S3."""
    with buckets.server() as store:
        yield store
