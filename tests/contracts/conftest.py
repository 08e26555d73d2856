"""What keeps each port's promise: on SQLite and on Postgres; pictures in a folder and in an S3 bucket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.domain.spend import Budgets
from storage.database import Database
from storage.ledger import SqlLedger
from storage.pictures import StoredPictures
from storage.posts import SqlPosts
from storage.requests import SqlRequests
from storage.retirements import SqlRetirements
from storage.schema import migrate
from storage.threads import SqlThreads
from storage.turns import SqlTurns
from storage.verdicts import SqlVerdicts
from tests.contracts.made import Clock
from tests.servers.lossy import Lossy, lossy
from tests.servers.postgres import own_schema

Ledgers = Callable[..., SqlLedger]
Rows = Callable[[str], Awaitable[list[Any]]]


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database where nothing has been yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/not yet there/threadpaint.db"
        return
    with own_schema(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
async def url(empty_url: str) -> str:
    """The address of a database with the newest schema."""
    await migrate(empty_url)
    return empty_url


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """Open, and closed afterwards."""
    opened = Database(url)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> Clock:
    """Time that stands until it is moved."""
    return Clock()


@pytest.fixture
def requests(database: Database, clock: Clock) -> SqlRequests:
    return SqlRequests(database, clock)


@pytest.fixture
def threads(database: Database) -> SqlThreads:
    return SqlThreads(database)


@pytest.fixture
def turns(database: Database) -> SqlTurns:
    return SqlTurns(database)


@pytest.fixture
def posts(database: Database) -> SqlPosts:
    return SqlPosts(database)


@pytest.fixture
def ledgers(database: Database, clock: Clock) -> Ledgers:
    """Ledgers over the same rows: with budgets in dollars, a time zone, an executor."""

    def make(
        person: str | None = None, workspace: str | None = None, zone: str = "UTC", executor: str = "one"
    ) -> SqlLedger:
        budgets = Budgets(*(None if one is None else Decimal(one) for one in (person, workspace)))
        return SqlLedger(database, budgets, ZoneInfo(zone), executor, clock)

    return make


@pytest.fixture
def ledger(ledgers: Ledgers) -> SqlLedger:
    """Without budgets."""
    return ledgers()


@pytest.fixture
def verdicts(database: Database) -> SqlVerdicts:
    return SqlVerdicts(database)


@pytest.fixture
def retirements(database: Database, clock: Clock) -> SqlRetirements:
    return SqlRetirements(database, clock)


@pytest.fixture(params=["folder", "file", "memory", "bucket"])
def pictures(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StoredPictures:
    places = {"folder": f"{tmp_path}/a new/folder", "file": (tmp_path / "é new").as_uri(), "memory": "memory:///"}
    if request.param == "bucket":
        store = request.getfixturevalue("object_store")
        for name, value in store.environment.items():
            monkeypatch.setenv(name, value)
        places["bucket"] = f"s3://{store.bucket()}/pictures"
    return StoredPictures(places[request.param])


@pytest.fixture
def address(postgres_server: str) -> Iterator[str]:
    """A namespace of the test's own on a server."""
    with own_schema(postgres_server) as url:
        yield url


@pytest.fixture
async def way(address: str) -> AsyncIterator[Lossy]:
    """There is a way to it that can be cut."""
    await migrate(address)
    async with lossy(address) as opened:
        yield opened


@pytest.fixture
async def distant(way: Lossy) -> AsyncIterator[Database]:
    """Reached over that way."""
    opened = Database(way.url)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def rows(address: str, way: Lossy) -> AsyncIterator[Rows]:
    """A look at its tables by another way, which is never cut."""
    opened = Database(address)

    async def read(query: str) -> list[Any]:
        found = await opened.read(lambda connection: connection.execute(text(query)).all())
        return [row[0] if len(row) == 1 else tuple(row) for row in found]

    yield read
    await opened.close()
