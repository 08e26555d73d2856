"""What the tests of the pretend Gemini share: pictures to hand in, and the two ways to speak to it."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import httpx2
from aiohttp import web
from google import genai
from google.genai import types
from PIL import Image

from bot.playground import keys
from bot.playground.gemini.server import Gemini

FLASH = "gemini-3.1-flash-image"
NANO = "gemini-nano-banana-2.1"
PRO = "gemini-3-pro-image"
LITE = "gemini-3.1-flash-lite-image"
OLD = "gemini-2.5-flash-image"


class Box:
    """A running pretend Gemini and its address."""

    def __init__(self, gemini: Gemini, url: str, http: aiohttp.ClientSession) -> None:
        self.gemini = gemini
        self.url = url
        self.http = http

    async def post(self, model: str, body: Any, *, verb: str = "generateContent", **kwargs: Any) -> tuple[int, Any]:
        """Sends JSON (or, given bytes, exactly those) with a good key; returns status and answer."""
        headers = {"x-goog-api-key": keys.GEMINI_KEY, "Content-Type": "application/json"}
        sent = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        address = f"{self.url}/v1beta/models/{model}:{verb}"
        async with self.http.post(address, data=sent, headers=headers, **kwargs) as answer:
            return answer.status, await answer.json()

    async def refuses(self, model: str, body: Any) -> str:
        """The message of the 400 this gets; fails when it gets anything else."""
        status, answer = await self.post(model, body)
        assert status == 400, str(answer)[:400]
        assert answer["error"]["code"] == 400
        return str(answer["error"]["message"])


@asynccontextmanager
async def running() -> AsyncIterator[Box]:
    gemini = Gemini()
    app = web.Application()
    gemini.add_routes(app)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    async with aiohttp.ClientSession() as http:
        yield Box(gemini, f"http://{host}:{port}/gemini", http)
    await gemini.close()
    await runner.cleanup()


@asynccontextmanager
async def speaking(box: Box, *, version: str = "v1beta", timeout: float = 60) -> AsyncIterator[Any]:
    """Google's own client, talking to the box. Timeout in seconds."""
    async with httpx2.AsyncClient() as wire:
        options = types.HttpOptions(
            base_url=box.url, api_version=version, httpx_async_client=wire, timeout=int(timeout * 1000)
        )
        client = genai.Client(api_key=keys.GEMINI_KEY, http_options=options)
        yield client.aio.models
        client.close()


def user(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"role": "user", "parts": list(parts)}


def says(words: str) -> dict[str, Any]:
    return {"contents": [user({"text": words})]}


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48), colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size


def final(response: types.GenerateContentResponse) -> types.Blob:
    """The last picture of an answer that is not a thought."""
    found = [part.inline_data for part in response.parts or [] if part.inline_data and not part.thought]
    assert found, response
    return found[-1]
