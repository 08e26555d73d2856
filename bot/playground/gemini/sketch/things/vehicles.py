"""What rolls and floats."""

from __future__ import annotations

from bot.playground.gemini.sketch import curves
from bot.playground.gemini.sketch.colours import INK, Colour, darker, lighter
from bot.playground.gemini.sketch.pen import Pen

TYRE: Colour = (58, 56, 66)
PANE: Colour = (190, 224, 242)
STEEL: Colour = (196, 200, 208)
WOOD: Colour = (160, 110, 70)
LAMP: Colour = (252, 226, 130)


def wheel(pen: Pen, cx: float, cy: float, r: float) -> None:
    pen.disc(cx, cy, r, TYRE)
    pen.dot(cx, cy, r * 0.5, STEEL)
    pen.dot(cx, cy, r * 0.16, TYRE)


def car(pen: Pen, colour: Colour) -> None:
    pen.blob([(0.2, 0.5), (0.3, 0.14), (0.46, 0.08), (0.62, 0.12), (0.78, 0.5)], colour)
    pen.patch([(0.27, 0.46), (0.34, 0.2), (0.46, 0.17), (0.47, 0.46)], PANE)
    pen.patch([(0.52, 0.46), (0.52, 0.17), (0.6, 0.2), (0.71, 0.46)], PANE)
    pen.blob(
        [
            (0.01, 0.78),
            (0.03, 0.5),
            (0.2, 0.44),
            (0.76, 0.44),
            (0.94, 0.52),
            (0.99, 0.7),
            (0.97, 0.84),
            (0.5, 0.87),
            (0.04, 0.86),
        ],
        colour,
    )
    pen.line([(0.5, 0.48), (0.5, 0.8)], darker(colour, 0.35), 0.016)
    pen.line([(0.54, 0.58), (0.59, 0.58)], darker(colour, 0.45), 0.03)
    pen.dot(0.95, 0.62, 0.055, LAMP)
    pen.dot(0.035, 0.6, 0.045, (226, 70, 60))
    for x in (0.23, 0.77):
        wheel(pen, x, 0.82, 0.17)


def bus(pen: Pen, colour: Colour) -> None:
    pen.blob(
        [(0.02, 0.2), (0.04, 0.08), (0.5, 0.05), (0.95, 0.08), (0.98, 0.3), (0.98, 0.82), (0.5, 0.85), (0.02, 0.82)],
        colour,
    )
    for step in range(5):
        x = 0.07 + step * 0.15
        pen.panel([(x, 0.2), (x + 0.12, 0.2), (x + 0.12, 0.48), (x, 0.48)], PANE)
    pen.panel([(0.83, 0.2), (0.95, 0.2), (0.95, 0.78), (0.83, 0.78)], PANE)
    pen.line([(0.03, 0.6), (0.8, 0.6)], lighter(colour, 0.55), 0.04)
    for x in (0.22, 0.72):
        wheel(pen, x, 0.84, 0.145)


def truck(pen: Pen, colour: Colour) -> None:
    pen.block(0.02, 0.1, 0.6, 0.76, lighter(colour, 0.3))
    pen.blob([(0.62, 0.78), (0.63, 0.28), (0.84, 0.28), (0.92, 0.5), (0.99, 0.56), (0.98, 0.78)], colour)
    pen.patch([(0.7, 0.5), (0.7, 0.34), (0.81, 0.34), (0.87, 0.5)], PANE)
    pen.block(0.02, 0.74, 0.98, 0.82, TYRE)
    for x in (0.18, 0.44, 0.82):
        wheel(pen, x, 0.84, 0.145)
    pen.dot(0.97, 0.64, 0.035, LAMP)


def bicycle(pen: Pen, colour: Colour) -> None:
    for x in (0.24, 0.76):
        pen.sheet.line(pen.at(ring(x, 0.68, 0.2 * pen.height / pen.width * 1.45, 0.29)), TYRE, 0.035 * pen.height)
        for dx, dy in ((0.19, 0.0), (0.0, 0.27), (0.13, 0.19), (0.13, -0.19)):
            pen.line([(x - dx, 0.68 - dy), (x + dx, 0.68 + dy)], STEEL, 0.008)
    pen.line([(0.24, 0.68), (0.38, 0.3), (0.66, 0.3), (0.46, 0.68), (0.24, 0.68)], colour, 0.04)
    pen.line([(0.36, 0.22), (0.46, 0.68)], colour, 0.04)
    pen.line([(0.64, 0.16), (0.76, 0.68)], colour, 0.04)
    pen.line([(0.28, 0.2), (0.43, 0.2)], INK, 0.055)
    pen.stroke([(0.74, 0.22), (0.72, 0.12), (0.62, 0.14)], INK, 0.035)
    pen.dot(0.46, 0.68, 0.05, TYRE)


def ring(cx: float, cy: float, rx: float, ry: float) -> list[tuple[float, float]]:
    points = curves.oval(cx, cy, rx, ry)
    return [*points, points[0]]


