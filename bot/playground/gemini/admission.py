"""Who may ask, and what is read of what they ask: credentials, sizes, JSON, and the model's own checks."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from bot.playground import keys
from bot.playground.gemini import checks, grammar, journal, refusals
from bot.playground.gemini.asks import Ask, read_ask
from bot.playground.gemini.models import Model
from bot.playground.gemini.paths import Path
from bot.playground.gemini.signatures import DEVELOPER, VERTEX
from bot.playground.gemini.tokens import Tokens

MOST_BYTES = {DEVELOPER: 100 * 1024 * 1024, VERTEX: 500 * 1024 * 1024}


def check_credentials(request: web.Request, path: Path, tokens: Tokens) -> None:
    """A key in a header, or on Vertex an access token. Raises Refusal for anything else.

    A key in the address ends up in logs: the real API takes it, this one does not.
    """
    if "key" in request.query:
        raise refusals.invalid("API keys in the query string are not accepted here. Use the x-goog-api-key header.")
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if path.backend == VERTEX and kind.lower() == "bearer":
        tokens.check(token)
        return
    if path.backend == VERTEX and "x-goog-api-key" not in request.headers:
        raise refusals.unauthenticated("CREDENTIALS_MISSING")
    if request.headers.get("x-goog-api-key") != keys.GEMINI_KEY:
        raise refusals.invalid_key()


async def read_body(request: web.Request, path: Path) -> bytes:
    """The whole body, read past the application's own limit and up to Google's: 100 MB, on Vertex 500 MB."""
    most = MOST_BYTES[path.backend]
    chunks: list[bytes] = []
    read = 0
    async for chunk in request.content.iter_chunked(1 << 20):
        read += len(chunk)
        if read <= most:
            chunks.append(chunk)
    if read > most:
        raise refusals.invalid(f"Request payload size exceeds the limit: {most} bytes.")
    return b"".join(chunks)


def admit(model: Model, backend: str, body: bytes, line: dict[str, Any]) -> Ask:
    """Reads and checks a request; the log line gets its body even when it is refused. Keep off the event loop."""
    found = grammar.parse(body)
    line["body"] = journal.lighten(json.loads(body or b"{}"))
    ask = read_ask(model, found, backend)
    checks.check(ask)
    return ask


def cut(request: web.Request) -> None:
    """Drops the connection as a broken network does."""
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError
