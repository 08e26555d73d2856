"""What the bot says of itself: `/healthz` that it answers, `/readyz` whether it can do its work."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import create_engine, make_url, text

from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from storage.addresses import address_of
from storage.database import Database
from tests.bench.stage import end, environment, free_port, start, up
from tests.servers.postgres import own_database
from tests.stories.mishaps import breaks
from tests.stories.story import Story, telling


async def asked(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def says(told: Story, port: int, expected: tuple[int, str]) -> None:
    """Wait until this is how it is."""

    async def look() -> bool | None:
        return True if await asked(port, "/readyz") == expected else None

    await told.eventually(look, within=60)


async def test_without_a_socket_it_is_alive_and_not_ready(world: World, settings: Settings) -> None:
    port = free_port()
    async with telling(world.url) as told, running(settings.model_copy(update={"http": f"127.0.0.1:{port}"})):
        assert await asked(port, "/readyz") == (200, "ready")
        await breaks(told, "slack", {"error": "internal_error"}, method="apps.connections.open", times=3)
        await told.post("/control/disconnect", {})
        await says(told, port, (503, "there is no socket to Slack"))
        assert await asked(port, "/healthz") == (200, "alive")
        await says(told, port, (200, "ready"))


def doors_of(server: str, url: str, open_to_all: bool) -> None:
    """Let nobody into this database any more, and throw out who is in it; or let everybody in again."""
    name = make_url(url).database
    engine = create_engine(address_of(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {open_to_all}"))
        ours = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
        connection.execute(ours, {"name": name})
    engine.dispose()


@pytest.mark.parametrize("words", [("work",), ("serve", "--no-work")])
async def test_without_its_database_it_is_alive_and_not_ready(
    world: World, tmp_path: Path, postgres_server: str, words: tuple[str, ...]
) -> None:
    port = free_port()
    with own_database(postgres_server) as url:
        around = environment(world.url, tmp_path, port) | {"DATABASE_URL": url}
        async with telling(world.url) as told:
            bot = await start(tmp_path / "bot.log", around, *words)
            try:
                await up(f"http://127.0.0.1:{port}/readyz")
                doors_of(postgres_server, url, False)
                await says(told, port, (503, "the database does not answer"))
                assert await asked(port, "/healthz") == (200, "alive")
                doors_of(postgres_server, url, True)
                await says(told, port, (200, "ready"))
            finally:
                await end(bot)


async def test_doors_behind_which_nobody_works_say_so(world: World, tmp_path: Path, postgres_server: str) -> None:
    port, log = free_port(), tmp_path / "bot.log"
    with own_database(postgres_server) as url:
        around = environment(world.url, tmp_path, port) | {"DATABASE_URL": url}
        async with telling(world.url) as told:
            bot = await start(log, around, "serve", "--no-work")
            try:
                await up(f"http://127.0.0.1:{port}/readyz")
                await told.commands("/imagine a red fox")
                await asked_a_minute_ago(url)
                await says(told, port, (503, "requests wait, and no worker is alive: start `threadpaint work`"))

                async def logged() -> bool | None:
                    return True if "not_attended" in log.read_text() else None

                await told.eventually(logged, within=60)
            finally:
                await end(bot)


async def asked_a_minute_ago(url: str) -> None:
    """As if what was asked had waited for a minute."""
    database = Database(url)
    await database.write(
        lambda connection: connection.execute(text("UPDATE requests SET accepted = accepted - 60000000"))
    )
    await database.close()
