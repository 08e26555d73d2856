"""An ack means it is written down: whatever was accepted is there after kill -9."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from storage.database import Database
from storage.requests import SqlRequests
from storage.turns import SqlTurns
from tests.contracts.made import reply, turn

TREE = Path(__file__).parents[2]


@pytest.mark.parametrize("many", [1, 250])
async def test_what_was_accepted_survives_a_kill(url: str, many: int) -> None:
    acknowledged = await accepted_by_a_killed_process(url, many)
    database = Database(url)
    await database.open()
    requests = SqlRequests(database)
    found = [(await requests.find(key)).key for key in acknowledged]
    await requests.accept(reply("after"))
    assert "after" in await requests.claim(100_000)
    await SqlTurns(database).begin(turn("after"))
    await database.close()
    assert found == acknowledged
    assert len(acknowledged) >= many


async def accepted_by_a_killed_process(url: str, many: int) -> list[str]:
    """At least so many keys: whole lines only, for the last one may have been cut."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.contracts.accepting", url, stdout=asyncio.subprocess.PIPE, cwd=TREE
    )
    assert child.stdout is not None
    lines = [await child.stdout.readline() for _ in range(many)]
    child.kill()
    lines += (await child.stdout.read()).splitlines(keepends=True)
    await child.wait()
    return [line.decode().strip() for line in lines if line.endswith(b"\n")]
