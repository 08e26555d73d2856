"""Answers that come slowly: how long each stage is waited for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.engines import gemini, narrow
from bot.engines.access import ApiKey
from bot.engines.gemini import GeminiEngine
from bot.errors import ModelDown
from bot.ports import Answer, Ask
from tests.wire.gemini_recorder import FLASH, PAINTED

BODY = json.dumps(PAINTED).encode()
Telling = Callable[[web.StreamResponse], Awaitable[object]]


@asynccontextmanager
async def answering(telling: Telling) -> AsyncIterator[str]:
    """A server that sends headers at once, and then what `telling` writes. Yields its address."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        await telling(response)
        return response

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    await runner.cleanup()


async def came(url: str, timeout: float = 60.0) -> Answer:
    """What one call comes to."""
    engine = GeminiEngine(ApiKey("k", url))
    try:
        return await engine.paint(Ask(FLASH, "a red fox", timeout=timeout))
    finally:
        await engine.close()


async def after(seconds: float) -> None:
    """Returns when so much time has passed."""
    passed = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, passed.set)
    await passed.wait()


async def test_headers_and_blanks_that_come_early_are_no_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrow, "STALL", 0.1)

    async def early(response: web.StreamResponse) -> None:
        await response.write(b" \n")
        await after(0.5)
        await response.write(BODY)

    async with answering(early) as url:
        assert (await came(url)).picture is not None


async def test_an_answer_that_stalls_once_it_has_begun_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrow, "STALL", 0.1)

    async def torn(response: web.StreamResponse) -> None:
        await response.write(b" " + BODY[:20])
        await after(4)

    async with answering(torn) as url:
        with pytest.raises(ModelDown, match="model_timeout"):
            await asyncio.wait_for(came(url), 3)


async def test_an_answer_that_never_begins_is_waited_for_as_long_as_the_call_may_last() -> None:
    async with answering(lambda response: after(4)) as url:
        with pytest.raises(ModelDown, match="model_timeout"):
            await asyncio.wait_for(came(url, timeout=0.2), 3)


async def test_who_has_nothing_to_read_yet_keeps_no_place_from_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gemini, "AT_ONCE", 1)
    waiting, asked = asyncio.Event(), 0

    async def in_turn(response: web.StreamResponse) -> None:
        nonlocal asked
        asked += 1
        if asked == 1:
            await waiting.wait()
        await response.write(BODY)

    async with answering(in_turn) as url:
        engine = GeminiEngine(ApiKey("k", url))
        first = asyncio.create_task(engine.paint(Ask(FLASH, "a red fox")))
        while not asked:  # noqa: ASYNC110 - each turn of the loop lets the call take a step
            await asyncio.sleep(0)
        assert (await asyncio.wait_for(engine.paint(Ask(FLASH, "a blue fox")), 5)).picture
        waiting.set()
        assert (await first).picture
        await engine.close()
