"""What lives in or near water."""

from __future__ import annotations

from bot.playground.gemini.sketch.colours import INK, Colour, darker, lighter
from bot.playground.gemini.sketch.pen import Pen
from bot.playground.gemini.sketch.things import faces
from bot.playground.gemini.sketch.things.faces import WHITE


def fish(pen: Pen, coat: Colour) -> None:
    pen.blob([(0.7, 0.5), (0.98, 0.16), (0.92, 0.5), (0.98, 0.86)], darker(coat, 0.18))
    pen.blob([(0.36, 0.24), (0.5, 0.02), (0.64, 0.3)], darker(coat, 0.18))
    pen.blob([(0.02, 0.5), (0.24, 0.2), (0.54, 0.2), (0.8, 0.46), (0.8, 0.56), (0.54, 0.8), (0.24, 0.8)], coat)
    for x in (0.42, 0.56):
        pen.stroke([(x, 0.28), (x + 0.05, 0.5), (x, 0.72)], lighter(coat, 0.6), 0.07)
    pen.blob([(0.36, 0.58), (0.54, 0.56), (0.48, 0.72)], darker(coat, 0.18))
    pen.dot(0.2, 0.42, 0.085, WHITE)
    pen.dot(0.185, 0.425, 0.05)
    pen.stroke([(0.05, 0.56), (0.11, 0.62), (0.17, 0.6)], INK, 0.022)


def shark(pen: Pen, coat: Colour) -> None:
    pen.poly([(0.44, 0.34), (0.56, 0.0), (0.62, 0.38)], coat)
    pen.blob([(0.86, 0.5), (1.0, 0.08), (0.95, 0.5), (1.0, 0.8)], coat)
    pen.blob([(0.0, 0.52), (0.2, 0.34), (0.5, 0.28), (0.9, 0.5), (0.6, 0.7), (0.24, 0.72)], coat)
    pen.patch([(0.06, 0.6), (0.3, 0.58), (0.62, 0.6), (0.44, 0.7), (0.2, 0.71)], WHITE)
    pen.poly([(0.36, 0.66), (0.5, 0.92), (0.54, 0.66)], darker(coat, 0.15))
    pen.dot(0.17, 0.45, 0.035)
    pen.line([(0.06, 0.6), (0.12, 0.56), (0.15, 0.62), (0.2, 0.57), (0.24, 0.62)], INK, 0.018)


def whale(pen: Pen, coat: Colour) -> None:
    for side in (-1, 1):
        pen.stroke(
            [(0.28, 0.3), (0.28, 0.12), (0.28 + side * 0.1, 0.06), (0.28 + side * 0.14, 0.16)], (150, 206, 236), 0.04
        )
    pen.blob([(0.84, 0.4), (0.82, 0.12), (0.92, 0.22), (1.0, 0.12), (0.96, 0.4), (0.9, 0.56)], coat)
    pen.blob(
        [
            (0.02, 0.62),
            (0.1, 0.38),
            (0.36, 0.3),
            (0.62, 0.5),
            (0.82, 0.5),
            (0.94, 0.36),
            (0.9, 0.76),
            (0.6, 0.95),
            (0.18, 0.92),
        ],
        coat,
    )
    pen.patch([(0.04, 0.72), (0.26, 0.74), (0.56, 0.82), (0.5, 0.93), (0.18, 0.9)], lighter(coat, 0.6))
    for x in (0.16, 0.26, 0.36):
        pen.stroke([(x, 0.76), (x + 0.03, 0.88)], lighter(coat, 0.25), 0.012)
    pen.dot(0.2, 0.6, 0.036)
    pen.dot(0.192, 0.588, 0.013, WHITE)
    pen.stroke([(0.06, 0.68), (0.16, 0.7), (0.24, 0.66)], INK, 0.016)


def octopus(pen: Pen, coat: Colour) -> None:
    for index, x in enumerate((0.2, 0.36, 0.5, 0.64, 0.8)):
        bend = (index - 2) * 0.13
        pen.stroke(
            [
                (0.5 + (x - 0.5) * 0.7, 0.56),
                (x, 0.72),
                (x + bend, 0.86),
                (x + bend * 1.6, 0.94),
                (x + bend * 1.2 + 0.05, 0.97),
            ],
            darker(coat, 0.1),
            0.085,
        )
    pen.blob([(0.5, 0.04), (0.76, 0.16), (0.8, 0.42), (0.66, 0.64), (0.34, 0.64), (0.2, 0.42), (0.24, 0.16)], coat)
    for x, y in ((0.36, 0.16), (0.46, 0.11), (0.62, 0.2)):
        pen.dot(x, y, 0.025, lighter(coat, 0.4))
    faces.eyes(pen, 0.5, 0.4, 0.11, 0.055)
    faces.grin(pen, 0.5, 0.52, 0.07)


