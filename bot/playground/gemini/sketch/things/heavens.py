"""Sun, moon, stars, clouds, and what else is up there."""

from __future__ import annotations

import math

from bot.playground.gemini.sketch import curves
from bot.playground.gemini.sketch.colours import Colour, darker, lighter, mix
from bot.playground.gemini.sketch.pen import Pen

RAINBOW: tuple[Colour, ...] = (
    (226, 70, 62),
    (244, 150, 56),
    (250, 212, 78),
    (104, 178, 88),
    (82, 142, 220),
    (124, 92, 190),
)
CLOUD = (
    (0.3, 0.74, 0.2, 1.0),
    (0.52, 0.78, 0.2, 1.0),
    (0.72, 0.74, 0.2, 1.0),
    (0.2, 0.66, 0.22, 0.3),
    (0.8, 0.64, 0.24, 0.3),
    (0.4, 0.44, 0.34, 0.0),
    (0.62, 0.5, 0.32, 0.0),
    (0.5, 0.66, 0.26, 0.0),
)


def sun(pen: Pen, colour: Colour) -> None:
    pen.glow(0.5, 0.5, 0.5, lighter(colour, 0.4), 0.6)
    for step in range(12):
        turn = math.tau * step / 12
        near, far = 0.33, 0.47 if step % 2 else 0.42
        pen.line(
            [
                (0.5 + near * math.cos(turn), 0.5 + near * math.sin(turn)),
                (0.5 + far * math.cos(turn), 0.5 + far * math.sin(turn)),
            ],
            colour,
            0.035,
        )
    pen.disc(0.5, 0.5, 0.27, colour)


def moon(pen: Pen, colour: Colour) -> None:
    pen.glow(0.5, 0.5, 0.48, lighter(colour, 0.3), 0.5)
    pen.disc(0.5, 0.5, 0.34, colour)
    for x, y, r in ((0.4, 0.4, 0.06), (0.6, 0.56, 0.08), (0.44, 0.64, 0.045), (0.62, 0.34, 0.04)):
        pen.dot(x, y, r, darker(colour, 0.1))


def crescent(pen: Pen, colour: Colour) -> None:
    pen.glow(0.45, 0.5, 0.45, lighter(colour, 0.3), 0.5)
    outer = curves.oval(0.5, 0.5, 0.4, 0.4)
    bite = [point for point in curves.oval(0.66, 0.42, 0.34, 0.34) if math.dist(point, (0.5, 0.5)) < 0.4]
    rim = [point for point in outer if math.dist(point, (0.66, 0.42)) > 0.34]
    around = sorted(rim, key=lambda point: (math.atan2(point[1] - 0.5, point[0] - 0.5) + 0.46) % math.tau)
    back = sorted(bite, key=lambda point: -((math.atan2(point[1] - 0.42, point[0] - 0.66) + 0.46) % math.tau))
    pen.poly(around + back, colour)


def star(pen: Pen, colour: Colour) -> None:
    pen.glow(0.5, 0.52, 0.4, lighter(colour, 0.4), 0.35)
    pen.poly(curves.star(0.5, 0.53, 0.47, 0.2), colour)


def cloud(pen: Pen, colour: Colour) -> None:
    low = mix(colour, (150, 170, 200), 0.22)
    for x, y, r, tone in CLOUD:
        pen.sheet.flat(pen.at(curves.oval(x, y, r * pen.height / pen.width, r)), mix(colour, low, tone))


def rainbow(pen: Pen, _colour: Colour) -> None:
    for index, band in enumerate(RAINBOW):
        outer, inner = 0.5 - index * 0.04, 0.46 - index * 0.04
        turns = [math.pi + math.pi * step / 36 for step in range(37)]
        rim = [(0.5 + outer * math.cos(turn), 1 + outer * 2 * math.sin(turn) * 0.98) for turn in turns]
        core = [(0.5 + inner * math.cos(turn), 1 + inner * 2 * math.sin(turn) * 0.98) for turn in reversed(turns)]
        pen.sheet.tint(pen.at(rim + core), band, 0.72)


def comet(pen: Pen, colour: Colour) -> None:
    for reach, tone in ((0.95, 0.6), (0.7, 0.3)):
        pen.blob([(0.14, 0.7), (0.3, 0.5), (reach, 0.1), (0.4, 0.74), (0.24, 0.88)], lighter(colour, tone))
    pen.poly(curves.star(0.22, 0.74, 0.22, 0.1), colour)


def bolt(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.6, 0.0), (0.2, 0.56), (0.48, 0.54), (0.34, 1.0), (0.82, 0.4), (0.54, 0.42)], colour)


def snowflake(pen: Pen, colour: Colour) -> None:
    for step in range(6):
        turn = math.tau * step / 6
        cos, sin = math.cos(turn), math.sin(turn)
        pen.line([(0.5, 0.5), (0.5 + 0.45 * cos, 0.5 + 0.45 * sin)], colour, 0.05)
        for lean in (-0.6, 0.6):
            pen.line(
                [
                    (0.5 + 0.26 * cos, 0.5 + 0.26 * sin),
                    (0.5 + 0.26 * cos + 0.14 * math.cos(turn + lean), 0.5 + 0.26 * sin + 0.14 * math.sin(turn + lean)),
                ],
                colour,
                0.04,
            )
