"""Where the way out leads through a proxy, everything for Slack goes through it: what is painted is also delivered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.bench.stage import free_port
from tests.photographs import photograph
from tests.stories.mishaps import breaks, hurry
from tests.stories.story import telling

HOST = "slack.invalid"  # nobody finds it but the proxy


@asynccontextmanager
async def a_proxy(world: World) -> AsyncIterator[tuple[str, list[str]]]:
    """The only way to the world, which is at another name behind it; its address and the paths that were asked for."""
    asked: list[str] = []
    inside, outside = world.url, world.url.replace("127.0.0.1", HOST)

    async def forward(request: web.Request) -> web.Response:
        parts = urlsplit(request.raw_path)
        assert parts.hostname == HOST
        asked.append(parts.path)
        passed = {name: value for name, value in request.headers.items() if name in ("Authorization", "Content-Type")}
        url = f"{inside}{parts.path}?{parts.query}"
        async with session.request(request.method, url, data=await request.read(), headers=passed) as answer:
            body = (await answer.read()).replace(inside.encode(), outside.encode())
            return web.Response(body=body, status=answer.status, content_type=answer.content_type)

    async with aiohttp.ClientSession() as session:
        runner = web.ServerRunner(web.Server(forward))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
        finally:
            await runner.cleanup()


async def test_behind_a_proxy_references_are_fetched_and_pictures_delivered(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"127.0.0.1:{free_port()}"
    api = world.slack_api_url.replace("127.0.0.1", HOST)
    behind = settings.model_copy(update={"slack_app_token": SecretStr(""), "http": address, "slack_api_url": api})
    async with a_proxy(world) as (way, asked):
        for name in ("HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, way)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.setenv(name, "127.0.0.1")
        async with running(behind), telling(world.url) as told:
            await told.post("/control/transport", {"mode": "http", "url": f"http://{address}/slack/events"})
            await hurry(told)
            photo = await told.attaches(photograph(), "window.jpg")
            await told.says("<@U0PAINTBOT> make it night", files=[photo])
            picture = await told.sees_picture()
            assert "1 reference" in picture.words
            await breaks(told, "slack", {"error": "restricted_action"}, method="chat.postMessage", times=9)
            await told.commands("/imagine a red fox")
            await told.whispered("rules do not let me post")
        kinds = {path.split("/")[2] for path in asked}
        assert kinds >= {"api", "files", "upload"}
