"""What may be asked of `/imagine` besides a picture: what was spent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.domain.glyphs import DASHES, HYPHENS
from bot.domain.markup import plain, tidy

SEPARATOR = rf"[{HYPHENS}{DASHES}./]"
ASKED = re.compile(r"\W*(cost|report)s?\b\W*(?:(?:for|of|in)\s+)?(.{0,40}?)\W*", re.IGNORECASE)
NOW = re.compile(r"(?:now|today|(?:this )?month|so far)?", re.IGNORECASE)
A_MONTH = re.compile(rf"([0-9]{{4}}){SEPARATOR}([0-9]{{1,2}})")
DATED = re.compile(rf"[0-9]{{1,4}}(?:{SEPARATOR}[0-9]{{1,4}}){{1,2}}|[0-9]{{4}}")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """`cost`: what I spent; `report`: what this channel spent. `month` is "2026-11", or "" for this one.

    A date that is no month is kept as it was typed: whoever asks for the cost of it wants no picture.
    """

    about: Literal["cost", "report"]
    month: str = ""


def inquiry(text: str) -> Inquiry | None:
    """The question these words ask, None when they ask for a picture (as "report card on a desk" does)."""
    asked = ASKED.fullmatch(tidy(plain(text)))
    if asked is None or not (NOW.fullmatch(asked[2]) or DATED.fullmatch(asked[2])):
        return None
    return Inquiry("cost" if asked[1].casefold() == "cost" else "report", _month(asked[2]))


def _month(typed: str) -> str:
    if NOW.fullmatch(typed):
        return ""
    named = A_MONTH.fullmatch(typed)
    return f"{named[1]}-{named[2]:0>2}" if named else typed
