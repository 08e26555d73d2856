"""What flies without wings of its own: planes, rockets, balloons."""

from __future__ import annotations

from bot.playground.gemini.sketch.colours import INK, Colour, darker, lighter
from bot.playground.gemini.sketch.pen import Pen
from bot.playground.gemini.sketch.things.vehicles import LAMP, PANE, STEEL, WOOD


def rocket(pen: Pen, colour: Colour) -> None:
    pen.blob([(0.36, 0.78), (0.64, 0.78), (0.58, 0.92), (0.5, 1.0), (0.42, 0.92)], (246, 140, 44))
    pen.patch([(0.43, 0.8), (0.57, 0.8), (0.5, 0.93)], (254, 224, 90))
    for side in (-1, 1):
        pen.blob([(0.5 + side * x, y) for x, y in ((0.16, 0.5), (0.4, 0.72), (0.4, 0.86), (0.16, 0.74))], colour)
    pen.blob(
        [(0.5, 0.0), (0.66, 0.14), (0.72, 0.42), (0.66, 0.78), (0.34, 0.78), (0.28, 0.42), (0.34, 0.14)],
        (248, 244, 236),
    )
    pen.blob([(0.5, -0.01), (0.62, 0.1), (0.66, 0.2), (0.34, 0.2), (0.38, 0.1)], colour)
    pen.disc(0.5, 0.38, 0.085, STEEL)
    pen.dot(0.5, 0.38, 0.06, PANE)
    pen.block(0.33, 0.7, 0.67, 0.78, darker(colour, 0.2))


def plane(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.9, 0.44), (1.0, 0.1), (0.92, 0.1), (0.78, 0.42)], colour)
    pen.poly([(0.42, 0.46), (0.62, 0.14), (0.7, 0.14), (0.6, 0.48)], darker(colour, 0.12))
    pen.blob(
        [(0.0, 0.52), (0.1, 0.4), (0.4, 0.37), (0.8, 0.4), (0.98, 0.46), (0.8, 0.62), (0.4, 0.68), (0.08, 0.64)],
        lighter(colour, 0.75),
    )
    pen.patch([(0.04, 0.48), (0.1, 0.42), (0.16, 0.42), (0.15, 0.5)], PANE)
    for step in range(7):
        pen.dot(0.26 + step * 0.08, 0.48, 0.032, PANE)
    pen.poly([(0.36, 0.58), (0.66, 0.94), (0.76, 0.94), (0.6, 0.58)], colour)


def helicopter(pen: Pen, colour: Colour) -> None:
    pen.line([(0.04, 0.14), (0.8, 0.14)], INK, 0.03)
    pen.line([(0.42, 0.14), (0.42, 0.3)], INK, 0.03)
    pen.poly([(0.58, 0.44), (0.98, 0.34), (0.98, 0.44), (0.6, 0.6)], colour)
    pen.line([(0.96, 0.24), (0.96, 0.54)], INK, 0.025)
    pen.blob([(0.08, 0.58), (0.18, 0.34), (0.44, 0.28), (0.66, 0.42), (0.62, 0.74), (0.3, 0.8), (0.12, 0.74)], colour)
    pen.patch([(0.12, 0.58), (0.2, 0.4), (0.36, 0.38), (0.36, 0.58)], PANE)
    pen.line([(0.12, 0.94), (0.66, 0.94)], INK, 0.035)
    for x in (0.28, 0.52):
        pen.line([(x, 0.78), (x, 0.94)], INK, 0.025)


def hot_air_balloon(pen: Pen, colour: Colour) -> None:
    for x in (0.4, 0.6):
        pen.line([(0.5 + (x - 0.5) * 2.2, 0.62), (x, 0.84)], WOOD, 0.008)
    pen.blob(
        [
            (0.5, 0.0),
            (0.84, 0.1),
            (0.98, 0.34),
            (0.82, 0.56),
            (0.6, 0.7),
            (0.4, 0.7),
            (0.18, 0.56),
            (0.02, 0.34),
            (0.16, 0.1),
        ],
        colour,
    )
    for reach, tone in ((0.3, lighter(colour, 0.45)), (0.13, colour)):
        pen.patch(
            [
                (0.5, 0.01),
                (0.5 + reach, 0.12),
                (0.5 + reach * 1.1, 0.36),
                (0.5 + reach * 0.4, 0.69),
                (0.5 - reach * 0.4, 0.69),
                (0.5 - reach * 1.1, 0.36),
                (0.5 - reach, 0.12),
            ],
            tone,
        )
    pen.poly([(0.38, 0.84), (0.62, 0.84), (0.6, 0.985), (0.4, 0.985)], WOOD)
    pen.line([(0.37, 0.845), (0.63, 0.845)], darker(WOOD, 0.3), 0.018)


