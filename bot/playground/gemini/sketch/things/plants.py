"""Trees, flowers, and what grows."""

from __future__ import annotations

import math

from bot.playground.gemini.sketch.colours import Colour, darker, lighter
from bot.playground.gemini.sketch.pen import Pen
from bot.playground.gemini.sketch.things.faces import WHITE

BARK: Colour = (126, 86, 56)
LEAF: Colour = (86, 158, 76)


def tree(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.44, 0.985), (0.46, 0.6), (0.54, 0.6), (0.57, 0.985)], BARK)
    pen.line([(0.5, 0.66), (0.62, 0.5)], BARK, 0.025)
    for x, y, r, tone in (
        (0.3, 0.46, 0.2, -1),
        (0.7, 0.46, 0.2, -1),
        (0.5, 0.52, 0.18, -1),
        (0.5, 0.26, 0.25, 0),
        (0.36, 0.36, 0.16, 1),
        (0.62, 0.34, 0.15, 1),
    ):
        pen.disc(x, y, r, darker(colour, 0.15) if tone < 0 else lighter(colour, 0.12 * tone))


def apple_tree(pen: Pen, colour: Colour) -> None:
    tree(pen, colour)
    for x, y in ((0.3, 0.4), (0.46, 0.2), (0.64, 0.28), (0.7, 0.48), (0.44, 0.44), (0.56, 0.58)):
        pen.dot(x, y, 0.032, (214, 52, 44))


def pine(pen: Pen, colour: Colour) -> None:
    pen.block(0.44, 0.84, 0.56, 0.985, BARK)
    for top, low, reach in ((0.46, 0.88, 0.44), (0.24, 0.66, 0.36), (0.02, 0.42, 0.26)):
        pen.poly(
            [
                (0.5, top),
                (0.5 + reach, low),
                (0.5 + reach * 0.4, low - 0.03),
                (0.5, low),
                (0.5 - reach * 0.4, low - 0.03),
                (0.5 - reach, low),
            ],
            colour,
        )


def christmas_tree(pen: Pen, colour: Colour) -> None:
    pine(pen, colour)
    for index, (x, y) in enumerate(
        (
            (0.5, 0.24),
            (0.42, 0.36),
            (0.6, 0.4),
            (0.34, 0.58),
            (0.54, 0.54),
            (0.68, 0.62),
            (0.3, 0.8),
            (0.48, 0.76),
            (0.64, 0.82),
        )
    ):
        pen.dot(x, y, 0.026, ((214, 52, 44), (248, 208, 58), (86, 160, 232))[index % 3])
    pen.dot(0.5, 0.03, 0.045, (250, 212, 70))


def palm(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.44, 0.985), (0.5, 0.6), (0.48, 0.3), (0.53, 0.3), (0.57, 0.6), (0.56, 0.985)], (164, 120, 78))
    for x, y in ((0.02, 0.4), (0.1, 0.14), (0.36, 0.02), (0.68, 0.03), (0.92, 0.16), (0.98, 0.42)):
        middle = ((x + 0.5) / 2, (y + 0.3) / 2 - 0.08)
        pen.blob([(0.5, 0.3), (middle[0], middle[1] - 0.04), (x, y), (middle[0], middle[1] + 0.06)], colour)
    for x in (0.46, 0.54):
        pen.disc(x, 0.33, 0.04, (110, 74, 48))


def flower(pen: Pen, colour: Colour) -> None:
    pen.stroke([(0.5, 0.4), (0.52, 0.7), (0.5, 0.985)], LEAF, 0.035)
    pen.blob([(0.51, 0.8), (0.7, 0.66), (0.86, 0.66), (0.74, 0.8)], LEAF)
    pen.blob([(0.5, 0.9), (0.32, 0.76), (0.16, 0.76), (0.28, 0.9)], LEAF)
    for step in range(8):
        turn = math.tau * step / 8
        pen.disc(0.5 + 0.25 * math.cos(turn), 0.28 + 0.15 * math.sin(turn), 0.1, colour)
    pen.disc(0.5, 0.28, 0.1, (250, 204, 70) if colour[2] < 200 or colour[0] > 230 else (244, 166, 50))


