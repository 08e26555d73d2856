"""Draws one thing inside its own box: (0, 0) is the box's upper left corner and (1, 1) its lower right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.playground.gemini.sketch import curves
from bot.playground.gemini.sketch.colours import INK, Colour
from bot.playground.gemini.sketch.curves import Point
from bot.playground.gemini.sketch.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Pen:
    """A place on a sheet: box in pixels; `facing` is -1 for a thing drawn the other way round."""

    sheet: Sheet
    left: float
    top: float
    width: float
    height: float
    facing: int = 1

    def at(self, points: Sequence[Point]) -> list[Point]:
        """Points of the box in pixels of the sheet."""
        start = self.left if self.facing > 0 else self.left + self.width
        return [(start + self.facing * x * self.width, self.top + y * self.height) for x, y in points]

    def within(self, x: float, y: float, width: float, height: float) -> Pen:
        """A pen for a part of this box."""
        (corner,) = self.at([(x if self.facing > 0 else x + width, y)])
        return replace(self, left=corner[0], top=corner[1], width=width * self.width, height=height * self.height)

    def blob(self, points: Sequence[Point], colour: Colour) -> None:
        """A soft closed shape through the points."""
        self.sheet.fill(self.at(curves.smooth(points)), colour)

    def poly(self, points: Sequence[Point], colour: Colour) -> None:
        """A closed shape with corners."""
        self.sheet.fill(self.at(points), colour)

    def oval(self, cx: float, cy: float, rx: float, ry: float, colour: Colour, tilt: float = 0.0) -> None:
        self.sheet.fill(self.at(curves.oval(cx, cy, rx, ry, tilt)), colour)

    def disc(self, cx: float, cy: float, r: float, colour: Colour) -> None:
        """A circle whatever the shape of the box; r is a part of the box's height."""
        self.sheet.fill(self.at(curves.oval(cx, cy, r * self.height / self.width, r)), colour)

    def block(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        self.sheet.fill(self.at([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]), colour)

    def dot(self, cx: float, cy: float, r: float, colour: Colour = INK) -> None:
        """A small flat circle: an eye, a berry, a button."""
        self.sheet.flat(self.at(curves.oval(cx, cy, r * self.height / self.width, r)), colour)

    def patch(self, points: Sequence[Point], colour: Colour) -> None:
        """A soft flat shape: a marking on something already drawn."""
        self.sheet.flat(self.at(curves.smooth(points)), colour)

    def panel(self, points: Sequence[Point], colour: Colour) -> None:
        """A flat shape with corners: a window, a door."""
        self.sheet.flat(self.at(points), colour)

    def stroke(self, points: Sequence[Point], colour: Colour = INK, width: float = 0.02) -> None:
        """A curved line; width is a part of the box's height."""
        self.sheet.line(self.at(curves.smooth_open(points)), colour, width * self.height)

    def line(self, points: Sequence[Point], colour: Colour = INK, width: float = 0.02) -> None:
        """A line with corners."""
        self.sheet.line(self.at(points), colour, width * self.height)

    def glow(self, cx: float, cy: float, r: float, colour: Colour, strength: float) -> None:
        """Soft light around a spot; r is a part of the box's height."""
        spots = self.at(curves.oval(cx, cy, r * self.height / self.width, r))
        self.sheet.glow(spots, colour, strength, r * self.height * 0.35)

    def shadow(self) -> None:
        """The soft dark under a thing that stands."""
        if self.sheet.finish.shadow:
            spots = self.at(curves.oval(0.52, 0.985, 0.42, 0.035 + 0.02 * self.width / self.height))
            self.sheet.glow(spots, (30, 30, 50), self.sheet.finish.shadow, self.sheet.unit * 1.2)
