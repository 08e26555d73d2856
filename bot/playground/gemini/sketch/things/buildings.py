"""What people build, and live in."""

from __future__ import annotations

from bot.playground.gemini.sketch.colours import Colour, darker, lighter
from bot.playground.gemini.sketch.pen import Pen

ROOF: Colour = (176, 74, 60)
GLASS: Colour = (250, 222, 130)
DOOR: Colour = (116, 78, 52)
STONE: Colour = (170, 168, 172)


def window(pen: Pen, x: float, y: float, width: float, height: float) -> None:
    pen.block(x, y, x + width, y + height, GLASS)
    pen.line([(x + width / 2, y), (x + width / 2, y + height)], DOOR, 0.012)
    pen.line([(x, y + height / 2), (x + width, y + height / 2)], DOOR, 0.012)


def house(pen: Pen, colour: Colour) -> None:
    pen.block(0.68, 0.08, 0.78, 0.34, darker(ROOF, 0.2))
    pen.block(0.12, 0.42, 0.88, 0.985, colour)
    pen.poly([(0.02, 0.46), (0.5, 0.06), (0.98, 0.46)], ROOF if colour != ROOF else darker(ROOF, 0.35))
    pen.block(0.42, 0.66, 0.58, 0.985, DOOR)
    pen.dot(0.55, 0.83, 0.013, GLASS)
    for x in (0.18, 0.66):
        window(pen, x, 0.56, 0.16, 0.17)
    pen.disc(0.5, 0.3, 0.065, GLASS)


def barn(pen: Pen, colour: Colour) -> None:
    pen.block(0.08, 0.44, 0.92, 0.985, colour)
    pen.poly([(0.02, 0.46), (0.18, 0.2), (0.5, 0.04), (0.82, 0.2), (0.98, 0.46)], darker(colour, 0.3))
    pen.block(0.34, 0.6, 0.66, 0.985, lighter(colour, 0.15))
    pen.line([(0.34, 0.6), (0.66, 0.985)], (250, 244, 232), 0.022)
    pen.line([(0.66, 0.6), (0.34, 0.985)], (250, 244, 232), 0.022)
    pen.block(0.43, 0.24, 0.57, 0.38, (250, 244, 232))


def castle(pen: Pen, colour: Colour) -> None:
    for x, top in ((0.02, 0.32), (0.78, 0.32), (0.4, 0.16)):
        pen.block(x, top, x + 0.2, 0.985, colour)
        pen.poly([(x - 0.03, top), (x + 0.1, top - 0.2), (x + 0.23, top)], ROOF)
        pen.line([(x + 0.1, top - 0.2), (x + 0.1, top - 0.28)], DOOR, 0.012)
        pen.panel([(x + 0.1, top - 0.28), (x + 0.19, top - 0.255), (x + 0.1, top - 0.225)], (52, 108, 204))
        pen.block(x + 0.075, top + 0.1, x + 0.125, top + 0.2, GLASS)
    pen.block(0.2, 0.56, 0.8, 0.985, darker(colour, 0.08))
    for step in range(6):
        pen.block(0.2 + step * 0.104, 0.5, 0.26 + step * 0.104, 0.57, darker(colour, 0.08))
    pen.blob([(0.4, 0.985), (0.4, 0.8), (0.5, 0.7), (0.6, 0.8), (0.6, 0.985)], DOOR)


def tower(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.28, 0.985), (0.34, 0.24), (0.66, 0.24), (0.72, 0.985)], colour)
    pen.poly([(0.24, 0.26), (0.5, 0.0), (0.76, 0.26)], ROOF)
    for y in (0.34, 0.52, 0.7):
        pen.block(0.44, y, 0.56, y + 0.1, GLASS)


