"""What anybody may send to the bot's own HTTP: nothing is unpacked for a stranger."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest
from aiohttp import web

from bot.doors import listen
from bot.endpoints import application
from bot.settings import Settings
from tests.bench.stage import free_port
from tests.wire.slack_stage import Stage, staged

PACKED = gzip.compress(b"{}" + b" " * 100_000)
HEADERS = {"Content-Encoding": "gzip", "Content-Type": "application/json"}


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


async def _length(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await request.read())))


async def test_a_body_that_says_it_is_packed_stays_packed(http: aiohttp.ClientSession) -> None:
    """Unpacking would come before the signature is looked at: a megabyte can hold a thousand."""
    app, port = application([]), free_port()
    app.router.add_post("/length", _length)
    async with AsyncExitStack() as stack:
        await listen(Settings.read().model_copy(update={"http": f"127.0.0.1:{port}"}), app, stack)
        async with http.post(f"http://127.0.0.1:{port}/length", data=PACKED, headers=HEADERS) as answer:
            assert int(await answer.text()) == len(PACKED)


async def test_the_page_unpacks_nothing_either(stage: Stage) -> None:
    async with stage.http.post(f"{stage.world.url}/control/settings", data=PACKED, headers=HEADERS) as answer:
        assert answer.status >= 400
