"""What may be asked of `/imagine` besides a picture: what was spent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ASKED = re.compile(r"\W*(cost|report)(?:\s+(\S{1,20}))?\W*", re.IGNORECASE)
A_MONTH = re.compile(r"\d{4}-\d{1,2}")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """`cost`: what I spent; `report`: what this channel spent. `month` is "2026-11", or "" for this one."""

    about: Literal["cost", "report"]
    month: str = ""


def inquiry(text: str) -> Inquiry | None:
    """The question these words ask, None when they ask for a picture (as "report card on a desk" does)."""
    asked = ASKED.fullmatch(text)
    if asked is None or (asked[2] and not A_MONTH.fullmatch(asked[2])):
        return None
    return Inquiry("cost" if asked[1].casefold() == "cost" else "report", asked[2] or "")