def lighthouse(pen: Pen, colour: Colour) -> None:
    pen.glow(0.5, 0.15, 0.2, (255, 236, 160), 0.7)
    pen.poly([(0.26, 0.985), (0.36, 0.26), (0.64, 0.26), (0.74, 0.985)], (250, 246, 236))
    for top, low in ((0.36, 0.5), (0.64, 0.8)):
        pen.poly(
            [
                (0.36 - (top - 0.26) * 0.138, top),
                (0.64 + (top - 0.26) * 0.138, top),
                (0.64 + (low - 0.26) * 0.138, low),
                (0.36 - (low - 0.26) * 0.138, low),
            ],
            colour,
        )
    pen.block(0.3, 0.22, 0.7, 0.27, darker(colour, 0.4))
    pen.block(0.4, 0.1, 0.6, 0.22, GLASS)
    pen.poly([(0.34, 0.11), (0.5, 0.0), (0.66, 0.11)], colour)
    pen.block(0.44, 0.86, 0.56, 0.985, DOOR)


def church(pen: Pen, colour: Colour) -> None:
    pen.block(0.3, 0.5, 0.94, 0.985, colour)
    pen.poly([(0.26, 0.52), (0.4, 0.34), (0.86, 0.34), (0.98, 0.52)], ROOF)
    pen.block(0.1, 0.34, 0.38, 0.985, colour)
    pen.poly([(0.06, 0.36), (0.24, 0.06), (0.42, 0.36)], ROOF)
    pen.line([(0.24, 0.07), (0.24, -0.05)], DOOR, 0.016)
    pen.line([(0.2, -0.01), (0.28, -0.01)], DOOR, 0.016)
    for x in (0.48, 0.64, 0.8):
        pen.blob([(x, 0.82), (x, 0.66), (x + 0.04, 0.61), (x + 0.08, 0.66), (x + 0.08, 0.82)], GLASS)
    pen.blob([(0.17, 0.985), (0.17, 0.8), (0.24, 0.72), (0.31, 0.8), (0.31, 0.985)], DOOR)


def skyscraper(pen: Pen, colour: Colour) -> None:
    pen.line([(0.5, 0.1), (0.5, 0.0)], darker(colour, 0.4), 0.01)
    pen.block(0.34, 0.08, 0.66, 0.2, darker(colour, 0.1))
    pen.block(0.2, 0.18, 0.8, 0.985, colour)
    for row in range(9):
        for column in range(4):
            lit = (row * 7 + column * 3) % 5 < 3
            x, y = 0.27 + column * 0.125, 0.23 + row * 0.075
            pen.panel(
                [(x, y), (x + 0.08, y), (x + 0.08, y + 0.045), (x, y + 0.045)], GLASS if lit else darker(colour, 0.35)
            )


def city(pen: Pen, colour: Colour) -> None:
    heights = (0.5, 0.72, 0.4, 0.95, 0.62, 0.82, 0.46, 0.68)
    for index, height in enumerate(heights):
        left = index / len(heights) - 0.01
        tone = (darker(colour, 0.12), colour, lighter(colour, 0.14))[index % 3]
        pen.block(left, 1 - height, left + 0.14, 1.0, tone)
        for row in range(int(height * 9)):
            for column in range(3):
                if (row * 5 + column * 7 + index * 3) % 4:
                    x, y = left + 0.02 + column * 0.036, 1 - height + 0.05 + row * 0.1
                    pen.panel([(x, y), (x + 0.022, y), (x + 0.022, y + 0.045), (x, y + 0.045)], GLASS)


def tent(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.02, 0.985), (0.5, 0.06), (0.98, 0.985)], colour)
    pen.poly([(0.36, 0.985), (0.5, 0.3), (0.64, 0.985)], darker(colour, 0.5))
    pen.poly([(0.5, 0.06), (0.5, 0.3), (0.36, 0.985), (0.26, 0.985)], lighter(colour, 0.25))
    pen.line([(0.5, 0.08), (0.5, 0.0)], DOOR, 0.03)


def windmill(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.28, 0.985), (0.38, 0.36), (0.62, 0.36), (0.72, 0.985)], colour)
    pen.poly([(0.34, 0.38), (0.5, 0.22), (0.66, 0.38)], ROOF)
    for x, y in ((0.2, 0.06), (0.9, 0.1), (0.82, 0.68), (0.1, 0.62)):
        pen.line([(0.5, 0.36), (x, y)], DOOR, 0.014)
        dx, dy = x - 0.5, y - 0.36
        pen.poly(
            [
                (0.5 + dx * 0.25, 0.36 + dy * 0.25),
                (x, y),
                (x - dy * 0.22, y + dx * 0.22),
                (0.5 + dx * 0.25 - dy * 0.22, 0.36 + dy * 0.25 + dx * 0.22),
            ],
            (246, 238, 220),
        )
    pen.disc(0.5, 0.36, 0.03, DOOR)
    pen.block(0.44, 0.8, 0.56, 0.985, DOOR)


