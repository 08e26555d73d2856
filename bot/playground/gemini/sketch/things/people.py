"""People, and what stands like people."""

from __future__ import annotations

from bot.playground.gemini.sketch.colours import INK, Colour, darker, lighter
from bot.playground.gemini.sketch.pen import Pen
from bot.playground.gemini.sketch.things import faces
from bot.playground.gemini.sketch.things.faces import WHITE

SKINS: tuple[Colour, ...] = ((246, 210, 180), (226, 174, 132), (186, 128, 90), (138, 92, 64), (106, 70, 52))
TROUSERS: Colour = (62, 74, 116)
STEEL: Colour = (196, 202, 212)


def legs(pen: Pen, colour: Colour) -> None:
    for side in (-1, 1):
        pen.poly([(0.5 + side * x, y) for x, y in ((0.02, 0.66), (0.17, 0.66), (0.16, 0.95), (0.04, 0.95))], colour)
        pen.blob([(0.5 + side * x, y) for x, y in ((0.03, 0.94), (0.15, 0.93), (0.23, 0.985), (0.03, 0.985))], INK)


def torso(pen: Pen, colour: Colour, skin: Colour) -> None:
    for side in (-1, 1):
        pen.stroke([(0.5 + side * 0.16, 0.42), (0.5 + side * 0.3, 0.54), (0.5 + side * 0.32, 0.66)], colour, 0.07)
        pen.dot(0.5 + side * 0.32, 0.68, 0.034, skin)
    pen.blob([(0.36, 0.38), (0.64, 0.38), (0.7, 0.52), (0.68, 0.7), (0.32, 0.7), (0.3, 0.52)], colour)


def head(pen: Pen, skin: Colour) -> None:
    pen.blob(
        [(0.5, 0.08), (0.68, 0.13), (0.72, 0.24), (0.64, 0.35), (0.5, 0.39), (0.36, 0.35), (0.28, 0.24), (0.32, 0.13)],
        skin,
    )
    faces.eyes(pen, 0.5, 0.245, 0.09, 0.018)
    faces.grin(pen, 0.5, 0.31, 0.06)
    faces.cheeks(pen, 0.5, 0.29, 0.15, 0.018, skin)


def person(pen: Pen, colour: Colour) -> None:
    skin = pen.sheet.dice.choice(SKINS)
    legs(pen, TROUSERS if colour != TROUSERS else INK)
    torso(pen, colour, skin)
    head(pen, skin)
    hair = pen.sheet.dice.choice(((70, 46, 36), (44, 36, 40), (150, 96, 54), (196, 150, 84)))
    pen.blob(
        [(0.28, 0.22), (0.32, 0.08), (0.5, 0.03), (0.68, 0.08), (0.72, 0.22), (0.62, 0.15), (0.46, 0.14), (0.36, 0.16)],
        hair,
    )


def woman(pen: Pen, colour: Colour) -> None:
    skin = pen.sheet.dice.choice(SKINS)
    hair = pen.sheet.dice.choice(((70, 46, 36), (44, 36, 40), (150, 80, 50), (206, 160, 90)))
    pen.blob([(0.26, 0.2), (0.34, 0.05), (0.5, 0.02), (0.66, 0.05), (0.74, 0.2), (0.76, 0.44), (0.24, 0.44)], hair)
    legs(pen, skin)
    torso(pen, colour, skin)
    pen.poly([(0.36, 0.56), (0.64, 0.56), (0.78, 0.84), (0.22, 0.84)], colour)
    head(pen, skin)
    pen.blob([(0.29, 0.2), (0.36, 0.07), (0.5, 0.04), (0.64, 0.07), (0.71, 0.2), (0.56, 0.14), (0.44, 0.16)], hair)


def astronaut(pen: Pen, colour: Colour) -> None:
    pen.block(0.26, 0.38, 0.74, 0.68, STEEL)
    legs(pen, colour)
    torso(pen, colour, colour)
    pen.block(0.42, 0.5, 0.58, 0.6, (86, 160, 232))
    pen.dot(0.46, 0.55, 0.016, (226, 70, 60))
    pen.disc(0.5, 0.22, 0.21, colour)
    pen.blob([(0.34, 0.16), (0.5, 0.1), (0.66, 0.16), (0.68, 0.28), (0.5, 0.34), (0.32, 0.28)], (52, 66, 108))
    pen.patch([(0.38, 0.18), (0.46, 0.14), (0.44, 0.19), (0.39, 0.23)], (170, 200, 240))


