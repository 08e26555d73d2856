"""Slack renews its sockets every few hours; when that goes wrong for a while, nobody has to restart the bot."""

from __future__ import annotations

import time

import aiohttp

from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.bench.stage import free_port
from tests.stories.mishaps import breaks, hurry
from tests.stories.story import Story, telling


async def test_a_socket_host_that_was_away_for_a_while_leaves_nobody_deaf(world: World, settings: Settings) -> None:
    address = f"127.0.0.1:{free_port()}"
    async with running(settings.model_copy(update={"http": address})), telling(world.url) as told:
        await hurry(told)
        await breaks(told, "slack", {"status": 503}, method="socket", times=4)
        await told.post("/control/disconnect", {"reason": "refresh_requested"})

        async def ready() -> tuple[int, str]:
            async with aiohttp.ClientSession() as session, session.get(f"http://{address}/readyz") as answer:
                return answer.status, await answer.text()

        async def deaf() -> bool | None:
            return True if await ready() == (503, "there is no socket to Slack") else None

        async def well() -> bool | None:
            return True if await ready() == (200, "ready") else None

        await told.eventually(deaf)
        await told.eventually(well)
        await told.commands("/imagine a red fox")
        await told.sees_picture()


async def test_what_comes_before_the_new_socket_stands_is_heard_on_the_old_one(story: Story) -> None:
    """Slack says ten seconds ahead that it will close a socket; here the next one takes a while."""
    await hurry(story)
    await breaks(story, "slack", {"status": 503}, method="socket", times=3)
    await story.post("/control/disconnect", {"reason": "warning"})
    began = time.monotonic()
    await story.commands("/imagine a red fox")
    assert time.monotonic() - began < 1.5  # the next socket stands after two seconds
    await story.sees_picture()
    assert all(each["acked"] for each in await story.get("/control/deliveries"))
