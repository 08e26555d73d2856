"""From the first schema to the one with money in it: nothing is lost, and an old process goes on working beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from bot.domain.pictures import Source
from storage.database import Database
from storage.schema import _config, blocking_engine, migrate
from storage.turns import SqlTurns
from tests.contracts.made import picture, turn

# What a process of the version before writes.
TURN = {
    "id": "t",
    "team": "T1",
    "channel": "C1",
    "thread": "1763720000.000100",
    "act": "command",
    "asker": "U1",
    "words": "a red fox --ar 16:9",
    "prompt": "a red fox",
    "ratio": "16:9",
    "size": None,
    "count": 1,
    "tier": None,
    "model": "model-1",
    "parent": "",
    "escalated": None,
    "state": "asked",
    "context": "",
    "notes": "[]",
    "missing": 0,
    "trouble": None,
    "post": "",
    "begun": 1,
}
PICTURE = {
    "id": "t-0",
    "turn": "t",
    "position": 0,
    "blob_key": "ab/cd.jpg",
    "mime": "image/jpeg",
    "length": 3,
    "width": 1024,
    "height": 1024,
    "cost": "0.039",
    "seconds": 4.5,
    "file": "",
}


def insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    names, values = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)


def old_story(connection: Connection, name: str, model: str) -> None:
    insert(connection, "turns", TURN | {"id": name, "model": model})
    for position in range(2):
        insert(connection, "pictures", PICTURE | {"id": f"{name}-{position}", "turn": name, "position": position})


def go(url: str, step: Callable[[Config, str], None], revision: str) -> None:
    engine = blocking_engine(url)
    with engine.begin() as connection:
        step(_config(connection), revision)
    engine.dispose()


@pytest.fixture
async def old(empty_url: str) -> AsyncIterator[Database]:
    """With the first schema, and two turns in it."""
    database = Database(empty_url)
    await database.open()
    await asyncio.to_thread(go, empty_url, command.upgrade, "0001")
    await database.write(lambda connection: old_story(connection, "t", "model-1"))
    await database.write(lambda connection: old_story(connection, "u", "model-2"))
    yield database
    await database.close()


async def test_old_pictures_learn_their_model(empty_url: str, old: Database) -> None:
    await migrate(empty_url)
    for name, model in (("t", "model-1"), ("u", "model-2")):
        found = await SqlTurns(old).find(name)
        painted = [picture(f"{name}-{n}", name, n, parts=(), model=model, route="gemini") for n in range(2)]
        assert found == turn(name, model=model, pictures=tuple(painted))


async def test_an_old_process_goes_on_beside_it(empty_url: str, old: Database) -> None:
    await migrate(empty_url)
    await old.write(lambda connection: old_story(connection, "v", "model-3"))
    painted = [picture(f"v-{n}", "v", n, parts=()) for n in range(2)]
    assert await SqlTurns(old).find("v") == turn("v", model="model-3", pictures=tuple(painted))


async def test_there_and_back_and_there_again(empty_url: str, old: Database) -> None:
    await migrate(empty_url)
    made = picture("w-0", "w", sources=(Source("a", "b"),), queries=("q",), cost=Decimal(1))
    await SqlTurns(old).begin(turn("w", pictures=(made,)))
    await asyncio.to_thread(go, empty_url, command.downgrade, "0001")
    await migrate(empty_url)
    assert (await SqlTurns(old).find("w")).pictures == (
        replace(made, sources=(), queries=(), model="model-1", route="gemini"),
    )