def tulip(pen: Pen, colour: Colour) -> None:
    pen.stroke([(0.5, 0.4), (0.5, 0.985)], LEAF, 0.035)
    for side in (-1, 1):
        pen.blob([(0.5, 0.96), (0.5 + side * 0.2, 0.74), (0.5 + side * 0.3, 0.5), (0.5 + side * 0.34, 0.76)], LEAF)
    pen.poly(
        [
            (0.2, 0.08),
            (0.36, 0.2),
            (0.5, 0.02),
            (0.64, 0.2),
            (0.8, 0.08),
            (0.78, 0.32),
            (0.62, 0.46),
            (0.38, 0.46),
            (0.22, 0.32),
        ],
        colour,
    )


def rose(pen: Pen, colour: Colour) -> None:
    pen.stroke([(0.5, 0.4), (0.47, 0.7), (0.5, 0.985)], LEAF, 0.03)
    pen.blob([(0.48, 0.76), (0.68, 0.6), (0.82, 0.62), (0.7, 0.76)], LEAF)
    pen.disc(0.5, 0.26, 0.22, colour)
    for x, y, r, tone in ((0.36, 0.32, 0.14, 0.08), (0.64, 0.32, 0.14, 0.12), (0.5, 0.2, 0.14, 0.18)):
        pen.disc(x, y, r, darker(colour, tone))
    pen.stroke(
        [(0.5, 0.22), (0.56, 0.2), (0.54, 0.13), (0.42, 0.14), (0.4, 0.26), (0.56, 0.3)], darker(colour, 0.5), 0.016
    )


def cactus(pen: Pen, colour: Colour) -> None:
    for side, y in ((-1, 0.36), (1, 0.26)):
        pen.stroke([(0.5, y + 0.28), (0.5 + side * 0.26, y + 0.24), (0.5 + side * 0.28, y)], colour, 0.13)
    pen.blob([(0.38, 0.985), (0.37, 0.2), (0.5, 0.03), (0.63, 0.2), (0.62, 0.985)], colour)
    for x in (0.45, 0.55):
        pen.stroke([(x, 0.14), (x, 0.94)], darker(colour, 0.25), 0.012)
    pen.disc(0.5, 0.05, 0.05, (240, 110, 160))


def mushroom(pen: Pen, colour: Colour) -> None:
    pen.blob([(0.36, 0.5), (0.64, 0.5), (0.68, 0.9), (0.6, 0.985), (0.4, 0.985), (0.32, 0.9)], (246, 232, 206))
    pen.blob([(0.02, 0.5), (0.14, 0.18), (0.5, 0.03), (0.86, 0.18), (0.98, 0.5), (0.5, 0.58)], colour)
    for x, y, r in ((0.3, 0.28, 0.075), (0.56, 0.18, 0.06), (0.74, 0.36, 0.075), (0.48, 0.42, 0.05)):
        pen.dot(x, y, r, WHITE)


def bush(pen: Pen, colour: Colour) -> None:
    for x, y, r in ((0.2, 0.66, 0.3), (0.8, 0.66, 0.3), (0.5, 0.5, 0.44), (0.36, 0.72, 0.26), (0.66, 0.72, 0.26)):
        pen.disc(x, y, r, colour)


def leaf(pen: Pen, colour: Colour) -> None:
    pen.blob([(0.5, 0.0), (0.82, 0.3), (0.78, 0.62), (0.5, 0.86), (0.22, 0.62), (0.18, 0.3)], colour)
    pen.line([(0.5, 0.12), (0.5, 0.99)], darker(colour, 0.35), 0.025)
    for y in (0.3, 0.46, 0.62):
        for side in (-1, 1):
            pen.line([(0.5, y + 0.08), (0.5 + side * 0.2, y)], darker(colour, 0.35), 0.014)


def pumpkin(pen: Pen, colour: Colour) -> None:
    pen.blob([(0.46, 0.2), (0.48, 0.02), (0.58, 0.0), (0.56, 0.22)], LEAF)
    for x, rx in ((0.24, 0.22), (0.76, 0.22), (0.38, 0.2), (0.62, 0.2), (0.5, 0.18)):
        pen.oval(x, 0.58, rx, 0.4, colour)


def grass(pen: Pen, colour: Colour) -> None:
    for step in range(9):
        x = 0.1 + step * 0.1
        pen.blob([(x - 0.04, 0.99), (x + (step % 3 - 1) * 0.08, 0.2 + step % 4 * 0.1), (x + 0.04, 0.99)], colour)
