"""How a picture is asked for: tier, ratio, size, how many."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """Which class of model paints: the cheap, the default, the escalation."""

    LITE = "lite"
    FLASH = "flash"
    PRO = "pro"


class Size(StrEnum):
    """Google's names for the output size: the length of a square's side, in pixels or in K (1024)."""

    HALF = "512"
    ONE = "1K"
    TWO = "2K"
    FOUR = "4K"


AUTO = "auto"
MOST_PICTURES = 4


@dataclass(frozen=True, slots=True)
class Options:
    """What was typed beside the prompt; None where nothing was typed.

    `ratio` is "W:H" or "auto" (the model chooses: it follows the picture it edits, else a square).
    """

    ratio: str | None = None
    size: Size | None = None
    count: int = 1
    tier: Tier | None = None