def balloon(pen: Pen, colour: Colour) -> None:
    pen.stroke([(0.5, 0.58), (0.44, 0.72), (0.55, 0.86), (0.49, 1.0)], darker(colour, 0.4), 0.01)
    pen.poly([(0.44, 0.6), (0.5, 0.54), (0.56, 0.6)], colour)
    pen.blob(
        [(0.5, 0.0), (0.84, 0.12), (0.9, 0.32), (0.7, 0.5), (0.5, 0.57), (0.3, 0.5), (0.1, 0.32), (0.16, 0.12)], colour
    )
    pen.patch([(0.26, 0.16), (0.36, 0.08), (0.4, 0.11), (0.3, 0.22)], lighter(colour, 0.65))


def kite(pen: Pen, colour: Colour) -> None:
    pen.stroke([(0.5, 0.62), (0.6, 0.74), (0.46, 0.84), (0.6, 0.98)], INK, 0.012)
    pen.poly([(0.5, 0.0), (0.86, 0.26), (0.5, 0.64), (0.14, 0.26)], colour)
    pen.poly([(0.5, 0.0), (0.86, 0.26), (0.5, 0.26)], lighter(colour, 0.45))
    pen.poly([(0.14, 0.26), (0.5, 0.26), (0.5, 0.64)], lighter(colour, 0.45))
    for x, y in ((0.57, 0.74), (0.49, 0.85)):
        pen.poly([(x, y), (x - 0.07, y - 0.03), (x - 0.07, y + 0.03)], colour)
        pen.poly([(x, y), (x + 0.07, y - 0.03), (x + 0.07, y + 0.03)], colour)


def ufo(pen: Pen, colour: Colour) -> None:
    pen.glow(0.5, 0.86, 0.3, (200, 255, 190), 0.55)
    pen.blob([(0.3, 0.46), (0.34, 0.14), (0.5, 0.06), (0.66, 0.14), (0.7, 0.46)], PANE)
    pen.oval(0.5, 0.26, 0.07, 0.14, (130, 200, 110))
    for x in (0.47, 0.53):
        pen.dot(x, 0.24, 0.032)
    pen.oval(0.5, 0.54, 0.48, 0.18, colour)
    for x in (0.16, 0.33, 0.5, 0.67, 0.84):
        pen.dot(x, 0.58, 0.045, LAMP)


def planet(pen: Pen, colour: Colour) -> None:
    pen.oval(0.5, 0.5, 0.49, 0.13, lighter(colour, 0.4), -16)
    pen.disc(0.5, 0.5, 0.32, colour)
    for y, reach in ((0.36, 0.26), (0.62, 0.27)):
        pen.stroke([(0.5 - reach * 0.86, y), (0.5, y + 0.05), (0.5 + reach * 0.86, y)], darker(colour, 0.2), 0.045)
    pen.stroke([(0.1, 0.6), (0.36, 0.62), (0.66, 0.53), (0.9, 0.4)], lighter(colour, 0.4), 0.05)


def satellite(pen: Pen, colour: Colour) -> None:
    for x0, x1 in ((0.0, 0.34), (0.66, 1.0)):
        pen.block(x0, 0.34, x1, 0.64, (64, 96, 176))
        pen.line([((x0 + x1) / 2, 0.34), ((x0 + x1) / 2, 0.64)], STEEL, 0.015)
    pen.line([(0.34, 0.49), (0.66, 0.49)], STEEL, 0.04)
    pen.block(0.4, 0.3, 0.6, 0.7, colour)
    pen.line([(0.5, 0.3), (0.5, 0.12)], STEEL, 0.03)
    pen.dot(0.5, 0.1, 0.05, (226, 70, 60))
