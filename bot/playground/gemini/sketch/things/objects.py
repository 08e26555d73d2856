"""Things people have about them."""

from __future__ import annotations

from bot.playground.gemini.sketch.colours import INK, Colour, darker, lighter
from bot.playground.gemini.sketch.pen import Pen
from bot.playground.gemini.sketch.things.faces import WHITE
from bot.playground.gemini.sketch.things.vehicles import LAMP, PANE, STEEL, WOOD


def heart(pen: Pen, colour: Colour) -> None:
    pen.blob(
        [
            (0.5, 0.24),
            (0.66, 0.06),
            (0.9, 0.1),
            (0.97, 0.34),
            (0.8, 0.62),
            (0.54, 0.95),
            (0.46, 0.95),
            (0.2, 0.62),
            (0.03, 0.34),
            (0.1, 0.1),
            (0.34, 0.06),
        ],
        colour,
    )
    pen.patch([(0.18, 0.28), (0.26, 0.17), (0.33, 0.19), (0.24, 0.34)], lighter(colour, 0.6))


def book(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.0, 0.24), (0.48, 0.34), (0.5, 0.95), (0.02, 0.84)], colour)
    pen.poly([(1.0, 0.24), (0.52, 0.34), (0.5, 0.95), (0.98, 0.84)], darker(colour, 0.15))
    for side in (-1, 1):
        pen.poly(
            [(0.5 + side * x, y) for x, y in ((0.0, 0.32), (0.44, 0.18), (0.44, 0.74), (0.0, 0.88))], (252, 248, 236)
        )
        for y in (0.34, 0.44, 0.54, 0.64):
            pen.line([(0.5 + side * 0.07, y + 0.06), (0.5 + side * 0.38, y - 0.04)], (176, 172, 164), 0.014)


def gift(pen: Pen, colour: Colour) -> None:
    ribbon = (250, 214, 90) if colour[1] < 170 else (214, 52, 44)
    for side in (-1, 1):
        pen.blob([(0.5, 0.3), (0.5 + side * 0.1, 0.06), (0.5 + side * 0.28, 0.08), (0.5 + side * 0.24, 0.24)], ribbon)
    pen.block(0.1, 0.42, 0.9, 0.985, colour)
    pen.block(0.05, 0.28, 0.95, 0.45, lighter(colour, 0.15))
    pen.block(0.43, 0.28, 0.57, 0.985, ribbon)


def umbrella(pen: Pen, colour: Colour) -> None:
    pen.stroke([(0.5, 0.06), (0.5, 0.88), (0.44, 0.97), (0.36, 0.9)], WOOD, 0.03)
    pen.blob(
        [
            (0.02, 0.5),
            (0.1, 0.22),
            (0.5, 0.04),
            (0.9, 0.22),
            (0.98, 0.5),
            (0.82, 0.46),
            (0.66, 0.52),
            (0.5, 0.46),
            (0.34, 0.52),
            (0.18, 0.46),
        ],
        colour,
    )
    pen.patch([(0.36, 0.5), (0.42, 0.2), (0.5, 0.06), (0.58, 0.2), (0.64, 0.5), (0.5, 0.46)], lighter(colour, 0.3))


def lamp(pen: Pen, colour: Colour) -> None:
    pen.glow(0.5, 0.3, 0.34, LAMP, 0.6)
    pen.line([(0.5, 0.4), (0.5, 0.9)], WOOD, 0.04)
    pen.oval(0.5, 0.94, 0.26, 0.045, WOOD)
    pen.poly([(0.32, 0.06), (0.68, 0.06), (0.86, 0.46), (0.14, 0.46)], colour)


def candle(pen: Pen, colour: Colour) -> None:
    pen.glow(0.5, 0.16, 0.2, LAMP, 0.8)
    pen.block(0.34, 0.36, 0.66, 0.985, colour)
    pen.line([(0.5, 0.36), (0.5, 0.28)], INK, 0.022)
    pen.blob([(0.5, 0.04), (0.6, 0.2), (0.5, 0.31), (0.4, 0.2)], (250, 180, 56))


def clock(pen: Pen, colour: Colour) -> None:
    pen.disc(0.5, 0.5, 0.47, colour)
    pen.dot(0.5, 0.5, 0.38, (252, 248, 238))
    for x, y in ((0.5, 0.17), (0.83, 0.5), (0.5, 0.83), (0.17, 0.5)):
        pen.dot(x, y, 0.028)
    pen.line([(0.5, 0.5), (0.5, 0.24)], INK, 0.03)
    pen.line([(0.5, 0.5), (0.68, 0.6)], INK, 0.04)


