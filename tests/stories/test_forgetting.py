"""People are forgotten while the bot serves: nothing of theirs is left, and the conversation goes on kindly."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ChatDown
from bot.jobs.upkeep import retention
from bot.playground import keys
from bot.playground.world import World
from bot.serving import keeping, running
from bot.settings import Settings
from handlers import departures
from storage.database import Database
from tests.bench.stage import environment, start
from tests.photographs import photograph
from tests.stories.deliveries import deliver, event
from tests.stories.mishaps import breaks, hurry
from tests.stories.story import Story, telling


@pytest.fixture
async def told(world: World, settings: Settings) -> AsyncIterator[Story]:
    async with running(settings), telling(world.url) as story:
        await hurry(story)
        yield story


async def forget(world: World, folder: Path, *words: str) -> tuple[int, str]:
    """Run the command beside the bot, in a process of its own; its exit code and what it said."""
    log = folder / "forget.log"
    log.write_text("")
    process = await start(log, environment(world.url, folder), "forget", *words)
    code = await process.wait()
    return code, log.read_text("utf-8")


def kept(folder: Path) -> str:
    """Every value of every table, ours and the job engine's, and the name of every object."""
    said = [str(path) for path in (folder / "pictures").rglob("*") if path.is_file()]
    for file in ("threadpaint.db", "threadpaint-jobs.db"):
        with closing(sqlite3.connect(folder / file)) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            said += [str(row) for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]
    return "\n".join(said)


async def test_a_person_is_forgotten_beside_the_bot(told: Story, world: World, tmp_path: Path) -> None:
    mine = await told.attaches(photograph(320, 240), "window.jpg")
    await told.says(f"<@{keys.BOT_USER}> our window in winter", files=[mine])
    ana = await told.sees_picture()
    await told.commands("/imagine a blue whale", by="U0BEN")
    whale = await told.sees_picture()
    await told.presses("Keep", on=whale)
    assert "U0ANA" in kept(tmp_path)
    code, dry = await forget(world, tmp_path, "--user", "U0ANA", "--dry-run")
    assert (code, "our window" in kept(tmp_path)) == (0, True)
    code, said = await forget(world, tmp_path, "--user", "U0ANA")
    assert code == 0
    assert said.splitlines()[1:] == dry.splitlines()[1:]
    left = kept(tmp_path)
    assert "U0ANA" not in left
    assert "window" not in left
    assert ana.thread not in left.replace(f"'{ana.thread}', 1", "")  # the thread's own row
    assert "blue whale" in left
    assert len([line for line in left.splitlines() if "/pictures/" in line]) == 1
    assert (await forget(world, tmp_path, "--user", "U0ANA"))[1].strip() == "Nothing is kept of it."
    await told.replies("make it green", to=ana)
    assert await told.whispered("I have no record of this picture any more", thread=ana.thread)
    await told.replies("make it green", to=whale, by="U0BEN")
    assert (await told.sees_picture()).thread == whale.thread


async def test_a_thread_that_lost_its_beginning_goes_on(told: Story, world: World, tmp_path: Path) -> None:
    await told.commands("/imagine a red fox")
    fox = await told.sees_picture()
    await told.replies("make it night", to=fox, by="U0BEN")
    night = await told.sees_picture()
    assert (await forget(world, tmp_path, "--user", "U0ANA"))[0] == 0
    for change in ("make it snow", "make it rain"):
        await told.replies(change, to=night, by="U0BEN")
        assert (await told.sees_picture()).thread == fox.thread
    assert "a red fox" not in str((await told.paintings())[-1])


async def test_what_is_at_work_is_told_and_stays(told: Story, world: World, tmp_path: Path) -> None:
    await hurry(told, gemini_delay=10.0)
    await told.commands("/imagine a red fox")

    async def look() -> bool | None:
        return True if await told.paintings() else None

    await told.eventually(look)
    code, said = await forget(world, tmp_path, "--channel", "C0GENERAL")
    assert code == 1
    assert "1 request is at work" in said
    assert "a red fox" in kept(tmp_path)


async def test_a_stopped_bot_has_nothing_at_work(world: World, settings: Settings, tmp_path: Path) -> None:
    async with telling(world.url) as told:
        async with running(settings):
            await hurry(told, gemini_delay=60.0)
            await told.commands("/imagine a red fox")

            async def look() -> bool | None:
                return True if await told.paintings() else None

            await told.eventually(look)
        assert (await forget(world, tmp_path, "--workspace", keys.TEAM_ID))[0] == 0
        left = kept(tmp_path)
        assert keys.TEAM_ID not in left
        assert "red fox" not in left
        await hurry(told, gemini_delay=0.0)
        async with running(settings):
            await told.commands("/imagine a blue whale")
            assert "a blue whale" in (await told.sees_picture()).words


async def test_the_workspace_leaves_and_comes_back(
    told: Story, world: World, settings: Settings, tmp_path: Path
) -> None:
    await told.commands("/imagine a red fox")
    await told.sees_picture()
    await told.post("/control/uninstall", {})

    async def left() -> bool | None:
        return True if "departures" in kept_tables(tmp_path) else None

    await told.eventually(left)
    database = Database(settings.database_url)
    await database.open()
    try:
        client = world_client(world)
        at_once = retention(keeping(settings.model_copy(update={"uninstall_days": 0})), database)
        later = retention(keeping(settings), database)
        assert not await departures.clear_up(client, later)  # not for thirty days
        await told.post("/control/install", {})
        await breaks(told, "slack", {"error": "internal_error"}, method="auth.test")
        with pytest.raises(ChatDown):
            await departures.clear_up(client, at_once)  # nobody knows whether it is back
        assert not await departures.clear_up(client, at_once)  # it is
        assert "departures" not in kept_tables(tmp_path)
        await told.post("/control/uninstall", {})
        await told.eventually(left)
        assert (await departures.clear_up(client, at_once)).turns == 1
    finally:
        await database.close()
    assert keys.TEAM_ID not in kept(tmp_path)


def kept_tables(folder: Path) -> set[str]:
    """Tables of ours that have rows."""
    with closing(sqlite3.connect(folder / "threadpaint.db")) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name for name in names if connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()}


def world_client(world: World) -> AsyncWebClient:
    return AsyncWebClient(token=keys.BOT_TOKEN, base_url=world.slack_api_url)


async def test_somebodys_own_token_is_not_the_bots(told: Story, tmp_path: Path) -> None:
    payload = event("tokens_revoked", tokens={"oauth": ["U0ANA"]})
    assert (await deliver(told, "event", payload))["acked"]
    assert "departures" not in kept_tables(tmp_path)
