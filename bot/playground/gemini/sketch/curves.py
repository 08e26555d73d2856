"""Points and lines: smooth curves through a few points, ovals, and a hand that is not quite steady."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

Point = tuple[float, float]


def smooth(points: Sequence[Point], *, steps: int = 10) -> list[Point]:
    """A closed curve through the points (Catmull-Rom), `steps` points to each stretch."""
    count = len(points)
    corners = [[points[(index + offset) % count] for offset in (-1, 0, 1, 2)] for index in range(count)]
    return [between(corner, step / steps) for corner in corners for step in range(steps)]


def smooth_open(points: Sequence[Point], *, steps: int = 10) -> list[Point]:
    """An open curve through the points, ends included."""
    padded = [points[0], *points, points[-1]]
    corners = [padded[index : index + 4] for index in range(len(points) - 1)]
    return [between(corner, step / steps) for corner in corners for step in range(steps)] + [points[-1]]


def between(corner: Sequence[Point], t: float) -> Point:
    return (
        catmull_rom([point[0] for point in corner], t),
        catmull_rom([point[1] for point in corner], t),
    )


def catmull_rom(values: Sequence[float], t: float) -> float:
    a, b, c, d = values
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def oval(cx: float, cy: float, rx: float, ry: float, tilt: float = 0.0) -> list[Point]:
    """Points of an ellipse, turned clockwise by `tilt` degrees."""
    cos, sin = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    turns = [math.tau * step / 48 for step in range(48)]
    spots = [(rx * math.cos(turn), ry * math.sin(turn)) for turn in turns]
    return [(cx + x * cos - y * sin, cy + x * sin + y * cos) for x, y in spots]


def star(cx: float, cy: float, outer: float, inner: float, spikes: int = 5) -> list[Point]:
    """A star that stands on two of its spikes."""
    turns = [math.pi * step / spikes - math.pi / 2 for step in range(2 * spikes)]
    reach = [outer, inner] * spikes
    return [(cx + far * math.cos(turn), cy + far * math.sin(turn)) for far, turn in zip(reach, turns, strict=True)]


def unsteady(points: Sequence[Point], reach: float, dice: random.Random) -> list[Point]:
    """The points moved by up to `reach`, neighbours alike: a drawn line, not a plotted one."""
    if reach <= 0:
        return list(points)
    a, b, c, d = (dice.uniform(0, math.tau) for _ in range(4))
    count = max(len(points), 1)
    waves = [math.tau * index / count for index in range(len(points))]
    moved = []
    for (x, y), wave in zip(points, waves, strict=True):
        dx = math.sin(2 * wave + a) * 0.6 + math.sin(5 * wave + b) * 0.4
        dy = math.sin(3 * wave + c) * 0.6 + math.sin(4 * wave + d) * 0.4
        moved.append((x + dx * reach, y + dy * reach))
    return moved
