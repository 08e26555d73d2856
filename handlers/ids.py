"""Ids that tie a message to what it shows, so that a message can be found again after a crash.

Slack keeps a block's `block_id` and returns it with the message; nobody sees it, and unlike message metadata it needs
no scope. At most 255 characters.
"""

from __future__ import annotations

from hashlib import blake2b

from bot.domain.requests import ImageRequest


def root(request: ImageRequest) -> str:
    """Of the message that opens a command's thread."""
    return f"root:{_short(request.key)}"


def result(turn: str) -> str:
    """Of the message that shows a turn."""
    return f"result:{turn}"


def picked(request: ImageRequest) -> str:
    """Of the message that shows a picked picture."""
    return f"picked:{_short(request.key)}"


def answer(request: ImageRequest) -> str:
    """Of a sentence said to the one who asked."""
    return f"answer:{_short(request.key)}"


def report(request: ImageRequest) -> str:
    """Of the message that holds a report."""
    return f"report:{_short(request.key)}"


def held(request: ImageRequest) -> str:
    """Of the message that says why a picture is not shown."""
    return f"held:{_short(request.key)}"


def said(key: str) -> tuple[str, ...]:
    """Of everything that can have been said about the request with this key, but for its result."""
    return tuple(f"{kind}:{_short(key)}" for kind in ("root", "picked", "answer", "report", "held"))


def operator(id: str) -> str:
    """Of what the one who runs the bot is told."""
    return f"operator:{_short(id)}"


def _short(key: str) -> str:
    return blake2b(key.encode(), digest_size=10).hexdigest()