def bridge(pen: Pen, colour: Colour) -> None:
    for x in (0.24, 0.76):
        pen.block(x - 0.03, 0.1, x + 0.03, 0.98, colour)
    pen.stroke([(-0.02, 0.5), (0.24, 0.14), (0.5, 0.54), (0.76, 0.14), (1.02, 0.5)], darker(colour, 0.2), 0.03)
    for step in range(13):
        x = 0.06 + step * 0.0735
        pen.line([(x, 0.62), (x, 0.46)], darker(colour, 0.2), 0.012)
    pen.block(-0.02, 0.6, 1.02, 0.7, colour)


def pyramid(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.0, 0.985), (0.46, 0.04), (0.62, 0.985)], colour)
    pen.poly([(0.62, 0.985), (0.46, 0.04), (1.0, 0.985)], darker(colour, 0.25))


def igloo(pen: Pen, colour: Colour) -> None:
    pen.blob([(0.02, 0.985), (0.1, 0.5), (0.42, 0.12), (0.78, 0.36), (0.92, 0.985)], colour)
    for y, reach in ((0.76, 0.4), (0.56, 0.34), (0.36, 0.22)):
        pen.stroke([(0.46 - reach, y), (0.46, y + 0.03), (0.46 + reach, y)], darker(colour, 0.2), 0.016)
    pen.blob([(0.56, 0.985), (0.58, 0.68), (0.74, 0.56), (0.92, 0.7), (0.96, 0.985)], darker(colour, 0.08))
    pen.blob([(0.64, 0.985), (0.66, 0.76), (0.76, 0.68), (0.86, 0.78), (0.88, 0.985)], darker(colour, 0.6))


def fence(pen: Pen, colour: Colour) -> None:
    for y in (0.42, 0.72):
        pen.block(0.0, y, 1.0, y + 0.1, darker(colour, 0.1))
    for step in range(6):
        x = 0.02 + step * 0.17
        pen.poly([(x, 0.98), (x, 0.24), (x + 0.05, 0.08), (x + 0.1, 0.24), (x + 0.1, 0.98)], colour)


def volcano(pen: Pen, colour: Colour) -> None:
    for x, y, r in ((0.5, 0.12, 0.1), (0.6, 0.04, 0.11), (0.42, 0.0, 0.09)):
        pen.disc(x, y, r, (150, 148, 156))
    pen.poly([(0.0, 0.985), (0.36, 0.26), (0.64, 0.26), (1.0, 0.985)], colour)
    pen.blob(
        [(0.34, 0.26), (0.66, 0.26), (0.62, 0.5), (0.55, 0.4), (0.5, 0.66), (0.44, 0.42), (0.4, 0.5)], (244, 96, 40)
    )


def mountain(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.42, 0.99), (0.74, 0.24), (1.06, 0.99)], darker(colour, 0.12))
    pen.poly([(0.74, 0.24), (0.66, 0.43), (0.72, 0.4), (0.76, 0.46), (0.82, 0.4)], (250, 250, 252))
    pen.poly([(-0.06, 0.99), (0.38, 0.02), (0.84, 0.99)], colour)
    pen.poly([(0.38, 0.02), (0.84, 0.99), (0.5, 0.99), (0.44, 0.5)], darker(colour, 0.2))
    pen.poly([(0.38, 0.02), (0.26, 0.29), (0.33, 0.25), (0.38, 0.33), (0.44, 0.25), (0.51, 0.29)], (250, 250, 252))


def island(pen: Pen, colour: Colour) -> None:
    pen.blob([(0.0, 0.985), (0.2, 0.66), (0.5, 0.5), (0.8, 0.66), (1.0, 0.985)], colour)


def hill(pen: Pen, colour: Colour) -> None:
    pen.blob([(-0.1, 1.1), (0.1, 0.5), (0.5, 0.1), (0.9, 0.5), (1.1, 1.1)], colour)
