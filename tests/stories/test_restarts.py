"""The bot is stopped, killed, started again: what was asked is made, once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import OperatorMustFix
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.bench.stage import environment, free_port, start, up
from tests.stories.mishaps import breaks, hurry, methods, results
from tests.stories.places import on_both
from tests.stories.story import Story, telling


@pytest.fixture
async def told(world: World) -> AsyncIterator[Story]:
    """A story whose bot comes and goes."""
    async with telling(world.url) as story:
        await hurry(story)
        yield story


async def called(told: Story, method: str) -> None:
    """Wait until the bot has called this method of Slack's."""

    async def look() -> bool | None:
        return True if await methods(told, method) else None

    await told.eventually(look)


@on_both
async def test_a_stop_lets_what_is_at_work_be_finished(told: Story, settings: Settings) -> None:
    await hurry(told, gemini_delay=1.0)
    async with running(settings):
        await told.commands("/imagine a red fox")
        await told.sees_words("a red fox")
    assert len([seen for seen in await results(told) if seen.images]) == 1
    async with running(settings):
        await told.sees_picture()
        await told.replies("make it night")
        await told.sees_picture()
    assert len(await told.paintings()) == 2
    assert len(await results(told)) == 2


async def test_a_model_that_hangs_does_not_hold_up_the_stop(told: Story, settings: Settings) -> None:
    await breaks(told, "gemini", {"hang": 60})
    async with running(settings):
        await told.commands("/imagine a red fox")

        async def look() -> bool | None:
            return True if await told.paintings() else None

        await told.eventually(look)
        began = time.monotonic()
    assert time.monotonic() - began < 20
    async with running(settings):
        picture = await told.sees_picture()
        await told.replies("make it night", to=picture)
        await told.sees_picture()
    assert len(await told.paintings()) == 3  # the call that hung was never answered
    assert len(await results(told)) == 2


async def test_many_that_wait_are_done_after_the_restart_in_order(told: Story, settings: Settings) -> None:
    await hurry(told, gemini_delay=0.3)
    async with running(settings):
        await told.commands("/imagine a red fox")
        fox = await told.sees_picture()
        for change in ("night", "snow", "rain"):
            await told.replies(f"make it {change}", to=fox)
    async with running(settings):
        seen = [(await told.sees_picture()).words for _ in range(3)]
    assert [word for words in seen for word in ("night", "snow", "rain") if f"make it {word}" in words] == [
        "night",
        "snow",
        "rain",
    ]
    assert len(await told.paintings()) == 4


async def test_a_second_bot_on_the_same_file_does_not_start(told: Story, settings: Settings) -> None:
    async with running(settings):
        with pytest.raises(OperatorMustFix, match="database_occupied"):
            async with running(settings):
                pass  # pragma: no cover
        await told.commands("/imagine a red fox")
        await told.sees_picture()


class Mortal:
    """The bot as a process of its own, which can be killed."""

    def __init__(self, told: Story, folder: Path, settings: Settings) -> None:
        self._told = told
        self._folder = folder
        self._places = {"DATABASE_URL": settings.database_url, "PICTURES_URL": settings.pictures_url}
        self._bot: asyncio.subprocess.Process | None = None

    async def born(self) -> None:
        port = free_port()
        told = environment(self._told.url, self._folder, port) | self._places
        self._bot = await start(self._folder / "bot.log", told, "serve")
        await up(f"http://127.0.0.1:{port}/readyz")

        async def connected() -> bool | None:
            state = await self._told.get("/page/state", user="U0ANA")
            return True if state["mode"] == "socket" else None

        await self._told.eventually(connected)

    async def killed(self) -> None:
        assert self._bot is not None
        if self._bot.returncode is None:
            self._bot.kill()
        await self._bot.wait()


@pytest.fixture
async def mortal(told: Story, tmp_path: Path, settings: Settings) -> AsyncIterator[Mortal]:
    bot = Mortal(told, tmp_path, settings)
    await bot.born()
    yield bot
    await bot.killed()


@on_both
async def test_killed_while_the_model_works_the_picture_comes_once(told: Story, mortal: Mortal) -> None:
    await hurry(told, gemini_delay=1.0)
    await told.commands("/imagine a red fox")
    await called(told, "assistant.threads.setStatus")
    await mortal.killed()
    await mortal.born()
    picture = await told.sees_picture()
    await told.replies("make it night", to=picture)
    await told.sees_picture()
    assert len(await results(told)) == 2
    assert len(await told.posted()) == 3


async def test_killed_after_the_answer_was_stored_the_model_is_not_asked_again(told: Story, mortal: Mortal) -> None:
    await breaks(told, "slack", {"delay": 1.0}, method="files.completeUploadExternal")
    await told.commands("/imagine a red fox")
    await called(told, "files.completeUploadExternal")
    await mortal.killed()
    await mortal.born()
    picture = await told.sees_picture()
    assert len(await told.paintings()) == 1
    assert [seen.ts for seen in await results(told)] == [picture.ts]


@on_both
async def test_killed_after_slack_took_the_result_it_is_not_posted_twice(told: Story, mortal: Mortal) -> None:
    await breaks(told, "slack", {"drop": "after"}, method="chat.postMessage")
    await told.says("<@U0PAINTBOT> a red fox")
    picture = await told.sees_picture()
    await mortal.killed()
    await mortal.born()
    await told.replies("make it night", to=picture)
    await told.sees_picture()
    assert len(await results(told)) == 2
    assert len(await told.paintings()) == 2