def turtle(pen: Pen, coat: Colour) -> None:
    for x in (0.34, 0.74):
        pen.oval(x, 0.88, 0.1, 0.11, lighter(coat, 0.25))
    pen.disc(0.1, 0.56, 0.2, lighter(coat, 0.25))
    pen.poly([(0.9, 0.8), (1.0, 0.86), (0.86, 0.88)], lighter(coat, 0.25))
    pen.blob([(0.18, 0.8), (0.26, 0.4), (0.54, 0.16), (0.84, 0.4), (0.94, 0.8), (0.56, 0.88)], darker(coat, 0.2))
    for x, y, r in ((0.56, 0.42, 0.13), (0.36, 0.62, 0.1), (0.58, 0.68, 0.1), (0.78, 0.6, 0.1)):
        pen.disc(x, y, r, coat)
    pen.dot(0.06, 0.5, 0.038)
    pen.stroke([(0.02, 0.66), (0.08, 0.69), (0.14, 0.66)], INK, 0.018)


def frog(pen: Pen, coat: Colour) -> None:
    for side in (-1, 1):
        pen.blob(
            [(0.5 + side * x, y) for x, y in ((0.14, 0.66), (0.4, 0.6), (0.48, 0.84), (0.44, 0.98), (0.2, 0.96))],
            darker(coat, 0.12),
        )
        pen.disc(0.5 + side * 0.2, 0.2, 0.14, coat)
    pen.blob(
        [(0.5, 0.16), (0.84, 0.32), (0.86, 0.54), (0.72, 0.9), (0.5, 0.98), (0.28, 0.9), (0.14, 0.54), (0.16, 0.32)],
        coat,
    )
    pen.patch([(0.5, 0.58), (0.68, 0.66), (0.62, 0.9), (0.38, 0.9), (0.32, 0.66)], lighter(coat, 0.55))
    for side in (-1, 1):
        pen.dot(0.5 + side * 0.2, 0.2, 0.09, WHITE)
    faces.eyes(pen, 0.5, 0.2, 0.2, 0.055)
    pen.stroke([(0.24, 0.44), (0.5, 0.56), (0.76, 0.44)], INK, 0.02)
    faces.cheeks(pen, 0.5, 0.46, 0.3, 0.035, coat)


def crab(pen: Pen, coat: Colour) -> None:
    for side in (-1, 1):
        for y in (0.72, 0.82, 0.9):
            pen.stroke(
                [(0.5 + side * 0.24, y - 0.06), (0.5 + side * 0.4, y - 0.04), (0.5 + side * 0.46, y + 0.09)],
                coat,
                0.045,
            )
        pen.stroke([(0.5 + side * 0.26, 0.56), (0.5 + side * 0.42, 0.46), (0.5 + side * 0.38, 0.28)], coat, 0.07)
        pen.blob(
            [
                (0.5 + side * x, y)
                for x, y in ((0.26, 0.2), (0.34, 0.02), (0.37, 0.16), (0.44, 0.02), (0.5, 0.2), (0.38, 0.34))
            ],
            coat,
        )
        pen.line([(0.5 + side * 0.1, 0.5), (0.5 + side * 0.1, 0.34)], coat, 0.04)
        pen.dot(0.5 + side * 0.1, 0.32, 0.07, WHITE)
        pen.dot(0.5 + side * 0.1, 0.32, 0.038)
    pen.oval(0.5, 0.7, 0.33, 0.24, coat)
    faces.grin(pen, 0.5, 0.72, 0.1)


def snail(pen: Pen, coat: Colour) -> None:
    flesh: Colour = (228, 200, 160)
    pen.blob(
        [(0.02, 0.94), (0.08, 0.62), (0.14, 0.46), (0.24, 0.5), (0.26, 0.74), (0.6, 0.8), (0.98, 0.96), (0.4, 0.985)],
        flesh,
    )
    for x in (0.1, 0.2):
        pen.line([(0.16, 0.5), (x, 0.26)], darker(flesh, 0.2), 0.025)
        pen.dot(x, 0.24, 0.035)
    pen.disc(0.58, 0.5, 0.38, coat)
    pen.stroke(
        [
            (0.58, 0.5),
            (0.63, 0.48),
            (0.6, 0.38),
            (0.48, 0.44),
            (0.5, 0.62),
            (0.68, 0.64),
            (0.74, 0.42),
            (0.58, 0.24),
            (0.4, 0.36),
        ],
        darker(coat, 0.45),
        0.03,
    )
    pen.stroke([(0.06, 0.74), (0.11, 0.77), (0.16, 0.74)], INK, 0.016)