def guitar(pen: Pen, colour: Colour) -> None:
    pen.block(0.44, 0.06, 0.56, 0.56, WOOD)
    pen.block(0.4, 0.0, 0.6, 0.1, darker(WOOD, 0.3))
    pen.blob(
        [
            (0.5, 0.44),
            (0.7, 0.48),
            (0.68, 0.6),
            (0.84, 0.76),
            (0.72, 0.95),
            (0.5, 0.985),
            (0.28, 0.95),
            (0.16, 0.76),
            (0.32, 0.6),
            (0.3, 0.48),
        ],
        colour,
    )
    pen.dot(0.5, 0.66, 0.075)
    for x in (0.47, 0.5, 0.53):
        pen.line([(x, 0.06), (x, 0.86)], STEEL, 0.005)
    pen.block(0.38, 0.84, 0.62, 0.88, INK)


def camera(pen: Pen, colour: Colour) -> None:
    pen.block(0.36, 0.1, 0.64, 0.3, darker(colour, 0.2))
    pen.blob([(0.02, 0.3), (0.5, 0.24), (0.98, 0.3), (0.98, 0.9), (0.5, 0.94), (0.02, 0.9)], colour)
    pen.disc(0.5, 0.58, 0.25, STEEL)
    pen.dot(0.5, 0.58, 0.18, (40, 52, 80))
    pen.dot(0.45, 0.52, 0.05, (150, 190, 230))
    pen.dot(0.86, 0.4, 0.04, (226, 70, 62))


def computer(pen: Pen, colour: Colour) -> None:
    pen.block(0.14, 0.08, 0.86, 0.68, colour)
    pen.panel([(0.19, 0.14), (0.81, 0.14), (0.81, 0.62), (0.19, 0.62)], (60, 84, 120))
    for y, reach in ((0.24, 0.3), (0.34, 0.44), (0.44, 0.24), (0.54, 0.38)):
        pen.line([(0.25, y), (0.25 + reach, y)], (150, 220, 190), 0.025)
    pen.poly([(0.06, 0.92), (0.16, 0.7), (0.84, 0.7), (0.94, 0.92)], lighter(colour, 0.2))


def phone(pen: Pen, colour: Colour) -> None:
    pen.blob(
        [(0.2, 0.04), (0.5, 0.01), (0.8, 0.04), (0.82, 0.5), (0.8, 0.96), (0.5, 0.99), (0.2, 0.96), (0.18, 0.5)], colour
    )
    pen.panel([(0.25, 0.1), (0.75, 0.1), (0.75, 0.86), (0.25, 0.86)], PANE)
    pen.dot(0.5, 0.92, 0.022, WHITE)


def ball(pen: Pen, colour: Colour) -> None:
    pen.disc(0.5, 0.5, 0.46, colour)
    pen.stroke([(0.06, 0.44), (0.5, 0.56), (0.94, 0.44)], lighter(colour, 0.65), 0.08)
    pen.stroke([(0.3, 0.1), (0.42, 0.5), (0.34, 0.92)], lighter(colour, 0.65), 0.05)


def table(pen: Pen, colour: Colour) -> None:
    for x in (0.1, 0.84):
        pen.block(x, 0.26, x + 0.07, 0.985, darker(colour, 0.2))
    pen.block(0.0, 0.12, 1.0, 0.3, colour)


def chair(pen: Pen, colour: Colour) -> None:
    for x in (0.16, 0.74):
        pen.block(x, 0.56, x + 0.09, 0.985, darker(colour, 0.2))
    pen.block(0.16, 0.02, 0.3, 0.58, darker(colour, 0.1))
    pen.block(0.7, 0.02, 0.84, 0.58, darker(colour, 0.1))
    for y in (0.08, 0.24):
        pen.block(0.18, y, 0.82, y + 0.1, colour)
    pen.block(0.1, 0.5, 0.9, 0.64, colour)


def key(pen: Pen, colour: Colour) -> None:
    pen.disc(0.22, 0.5, 0.36, colour)
    pen.dot(0.2, 0.5, 0.16, (252, 249, 241))
    pen.block(0.4, 0.42, 0.98, 0.58, colour)
    for x in (0.78, 0.9):
        pen.block(x - 0.03, 0.56, x + 0.03, 0.8, colour)