def motorcycle(pen: Pen, colour: Colour) -> None:
    for x in (0.2, 0.8):
        wheel(pen, x, 0.74, 0.22)
    pen.line([(0.8, 0.74), (0.66, 0.26), (0.58, 0.22)], STEEL, 0.04)
    pen.blob([(0.2, 0.52), (0.34, 0.42), (0.5, 0.46), (0.66, 0.36), (0.7, 0.52), (0.6, 0.74), (0.36, 0.76)], colour)
    pen.blob([(0.16, 0.46), (0.28, 0.38), (0.44, 0.42), (0.42, 0.48), (0.22, 0.52)], INK)
    pen.dot(0.7, 0.34, 0.055, LAMP)


def train(pen: Pen, colour: Colour) -> None:
    for x, y, r in ((0.86, 0.1, 0.07), (0.76, 0.03, 0.09), (0.62, 0.02, 0.08)):
        pen.disc(x, y, r, (226, 226, 232))
    pen.block(0.02, 0.22, 0.4, 0.76, colour)
    pen.block(0.0, 0.16, 0.42, 0.24, darker(colour, 0.35))
    pen.panel([(0.1, 0.32), (0.32, 0.32), (0.32, 0.52), (0.1, 0.52)], PANE)
    pen.blob([(0.4, 0.4), (0.86, 0.38), (0.94, 0.56), (0.86, 0.76), (0.4, 0.76)], lighter(colour, 0.1))
    pen.poly([(0.76, 0.4), (0.74, 0.2), (0.9, 0.2), (0.86, 0.4)], darker(colour, 0.4))
    pen.poly([(0.86, 0.76), (0.99, 0.94), (0.82, 0.94)], TYRE)
    for x in (0.16, 0.36, 0.56, 0.76):
        wheel(pen, x, 0.84, 0.13)


def tractor(pen: Pen, colour: Colour) -> None:
    pen.block(0.2, 0.08, 0.52, 0.5, PANE)
    pen.block(0.16, 0.04, 0.56, 0.1, darker(colour, 0.3))
    pen.blob([(0.12, 0.5), (0.5, 0.44), (0.94, 0.48), (0.96, 0.74), (0.5, 0.78), (0.14, 0.76)], colour)
    pen.line([(0.78, 0.46), (0.78, 0.22)], TYRE, 0.035)
    wheel(pen, 0.28, 0.7, 0.28)
    wheel(pen, 0.84, 0.82, 0.16)


def boat(pen: Pen, colour: Colour) -> None:
    pen.line([(0.5, 0.76), (0.5, 0.0)], WOOD, 0.026)
    pen.blob([(0.53, 0.04), (0.7, 0.28), (0.82, 0.62), (0.53, 0.66)], (252, 248, 238))
    pen.blob([(0.47, 0.12), (0.36, 0.36), (0.22, 0.62), (0.47, 0.66)], lighter(colour, 0.55))
    pen.blob([(0.04, 0.72), (0.5, 0.76), (0.96, 0.7), (0.82, 0.96), (0.5, 0.985), (0.2, 0.96)], colour)
    pen.stroke([(0.1, 0.8), (0.5, 0.84), (0.9, 0.79)], lighter(colour, 0.6), 0.022)


def ship(pen: Pen, colour: Colour) -> None:
    for x in (0.42, 0.58):
        pen.block(x, 0.12, x + 0.1, 0.4, (214, 84, 60))
        pen.disc(x + 0.04, 0.05, 0.06, (226, 226, 232))
    pen.block(0.22, 0.4, 0.8, 0.62, (250, 246, 238))
    for x in (0.28, 0.39, 0.5, 0.61, 0.72):
        pen.dot(x, 0.51, 0.035, PANE)
    pen.poly([(0.02, 0.6), (0.98, 0.6), (0.84, 0.96), (0.14, 0.96)], colour)
    pen.line([(0.07, 0.7), (0.94, 0.7)], lighter(colour, 0.6), 0.03)


def submarine(pen: Pen, colour: Colour) -> None:
    pen.line([(0.48, 0.3), (0.48, 0.06), (0.58, 0.06)], darker(colour, 0.3), 0.045)
    pen.blob([(0.36, 0.4), (0.4, 0.22), (0.6, 0.22), (0.64, 0.4)], colour)
    pen.poly([(0.9, 0.62), (1.0, 0.4), (1.0, 0.84)], darker(colour, 0.25))
    pen.oval(0.48, 0.62, 0.46, 0.3, colour)
    for x in (0.26, 0.46, 0.66):
        pen.disc(x, 0.6, 0.1, PANE)


def canoe(pen: Pen, colour: Colour) -> None:
    pen.blob(
        [(0.0, 0.5), (0.16, 0.64), (0.5, 0.68), (0.84, 0.64), (1.0, 0.5), (0.88, 0.92), (0.5, 0.985), (0.12, 0.92)],
        colour,
    )
    pen.line([(0.7, 0.2), (0.46, 0.86)], WOOD, 0.05)
