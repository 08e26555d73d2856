"""For every test: nothing leaves this machine; and the servers that some of them share."""

from __future__ import annotations

import ipaddress
import logging
import sys
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import structlog

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

# However busy a machine is, it finds the same: no example fails for having taken long.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """However a test sets up its logs: the next one hears what it would have heard alone."""
    root, quiet = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**quiet)


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
