"""Turns an admitted request into a commission for the painter, who knows nothing of Google's dialect."""

from __future__ import annotations

import hashlib
import re

from bot.playground.gemini.asks import Ask, Part
from bot.playground.gemini.sketch.commission import Commission

TOGETHER = re.compile(r"\b(?:combine|together|collage|merge|both|this|these|it|them|put|add|into)\b", re.IGNORECASE)
FINISHES = {
    "gemini-nano-banana-2.1": "gouache",
    "gemini-3.1-flash-image": "crayon",
    "gemini-3-pro-image": "studio",
    "gemini-3.1-flash-lite-image": "pencil",
    "gemini-2.5-flash-image": "felt",
}


def commission(ask: Ask, size: tuple[int, int], take: int) -> Commission:
    """The last turn's words, the pictures they are about (handed in, else the latest drawn), and a seed."""
    about = choose_pictures(ask)
    seed = hashlib.sha256(f"{ask.fingerprint()} {take}".encode()).digest()
    return Commission(
        words=ask.prompt,
        size=size,
        finish=FINISHES[ask.model.name],
        signed=ask.model.name.removeprefix("gemini-"),
        mime=ask.model.gives,
        references=tuple(part.data or b"" for part in about),
        seed=int.from_bytes(seed[:6], "big"),
        take=take,
    )


def choose_pictures(ask: Ask) -> tuple[Part, ...]:
    """The pictures the words are about; with "put these together" also the one the conversation had come to."""
    earlier = tuple(part for part in ask.pictures if part not in ask.handed_in)[-1:]
    if ask.handed_in and not TOGETHER.search(ask.prompt):
        return ask.handed_in
    return (*earlier, *ask.handed_in)
