"""A request that kills whoever works on it; and what is not kept of those that are done."""

from __future__ import annotations

import asyncio
import sqlite3
from asyncio.subprocess import Process
from pathlib import Path

from bot.jobs.database import system_database
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from handlers.sentences import SENTENCES
from tests.bench.stage import connected, environment, start
from tests.stories.mishaps import hurry, results
from tests.stories.story import telling


async def test_what_kills_three_times_is_given_up_and_kept(world: World, tmp_path: Path) -> None:
    async with telling(world.url) as told:
        await hurry(told, gemini_delay=30)
        log = tmp_path / "bot.log"
        around = environment(world.url, tmp_path) | {"THREADPAINT_OPERATOR": "U0ANA"}

        async def born() -> Process:
            bot = await start(log, around, "serve")
            await connected(told, bot, log)
            return bot

        async def called() -> bool | None:
            return True if len(await told.paintings()) > deaths else None

        bot = await born()
        await told.commands("/imagine a red fox")
        for deaths in range(3):  # noqa: B007 - read by `called`
            await told.eventually(called)
            bot.kill()
            await bot.wait()
            bot = await born()
        await told.sees_words(SENTENCES["poisoned"])
        await told.sees_words(SENTENCES["request_poisoned"].partition("`")[0])
        await hurry(told, gemini_delay=0.1)
        await told.commands("/imagine a blue fox")
        await told.sees_picture()
        bot.terminate()
        await bot.wait()
        assert len(await told.paintings()) == 4
        assert [seen.images for seen in await results(told)].count([]) >= 1
    with sqlite3.connect(tmp_path / "threadpaint.db") as tables:
        rows = tables.execute("SELECT deaths, failed, finished IS NULL FROM requests ORDER BY number").fetchall()
    assert rows == [(3, "poisoned", 0), (0, "", 0)]


async def test_a_clean_stop_is_no_death(world: World, settings: Settings, tmp_path: Path) -> None:
    async with telling(world.url) as told:
        await hurry(told, gemini_delay=1)
        async with running(settings):
            await told.commands("/imagine a red fox")
            await told.sees_words("a red fox")
        async with running(settings):
            await told.sees_picture()
    with sqlite3.connect(tmp_path / "threadpaint.db") as tables:
        assert tables.execute("SELECT deaths FROM requests").fetchall() == [(0,)]
        assert tables.execute("SELECT name FROM executors").fetchall() == []


async def test_what_ended_long_ago_is_not_remembered(world: World, settings: Settings) -> None:
    async with telling(world.url) as told:
        await hurry(told)
        async with running(settings):
            await told.commands("/imagine a red fox")
            fox = await told.sees_picture()
        assert await kept(settings) == 1
        async with running(settings):  # a week is not over
            await told.replies("make it night", to=fox)
            await told.sees_picture()
        assert await kept(settings) == 2
        async with running(settings.model_copy(update={"keep_history": 0.0})):

            async def forgotten() -> bool | None:
                return True if await kept(settings) == 0 else None

            await told.eventually(forgotten)


async def kept(settings: Settings) -> int:
    """Workflows in the job engine's own file."""
    file = str(system_database(settings.database_url)["system_database_url"]).removeprefix("sqlite:///")

    def count() -> int:
        with sqlite3.connect(file) as tables:
            return int(tables.execute("SELECT count(*) FROM workflow_status").fetchone()[0])

    return await asyncio.to_thread(count)
