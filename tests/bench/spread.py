"""How times are spread: half of them are below p50, ninety-nine in a hundred below p99."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil


def rank(times: Sequence[float], part: float) -> float:
    """The time that this part of all times (0.5, 0.99) does not exceed. ValueError when there is none."""
    if not times:
        raise ValueError("there are no times")
    return sorted(times)[max(0, ceil(len(times) * part) - 1)]


class Spread:
    """Times in milliseconds."""

    def __init__(self, times: Sequence[float]) -> None:
        self.count = len(times)
        self.p50, self.p99 = rank(times, 0.5), rank(times, 0.99)

    def __str__(self) -> str:
        return f"{figure(self.p50)} / {figure(self.p99)}"


def figure(ms: float) -> str:
    """Three digits or so."""
    return f"{ms:.2f}" if ms < 10 else f"{ms:.1f}" if ms < 100 else f"{ms:.0f}"
