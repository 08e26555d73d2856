"""The world and the real bot, in both transports, for every story; for some also on servers of their own."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url

from bot import manifest
from bot.logs import set_up
from bot.play import settings_for
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.bench.stage import free_port
from tests.servers.buckets import ObjectStore
from tests.servers.postgres import own_database
from tests.stories.places import ONE_MACHINE
from tests.stories.story import Story, telling


@pytest.fixture(autouse=True)
def logs() -> None:
    """The bot's own logs: the library's default prints every local variable, which takes seconds."""
    set_up("warning")


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A fresh world in a box."""
    box = World(manifest.read())
    await box.start()
    yield box
    await box.stop()


@pytest.fixture
def places(request: pytest.FixtureRequest) -> dict[str, str]:
    """Where rows and pictures are kept: in a folder, unless a story is marked to be told `on_both`.

    `STORIES_ON=servers pytest tests/stories` tells all there; who looks into the SQLite file by itself fails.
    """
    kind = getattr(request, "param", os.environ.get("STORIES_ON", ONE_MACHINE))
    return {} if kind == ONE_MACHINE else request.getfixturevalue("servers")


@pytest.fixture
def servers(
    postgres_server: str, object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """An empty database on a Postgres, and an empty bucket that speaks S3."""
    for name, value in object_store.environment.items():
        monkeypatch.setenv(name, value)
    with own_database(postgres_server) as url:
        address = make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        yield {"database_url": address, "pictures_url": f"s3://{object_store.bucket()}/pictures"}


@pytest.fixture
def settings(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, places: dict[str, str]) -> Settings:
    """The bot's settings in this world; a key of the developer's own is never used in a test."""
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    return settings_for(world, tmp_path).model_copy(update=places)


@pytest.fixture
async def story(world: World, settings: Settings) -> AsyncIterator[Story]:
    """A conversation over Socket Mode."""
    async with running(settings), telling(world.url) as told:
        yield told


@pytest.fixture
async def story_over_http(world: World, settings: Settings) -> AsyncIterator[Story]:
    """The same over HTTP deliveries."""
    address = f"127.0.0.1:{free_port()}"
    over_http = settings.model_copy(update={"slack_app_token": SecretStr(""), "http": address})
    async with running(over_http), telling(world.url) as told:
        await told.post("/control/transport", {"mode": "http", "url": f"http://{address}/slack/events"})
        yield told
