"""How much of a picture we take on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most we accept: file size in bytes, area in pixels, and the longer side in pixels."""

    bytes: int = 30 * 1024 * 1024
    pixels: int = 100_000_000
    side: int = 30_000


LIMITS = Limits()
