"""Birds, and what else has wings."""

from __future__ import annotations

from bot.playground.gemini.sketch.colours import INK, Colour, darker, lighter
from bot.playground.gemini.sketch.pen import Pen
from bot.playground.gemini.sketch.things import faces
from bot.playground.gemini.sketch.things.faces import WHITE

BEAK: Colour = (244, 166, 50)


def bird(pen: Pen, coat: Colour) -> None:
    for x in (0.5, 0.6):
        pen.line([(x, 0.8), (x - 0.01, 0.98), (x - 0.06, 0.985)], BEAK, 0.022)
    pen.poly([(0.74, 0.58), (1.0, 0.5), (0.98, 0.64), (0.8, 0.72)], darker(coat, 0.25))
    pen.blob(
        [(0.12, 0.36), (0.3, 0.16), (0.48, 0.26), (0.62, 0.44), (0.84, 0.6), (0.7, 0.82), (0.42, 0.86), (0.2, 0.68)],
        coat,
    )
    pen.patch([(0.2, 0.56), (0.36, 0.52), (0.5, 0.76), (0.42, 0.82), (0.24, 0.68)], lighter(coat, 0.55))
    pen.blob([(0.44, 0.48), (0.62, 0.5), (0.86, 0.62), (0.64, 0.72), (0.48, 0.64)], darker(coat, 0.2))
    pen.poly([(0.14, 0.34), (-0.02, 0.42), (0.15, 0.46)], BEAK)
    pen.dot(0.27, 0.34, 0.034)
    pen.dot(0.258, 0.328, 0.012, WHITE)


def owl(pen: Pen, coat: Colour) -> None:
    for side in (-1, 1):
        pen.poly([(0.5 + side * x, y) for x, y in ((0.1, 0.16), (0.3, 0.0), (0.34, 0.26))], coat)
        pen.line([(0.5 + side * 0.1, 0.94), (0.5 + side * 0.1, 0.99)], BEAK, 0.05)
    pen.blob(
        [(0.5, 0.08), (0.8, 0.18), (0.86, 0.5), (0.78, 0.86), (0.5, 0.97), (0.22, 0.86), (0.14, 0.5), (0.2, 0.18)], coat
    )
    pen.patch([(0.5, 0.5), (0.68, 0.6), (0.66, 0.84), (0.5, 0.92), (0.34, 0.84), (0.32, 0.6)], lighter(coat, 0.5))
    for row, y in enumerate((0.64, 0.73, 0.82)):
        for x in (0.41, 0.5, 0.59) if row % 2 else (0.455, 0.545):
            pen.stroke([(x - 0.03, y), (x, y + 0.03), (x + 0.03, y)], darker(coat, 0.15), 0.014)
    for side in (-1, 1):
        pen.blob(
            [(0.5 + side * x, y) for x, y in ((0.32, 0.4), (0.42, 0.54), (0.36, 0.84), (0.26, 0.66))],
            darker(coat, 0.25),
        )
        pen.disc(0.5 + side * 0.15, 0.32, 0.13, WHITE)
    faces.eyes(pen, 0.5, 0.32, 0.14, 0.065)
    pen.poly([(0.45, 0.38), (0.55, 0.38), (0.5, 0.49)], BEAK)


def penguin(pen: Pen, coat: Colour) -> None:
    for side in (-1, 1):
        pen.oval(0.5 + side * 0.16, 0.96, 0.13, 0.035, BEAK)
        pen.blob([(0.5 + side * x, y) for x, y in ((0.26, 0.4), (0.46, 0.6), (0.46, 0.74), (0.3, 0.62))], coat)
    pen.blob(
        [(0.5, 0.04), (0.7, 0.14), (0.8, 0.5), (0.74, 0.86), (0.5, 0.95), (0.26, 0.86), (0.2, 0.5), (0.3, 0.14)], coat
    )
    pen.patch(
        [
            (0.5, 0.24),
            (0.62, 0.18),
            (0.66, 0.34),
            (0.7, 0.6),
            (0.6, 0.88),
            (0.4, 0.88),
            (0.3, 0.6),
            (0.34, 0.34),
            (0.38, 0.18),
        ],
        WHITE,
    )
    faces.eyes(pen, 0.5, 0.26, 0.1, 0.03)
    pen.poly([(0.43, 0.32), (0.57, 0.32), (0.5, 0.4)], BEAK)
    faces.cheeks(pen, 0.5, 0.36, 0.17, 0.026, coat)


def duck(pen: Pen, coat: Colour) -> None:
    pen.blob(
        [(0.06, 0.72), (0.3, 0.6), (0.6, 0.62), (0.8, 0.58), (0.96, 0.5), (0.9, 0.84), (0.6, 0.98), (0.24, 0.96)], coat
    )
    pen.disc(0.28, 0.36, 0.24, coat)
    pen.blob([(0.42, 0.72), (0.62, 0.68), (0.82, 0.7), (0.66, 0.86), (0.48, 0.84)], darker(coat, 0.15))
    pen.blob([(0.1, 0.36), (-0.04, 0.42), (-0.02, 0.48), (0.14, 0.48)], BEAK)
    pen.dot(0.22, 0.3, 0.034)
    pen.dot(0.21, 0.288, 0.012, WHITE)


