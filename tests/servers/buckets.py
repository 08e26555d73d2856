"""An object store of the tests' own, which speaks S3: moto's server, in a process of its own on a free port."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree

from tests.bench.stage import free_port
from tests.servers.mourning import ended_with_us

UP = 60.0  # seconds until it has to answer
KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_REGION": "us-east-1"}
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def environment(url: str) -> dict[str, str]:
    """What the environment has to say for the bot to find the store there, whatever else the developer's own says."""
    return KEYS | {
        "AWS_ENDPOINT_URL": url,
        "AWS_ENDPOINT_URL_S3": url,
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }


@dataclass(frozen=True)
class ObjectStore:
    """Where it is. Everything in it is in memory, and gone with it."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What the environment has to say for the bot to find it."""
        return environment(self.url)

    def bucket(self) -> str:
        """A new bucket's name."""
        name = f"b{uuid.uuid4().hex}"
        DIRECT.open(urllib.request.Request(f"{self.url}/{name}", method="PUT"), timeout=30).close()
        return name

    def objects(self, bucket: str) -> list[str]:
        """The keys of all that is in this bucket."""
        with DIRECT.open(f"{self.url}/{bucket}", timeout=30) as answer:
            return [found.text or "" for found in ElementTree.parse(answer).iter() if found.tag.endswith("Key")]


@contextmanager
def server() -> Iterator[ObjectStore]:
    """Start it, wait until it answers, stop it in the end."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with (
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process,
        ended_with_us(process.pid, signal.SIGTERM),
    ):
        store = ObjectStore(f"http://127.0.0.1:{port}")
        _await_answer(store, process)
        yield store


def _await_answer(store: ObjectStore, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + UP
    while not _answers(store):
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError(f"moto's server did not start: {process.poll()}")
        time.sleep(0.05)  # another process; nobody tells us


def _answers(store: ObjectStore) -> bool:
    try:
        DIRECT.open(f"{store.url}/moto-api/", timeout=5).close()
    except (urllib.error.URLError, OSError):
        return False
    return True