def letter(pen: Pen, colour: Colour) -> None:
    pen.block(0.02, 0.12, 0.98, 0.9, colour)
    pen.line([(0.02, 0.12), (0.5, 0.58), (0.98, 0.12)], darker(colour, 0.35), 0.03)
    pen.dot(0.5, 0.6, 0.09, (200, 50, 50))


def vase(pen: Pen, colour: Colour) -> None:
    for x, y, petal in ((0.28, 0.16, (240, 120, 150)), (0.52, 0.06, (250, 206, 80)), (0.74, 0.18, (150, 130, 220))):
        pen.stroke([(x, y), (0.5, 0.5)], (86, 158, 76), 0.02)
        pen.disc(x, y, 0.09, petal)
        pen.dot(x, y, 0.035, (252, 236, 180))
    pen.blob(
        [
            (0.38, 0.44),
            (0.62, 0.44),
            (0.6, 0.54),
            (0.78, 0.74),
            (0.68, 0.985),
            (0.32, 0.985),
            (0.22, 0.74),
            (0.4, 0.54),
        ],
        colour,
    )


def sword(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.42, 0.68), (0.42, 0.12), (0.5, 0.0), (0.58, 0.12), (0.58, 0.68)], STEEL)
    pen.block(0.2, 0.66, 0.8, 0.73, colour)
    pen.block(0.44, 0.73, 0.56, 0.92, WOOD)
    pen.disc(0.5, 0.94, 0.045, colour)


def crown(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.06, 0.9), (0.0, 0.24), (0.26, 0.54), (0.5, 0.06), (0.74, 0.54), (1.0, 0.24), (0.94, 0.9)], colour)
    for x, gem in ((0.26, (214, 52, 70)), (0.5, (52, 108, 204)), (0.74, (214, 52, 70))):
        pen.dot(x, 0.74, 0.08, gem)


def hat(pen: Pen, colour: Colour) -> None:
    pen.blob([(0.22, 0.78), (0.24, 0.18), (0.5, 0.1), (0.76, 0.18), (0.78, 0.78)], colour)
    pen.stroke(
        [(0.23, 0.68), (0.5, 0.74), (0.77, 0.68)], darker(colour, 0.5) if sum(colour) > 240 else (214, 52, 44), 0.12
    )
    pen.oval(0.5, 0.82, 0.5, 0.13, colour)


def scarf(pen: Pen, colour: Colour) -> None:
    pen.blob([(0.62, 0.3), (0.8, 0.3), (0.86, 0.94), (0.66, 0.98)], darker(colour, 0.12))
    pen.blob([(0.04, 0.2), (0.5, 0.34), (0.96, 0.2), (0.98, 0.44), (0.5, 0.58), (0.02, 0.44)], colour)


def glasses(pen: Pen, colour: Colour) -> None:
    pen.line([(0.36, 0.44), (0.5, 0.36), (0.64, 0.44)], colour, 0.09)
    for x in (0.24, 0.76):
        pen.oval(x, 0.5, 0.19, 0.36, colour)
        pen.dot(x, 0.5, 0.24, PANE)


def sign(pen: Pen, colour: Colour) -> None:
    pen.block(0.46, 0.5, 0.54, 0.985, WOOD)
    pen.block(0.02, 0.06, 0.98, 0.62, colour)


def campfire(pen: Pen, colour: Colour) -> None:
    pen.glow(0.5, 0.6, 0.5, (255, 200, 110), 0.6)
    for ends in (((0.1, 0.98), (0.9, 0.8)), ((0.9, 0.98), (0.1, 0.8))):
        pen.line(list(ends), (116, 76, 50), 0.1)
    pen.blob(
        [(0.5, 0.02), (0.62, 0.3), (0.78, 0.4), (0.74, 0.8), (0.5, 0.9), (0.26, 0.8), (0.22, 0.5), (0.38, 0.4)], colour
    )
    pen.patch([(0.5, 0.4), (0.62, 0.6), (0.58, 0.82), (0.42, 0.82), (0.38, 0.62)], (254, 222, 90))


def bench(pen: Pen, colour: Colour) -> None:
    for x in (0.12, 0.82):
        pen.block(x, 0.5, x + 0.06, 0.985, STEEL)
    for y in (0.08, 0.26, 0.52):
        pen.block(0.0, y, 1.0, y + 0.13, colour)