def robot(pen: Pen, colour: Colour) -> None:
    pen.line([(0.5, 0.12), (0.5, 0.03)], STEEL, 0.02)
    pen.dot(0.5, 0.025, 0.03, (226, 70, 60))
    for side in (-1, 1):
        pen.line([(0.5 + side * 0.24, 0.46), (0.5 + side * 0.38, 0.56), (0.5 + side * 0.38, 0.68)], STEEL, 0.05)
        pen.disc(0.5 + side * 0.38, 0.7, 0.045, darker(colour, 0.25))
        pen.block(0.5 + side * 0.13 - 0.055, 0.74, 0.5 + side * 0.13 + 0.055, 0.94, STEEL)
        pen.block(0.5 + side * 0.15 - 0.1, 0.92, 0.5 + side * 0.15 + 0.1, 0.985, darker(colour, 0.25))
    pen.block(0.24, 0.42, 0.76, 0.77, colour)
    pen.block(0.33, 0.5, 0.67, 0.66, lighter(colour, 0.5))
    for x, lamp in ((0.41, (226, 70, 60)), (0.5, (248, 208, 58)), (0.59, (74, 158, 72))):
        pen.dot(x, 0.58, 0.024, lamp)
    pen.block(0.28, 0.12, 0.72, 0.38, colour)
    for x in (0.4, 0.6):
        pen.disc(x, 0.23, 0.05, WHITE)
        pen.dot(x, 0.23, 0.024, (52, 108, 204))
    pen.line([(0.4, 0.32), (0.6, 0.32)], INK, 0.016)


def snowman(pen: Pen, colour: Colour) -> None:
    for side in (-1, 1):
        pen.stroke([(0.5 + side * 0.2, 0.5), (0.5 + side * 0.4, 0.42), (0.5 + side * 0.48, 0.34)], (110, 76, 52), 0.022)
    for y, r in ((0.79, 0.2), (0.48, 0.155), (0.23, 0.115)):
        pen.disc(0.5, y, r, colour)
    pen.block(0.28, 0.115, 0.72, 0.145, INK)
    pen.block(0.36, -0.03, 0.64, 0.12, INK)
    faces.eyes(pen, 0.5, 0.21, 0.06, 0.015)
    pen.poly([(0.48, 0.235), (0.48, 0.265), (0.68, 0.26)], (244, 140, 50))
    pen.stroke([(0.32, 0.335), (0.5, 0.37), (0.68, 0.335)], (214, 52, 44), 0.05)
    for y in (0.46, 0.54, 0.72):
        pen.dot(0.5, y, 0.016)


def ghost(pen: Pen, colour: Colour) -> None:
    pen.blob(
        [
            (0.5, 0.02),
            (0.78, 0.16),
            (0.84, 0.5),
            (0.86, 0.96),
            (0.72, 0.88),
            (0.6, 0.98),
            (0.5, 0.88),
            (0.4, 0.98),
            (0.28, 0.88),
            (0.14, 0.96),
            (0.16, 0.5),
            (0.22, 0.16),
        ],
        colour,
    )
    faces.eyes(pen, 0.5, 0.34, 0.13, 0.05)
    pen.dot(0.5, 0.5, 0.05)
    faces.cheeks(pen, 0.5, 0.46, 0.22, 0.034, colour)


def alien(pen: Pen, colour: Colour) -> None:
    legs(pen, darker(colour, 0.2))
    torso(pen, darker(colour, 0.1), colour)
    pen.blob([(0.5, 0.0), (0.78, 0.1), (0.76, 0.26), (0.5, 0.42), (0.24, 0.26), (0.22, 0.1)], colour)
    for side in (-1, 1):
        pen.sheet.flat(
            pen.at(
                [(0.5 + side * x, y) for x, y in ((0.05, 0.28), (0.08, 0.18), (0.2, 0.13), (0.22, 0.2), (0.14, 0.27))]
            ),
            INK,
        )
    faces.grin(pen, 0.5, 0.34, 0.05)


def wizard(pen: Pen, colour: Colour) -> None:
    skin = pen.sheet.dice.choice(SKINS)
    pen.line([(0.86, 0.24), (0.82, 0.98)], (134, 92, 60), 0.03)
    pen.dot(0.865, 0.22, 0.045, (250, 216, 90))
    pen.poly([(0.36, 0.4), (0.64, 0.4), (0.8, 0.985), (0.2, 0.985)], colour)
    pen.stroke([(0.62, 0.48), (0.74, 0.56), (0.82, 0.58)], colour, 0.08)
    head(pen, skin)
    pen.blob([(0.34, 0.28), (0.5, 0.32), (0.66, 0.28), (0.62, 0.5), (0.5, 0.64), (0.38, 0.5)], WHITE)
    pen.poly([(0.22, 0.17), (0.5, -0.2), (0.78, 0.17)], colour)
    pen.dot(0.5, 0.06, 0.025, (250, 216, 90))


def knight(pen: Pen, colour: Colour) -> None:
    legs(pen, STEEL)
    torso(pen, STEEL, STEEL)
    pen.blob([(0.4, 0.44), (0.6, 0.44), (0.6, 0.56), (0.5, 0.66), (0.4, 0.56)], colour)
    pen.blob([(0.5, 0.06), (0.7, 0.14), (0.7, 0.36), (0.3, 0.36), (0.3, 0.14)], STEEL)
    pen.panel([(0.34, 0.2), (0.66, 0.2), (0.66, 0.25), (0.34, 0.25)], INK)
    pen.stroke([(0.5, 0.08), (0.58, -0.04), (0.72, -0.02)], colour, 0.05)
    pen.line([(0.84, 0.2), (0.82, 0.72)], lighter(STEEL, 0.3), 0.03)
    pen.line([(0.74, 0.6), (0.9, 0.62)], (226, 178, 52), 0.03)
