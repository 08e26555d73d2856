"""The log of calls: what was asked, without secrets and without the weight of pictures."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from bot.playground.gemini.grammar import read_bytes
from bot.playground.gemini.refusals import Refusal

MOST = 5_000
LONGEST = 10_000  # characters of a text with a picture in it
SHOWN_HEADERS = ("user-agent", "x-goog-api-client", "x-server-timeout", "content-type")


def entry(method: str, path: str, headers: dict[str, str], query: dict[str, str]) -> dict[str, Any]:
    """A line for a call that has just arrived; the rest is filled in later.

    `usage` is what was really used and `bill` what it costs (see `bills`), whatever the answer itself said and whether
    or not the caller waited for it.
    """
    shown = {name: headers[name] for name in SHOWN_HEADERS if name in headers}
    args = {name: "…" if name == "key" else value for name, value in query.items()}
    line = {"at": time.time(), "api": "gemini", "method": method, "path": path, "args": args, "headers": shown}
    return line | {"status": None, "ok": None, "error": None, "body": None, "answer": None, "usage": None, "bill": None}


def lighten(value: Any) -> Any:
    """A copy with every base64 picture under "data" put as {"sha256", "bytes"}: enough to know the picture by."""
    if isinstance(value, list):
        return [lighten(one) for one in value]
    if isinstance(value, dict):
        return {name: weigh(one) if name == "data" else lighten(one) for name, one in value.items()}
    if isinstance(value, str) and len(value) > LONGEST and "data:image/" in value:
        return value[:LONGEST] + "…"
    return value


def weigh(data: Any) -> Any:
    """What the log says of a picture; base64 that is none is kept, cut short."""
    if not isinstance(data, str):
        return lighten(data)
    try:
        content = read_bytes(data, "data")
    except Refusal:
        return data[:80]
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
