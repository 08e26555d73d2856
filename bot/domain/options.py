"""How a picture is asked for: tier, ratio, size, how many."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """Which class of model paints: the cheap, the default, the escalation, the first one of all."""

    LITE = "lite"
    FLASH = "flash"
    PRO = "pro"
    ORIGINAL = "original"


class Size(StrEnum):
    """Google's names for the output size: the length of a square's side, in pixels or in K (1024)."""

    HALF = "512"
    ONE = "1K"
    TWO = "2K"
    FOUR = "4K"


class Think(StrEnum):
    """How long the model is to think: the least and the most it can be told."""

    LOW = "low"
    HIGH = "high"


AUTO = "auto"
MOST_PICTURES = 4


@dataclass(frozen=True, slots=True)
class Options:
    """What was typed beside the prompt; None where nothing was typed.

    `ratio` is "W:H" or "auto" (the model chooses: it follows the picture it edits, else a square). `ground` lets the
    model look things up with a search before it draws. `later` lets everybody else go first.
    """

    ratio: str | None = None
    size: Size | None = None
    count: int = 1
    tier: Tier | None = None
    think: Think | None = None
    ground: bool = False
    later: bool = False