def chicken(pen: Pen, coat: Colour) -> None:
    for x in (0.46, 0.6):
        pen.line([(x, 0.82), (x, 0.97), (x - 0.08, 0.985)], BEAK, 0.025)
    for x, y in ((0.22, 0.1), (0.29, 0.06), (0.36, 0.1)):
        pen.disc(x, y, 0.06, (214, 52, 44))
    pen.blob(
        [
            (0.14, 0.24),
            (0.28, 0.1),
            (0.42, 0.24),
            (0.52, 0.44),
            (0.78, 0.4),
            (0.98, 0.22),
            (0.92, 0.68),
            (0.66, 0.86),
            (0.34, 0.82),
            (0.2, 0.6),
        ],
        coat,
    )
    pen.blob([(0.48, 0.54), (0.76, 0.52), (0.7, 0.72), (0.52, 0.7)], darker(coat, 0.15))
    pen.poly([(0.15, 0.22), (0.02, 0.28), (0.16, 0.32)], BEAK)
    pen.patch([(0.16, 0.32), (0.22, 0.32), (0.2, 0.44), (0.15, 0.42)], (214, 52, 44))
    pen.dot(0.26, 0.22, 0.026)


def flamingo(pen: Pen, coat: Colour) -> None:
    pen.line([(0.56, 0.55), (0.54, 0.98), (0.44, 0.985)], darker(coat, 0.2), 0.014)
    pen.line([(0.66, 0.55), (0.74, 0.76), (0.6, 0.78)], darker(coat, 0.2), 0.014)
    pen.stroke([(0.4, 0.5), (0.22, 0.4), (0.4, 0.26), (0.34, 0.1), (0.24, 0.1)], coat, 0.05)
    pen.blob([(0.3, 0.48), (0.56, 0.36), (0.96, 0.46), (0.76, 0.6), (0.46, 0.62)], coat)
    pen.blob([(0.5, 0.46), (0.9, 0.48), (0.68, 0.56)], darker(coat, 0.15))
    pen.disc(0.26, 0.1, 0.05, coat)
    pen.blob([(0.2, 0.09), (0.1, 0.14), (0.1, 0.2), (0.16, 0.16)], INK)
    pen.dot(0.25, 0.09, 0.012)


def butterfly(pen: Pen, coat: Colour) -> None:
    for side in (-1, 1):
        pen.blob(
            [(0.5 + side * x, y) for x, y in ((0.02, 0.42), (0.22, 0.08), (0.46, 0.1), (0.46, 0.4), (0.2, 0.52))], coat
        )
        pen.blob(
            [(0.5 + side * x, y) for x, y in ((0.02, 0.5), (0.24, 0.54), (0.38, 0.7), (0.26, 0.92), (0.08, 0.78))],
            lighter(coat, 0.25),
        )
        pen.dot(0.5 + side * 0.32, 0.26, 0.07, lighter(coat, 0.6))
        pen.dot(0.5 + side * 0.22, 0.7, 0.05, darker(coat, 0.3))
        pen.stroke([(0.5, 0.26), (0.5 + side * 0.06, 0.14), (0.5 + side * 0.14, 0.06)], INK, 0.016)
    pen.oval(0.5, 0.52, 0.045, 0.28, INK)


def bee(pen: Pen, coat: Colour) -> None:
    for tilt, x in ((-24, 0.44), (20, 0.6)):
        pen.oval(x, 0.26, 0.12, 0.24, (224, 238, 248), tilt)
    pen.oval(0.5, 0.62, 0.36, 0.3, coat)
    for x, reach in ((0.46, 0.27), (0.6, 0.26), (0.73, 0.18)):
        pen.stroke([(x, 0.62 - reach), (x + 0.05, 0.62), (x, 0.62 + reach)], INK, 0.075)
    faces.eyes(pen, 0.26, 0.56, 0.045, 0.03)
    faces.grin(pen, 0.26, 0.66, 0.05)
    for x in (0.2, 0.3):
        pen.stroke([(x, 0.42), (x - 0.02, 0.3), (x - 0.07, 0.24)], INK, 0.02)


def ladybug(pen: Pen, coat: Colour) -> None:
    pen.disc(0.16, 0.66, 0.2, INK)
    pen.blob([(0.12, 0.9), (0.2, 0.4), (0.52, 0.16), (0.86, 0.4), (0.96, 0.9)], coat)
    pen.line([(0.52, 0.2), (0.54, 0.9)], INK, 0.02)
    for x, y in ((0.34, 0.48), (0.34, 0.74), (0.7, 0.46), (0.74, 0.74)):
        pen.dot(x, y, 0.075)
    pen.dot(0.1, 0.6, 0.04, WHITE)


def bat(pen: Pen, coat: Colour) -> None:
    for side in (-1, 1):
        pen.poly(
            [
                (0.5 + side * x, y)
                for x, y in (
                    (0.06, 0.4),
                    (0.28, 0.14),
                    (0.5, 0.24),
                    (0.42, 0.52),
                    (0.3, 0.5),
                    (0.22, 0.66),
                    (0.08, 0.62),
                )
            ],
            coat,
        )
        pen.poly([(0.5 + side * x, y) for x, y in ((0.01, 0.3), (0.08, 0.06), (0.11, 0.34))], coat)
    pen.oval(0.5, 0.52, 0.12, 0.3, coat)
    faces.eyes(pen, 0.5, 0.42, 0.045, 0.05, (250, 220, 110))
