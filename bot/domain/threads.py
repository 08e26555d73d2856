"""A thread the bot works in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.requests import Place


@dataclass(frozen=True, slots=True)
class Thread:
    """Where it is, whether the bot answers there without being mentioned, and its newest picture's id ("" for none)."""

    place: Place
    ours: bool
    newest: str = ""
