"""Animals that sit and look at you: one body, many ears and tails."""

from __future__ import annotations

from bot.playground.gemini.sketch.colours import INK, Colour, darker, lighter, mix
from bot.playground.gemini.sketch.pen import Pen
from bot.playground.gemini.sketch.things import faces
from bot.playground.gemini.sketch.things.faces import WHITE

PINK: Colour = (240, 166, 170)


def body(pen: Pen, coat: Colour, chest: Colour) -> None:
    pen.blob([(0.5, 0.5), (0.7, 0.66), (0.76, 0.9), (0.66, 0.985), (0.34, 0.985), (0.24, 0.9), (0.3, 0.66)], coat)
    pen.patch([(0.5, 0.6), (0.6, 0.74), (0.57, 0.92), (0.43, 0.92), (0.4, 0.74)], chest)
    for side in (-1, 1):
        pen.blob([(0.5 + side * x, y) for x, y in ((0.03, 0.74), (0.13, 0.74), (0.14, 0.97), (0.02, 0.985))], coat)


def head(pen: Pen, coat: Colour) -> None:
    pen.blob(
        [(0.5, 0.17), (0.7, 0.22), (0.8, 0.4), (0.68, 0.55), (0.5, 0.6), (0.32, 0.55), (0.2, 0.4), (0.3, 0.22)], coat
    )


def pointed_ears(pen: Pen, coat: Colour, inner: Colour) -> None:
    for side in (-1, 1):
        pen.poly([(0.5 + side * x, y) for x, y in ((0.08, 0.22), (0.23, 0.0), (0.29, 0.34))], coat)
        pen.panel([(0.5 + side * x, y) for x, y in ((0.13, 0.2), (0.21, 0.07), (0.245, 0.27))], inner)


def round_ears(pen: Pen, coat: Colour, inner: Colour, size: float = 0.1) -> None:
    for side in (-1, 1):
        pen.disc(0.5 + side * 0.22, 0.19, size, coat)
        pen.dot(0.5 + side * 0.22, 0.2, size * 0.55, inner)


def floppy_ears(pen: Pen, coat: Colour) -> None:
    for side in (-1, 1):
        pen.blob(
            [(0.5 + side * x, y) for x, y in ((0.16, 0.2), (0.29, 0.22), (0.36, 0.44), (0.28, 0.54), (0.22, 0.38))],
            coat,
        )


def long_ears(pen: Pen, coat: Colour) -> None:
    for side in (-1, 1):
        pen.blob(
            [(0.5 + side * x, y) for x, y in ((0.05, 0.24), (0.06, 0.02), (0.14, -0.06), (0.19, 0.04), (0.16, 0.25))],
            coat,
        )
        pen.patch(
            [(0.5 + side * x, y) for x, y in ((0.09, 0.2), (0.1, 0.05), (0.135, 0.0), (0.155, 0.06), (0.13, 0.2))], PINK
        )


def muzzle(pen: Pen, colour: Colour) -> None:
    pen.patch([(0.5, 0.4), (0.62, 0.46), (0.6, 0.55), (0.5, 0.58), (0.4, 0.55), (0.38, 0.46)], colour)


def face(pen: Pen, coat: Colour) -> None:
    ink = INK if sum(coat) > 200 else (245, 235, 220)
    faces.eyes(pen, 0.5, 0.38, 0.12, 0.032, INK if sum(coat) > 200 else (250, 214, 90))
    faces.nose(pen, 0.5, 0.46, 0.035, ink if sum(coat) > 200 else PINK)
    faces.smile(pen, 0.5, 0.49, 0.06, ink)


def bushy_tail(pen: Pen, coat: Colour, tip: Colour) -> None:
    pen.blob([(0.64, 0.94), (0.84, 0.92), (1.0, 0.74), (0.97, 0.54), (0.88, 0.48), (0.84, 0.64), (0.72, 0.78)], coat)
    pen.patch([(0.97, 0.62), (0.97, 0.54), (0.88, 0.485), (0.845, 0.62), (0.9, 0.66)], tip)


def thin_tail(pen: Pen, coat: Colour) -> None:
    pen.stroke([(0.66, 0.93), (0.86, 0.9), (0.92, 0.74), (0.84, 0.62), (0.9, 0.54)], darker(coat, 0.12), 0.055)


def fox(pen: Pen, coat: Colour) -> None:
    bushy_tail(pen, coat, WHITE)
    body(pen, coat, WHITE)
    pointed_ears(pen, coat, darker(coat, 0.55))
    head(pen, coat)
    for side in (-1, 1):
        pen.patch(
            [(0.5 + side * x, y) for x, y in ((0.0, 0.58), (0.02, 0.47), (0.14, 0.44), (0.27, 0.42), (0.17, 0.54))],
            WHITE,
        )
    face(pen, mix(coat, WHITE, 0.2))
    for x in (0.42, 0.58):
        pen.patch([(x - 0.06, 0.985), (x - 0.05, 0.91), (x + 0.05, 0.91), (x + 0.06, 0.985)], darker(coat, 0.6))


def wolf(pen: Pen, coat: Colour) -> None:
    fox(pen, coat)


def cat(pen: Pen, coat: Colour) -> None:
    thin_tail(pen, coat)
    body(pen, coat, lighter(coat, 0.45))
    pointed_ears(pen, coat, PINK)
    head(pen, coat)
    for x in (-0.06, 0.0, 0.06):
        pen.stroke([(0.5 + x, 0.19), (0.5 + x * 0.9, 0.27)], darker(coat, 0.3), 0.016)
    muzzle(pen, lighter(coat, 0.5))
    face(pen, coat)
    faces.whiskers(pen, 0.5, 0.49, 0.2, lighter(INK, 0.3) if sum(coat) > 200 else WHITE)


def tiger(pen: Pen, coat: Colour) -> None:
    cat(pen, coat)
    for side in (-1, 1):
        for x, y in ((0.26, 0.36), (0.25, 0.42), (0.2, 0.75), (0.22, 0.83)):
            pen.stroke([(0.5 + side * x, y), (0.5 + side * (x - 0.08), y + 0.012)], INK, 0.02)


def dog(pen: Pen, coat: Colour) -> None:
    thin_tail(pen, coat)
    body(pen, coat, lighter(coat, 0.5))
    head(pen, coat)
    floppy_ears(pen, darker(coat, 0.35))
    muzzle(pen, lighter(coat, 0.55))
    face(pen, coat)
    pen.patch([(0.47, 0.535), (0.53, 0.535), (0.525, 0.6), (0.5, 0.62), (0.475, 0.6)], (226, 96, 110))


def bear(pen: Pen, coat: Colour) -> None:
    round_ears(pen, coat, lighter(coat, 0.35))
    body(pen, coat, lighter(coat, 0.3))
    head(pen, coat)
    muzzle(pen, lighter(coat, 0.45))
    face(pen, coat)


def panda(pen: Pen, coat: Colour) -> None:
    round_ears(pen, INK, INK)
    body(pen, coat, lighter(coat, 0.3))
    for side in (-1, 1):
        pen.blob([(0.5 + side * x, y) for x, y in ((0.14, 0.6), (0.26, 0.68), (0.22, 0.86), (0.12, 0.8))], INK)
    head(pen, coat)
    for side in (-1, 1):
        pen.patch(
            [(0.5 + side * x, y) for x, y in ((0.06, 0.36), (0.13, 0.31), (0.19, 0.38), (0.15, 0.46), (0.08, 0.44))],
            INK,
        )
    faces.eyes(pen, 0.5, 0.38, 0.12, 0.026, WHITE)
    faces.eyes(pen, 0.5, 0.382, 0.12, 0.018)
    faces.nose(pen, 0.5, 0.47, 0.035)
    faces.smile(pen, 0.5, 0.5, 0.06)


def rabbit(pen: Pen, coat: Colour) -> None:
    pen.disc(0.8, 0.88, 0.07, lighter(coat, 0.6))
    body(pen, coat, lighter(coat, 0.5))
    long_ears(pen, coat)
    head(pen, coat)
    muzzle(pen, lighter(coat, 0.5))
    face(pen, coat)
    pen.panel([(0.48, 0.53), (0.52, 0.53), (0.52, 0.57), (0.48, 0.57)], WHITE)


def mouse(pen: Pen, coat: Colour) -> None:
    pen.stroke([(0.66, 0.95), (0.85, 0.97), (0.95, 0.85), (1.0, 0.9)], PINK, 0.022)
    body(pen, coat, lighter(coat, 0.5))
    round_ears(pen, coat, PINK, 0.14)
    head(pen, coat)
    face(pen, coat)
    faces.whiskers(pen, 0.5, 0.49, 0.18)


def lion(pen: Pen, coat: Colour) -> None:
    thin_tail(pen, coat)
    pen.disc(0.9, 0.54, 0.045, darker(coat, 0.5))
    body(pen, coat, lighter(coat, 0.4))
    pen.blob(
        [(0.5, 0.06), (0.74, 0.12), (0.9, 0.36), (0.8, 0.6), (0.5, 0.7), (0.2, 0.6), (0.1, 0.36), (0.26, 0.12)],
        darker(coat, 0.42),
    )
    round_ears(pen, coat, darker(coat, 0.3), 0.06)
    head(pen, coat)
    muzzle(pen, lighter(coat, 0.5))
    face(pen, coat)


def pig(pen: Pen, coat: Colour) -> None:
    body(pen, coat, lighter(coat, 0.25))
    pointed_ears(pen.within(0.08, 0.06, 0.84, 0.94), coat, darker(coat, 0.15))
    head(pen, coat)
    faces.eyes(pen, 0.5, 0.36, 0.13, 0.03)
    pen.oval(0.5, 0.46, 0.11, 0.065, darker(coat, 0.1))
    for x in (0.46, 0.54):
        pen.dot(x, 0.46, 0.017, darker(coat, 0.55))
    faces.grin(pen, 0.5, 0.54, 0.06)


def cow(pen: Pen, coat: Colour) -> None:
    body(pen, coat, lighter(coat, 0.3))
    pen.patch([(0.64, 0.66), (0.72, 0.72), (0.74, 0.85), (0.64, 0.84)], INK)
    for side in (-1, 1):
        pen.stroke(
            [(0.5 + side * 0.16, 0.22), (0.5 + side * 0.24, 0.16), (0.5 + side * 0.24, 0.06)], (226, 206, 160), 0.045
        )
        pen.oval(0.5 + side * 0.32, 0.29, 0.1, 0.05, coat, side * 20)
    head(pen, coat)
    pen.patch([(0.52, 0.2), (0.68, 0.24), (0.74, 0.38), (0.62, 0.45), (0.54, 0.36)], INK)
    muzzle(pen, PINK)
    faces.eyes(pen, 0.5, 0.36, 0.12, 0.03, (90, 62, 50))
    for x in (0.45, 0.55):
        pen.dot(x, 0.48, 0.016, darker(PINK, 0.5))
    faces.grin(pen, 0.5, 0.53, 0.05)


def sheep(pen: Pen, coat: Colour) -> None:
    for x, y, r in (
        (0.3, 0.7, 0.16),
        (0.7, 0.7, 0.16),
        (0.5, 0.66, 0.18),
        (0.34, 0.86, 0.13),
        (0.66, 0.86, 0.13),
        (0.5, 0.84, 0.17),
    ):
        pen.disc(x, y, r, coat)
    for side in (-1, 1):
        pen.oval(0.5 + side * 0.24, 0.4, 0.1, 0.045, darker(coat, 0.75), side * 25)
    pen.blob([(0.5, 0.24), (0.66, 0.3), (0.66, 0.46), (0.5, 0.62), (0.34, 0.46), (0.34, 0.3)], darker(coat, 0.75))
    for x, y in ((0.38, 0.25), (0.5, 0.21), (0.62, 0.25)):
        pen.disc(x, y, 0.09, coat)
    faces.eyes(pen, 0.5, 0.4, 0.08, 0.03, WHITE)
    faces.eyes(pen, 0.5, 0.402, 0.08, 0.018)


def deer(pen: Pen, coat: Colour) -> None:
    for side in (-1, 1):
        horn = darker(coat, 0.45)
        pen.stroke([(0.5 + side * 0.1, 0.22), (0.5 + side * 0.16, 0.08), (0.5 + side * 0.28, -0.06)], horn, 0.028)
        pen.stroke([(0.5 + side * 0.15, 0.1), (0.5 + side * 0.06, 0.0)], horn, 0.024)
        pen.stroke([(0.5 + side * 0.22, 0.02), (0.5 + side * 0.34, 0.04)], horn, 0.024)
        pen.oval(0.5 + side * 0.3, 0.27, 0.11, 0.05, coat, -side * 20)
    body(pen, coat, lighter(coat, 0.6))
    head(pen, coat)
    muzzle(pen, lighter(coat, 0.5))
    face(pen, coat)


def raccoon(pen: Pen, coat: Colour) -> None:
    bushy_tail(pen, coat, INK)
    body(pen, coat, lighter(coat, 0.4))
    pointed_ears(pen, coat, INK)
    head(pen, coat)
    pen.patch(
        [(0.24, 0.38), (0.4, 0.31), (0.5, 0.36), (0.6, 0.31), (0.76, 0.38), (0.62, 0.46), (0.5, 0.42), (0.38, 0.46)],
        INK,
    )
    muzzle(pen, WHITE)
    faces.eyes(pen, 0.5, 0.38, 0.12, 0.024, WHITE)
    faces.nose(pen, 0.5, 0.46, 0.035)
    faces.smile(pen, 0.5, 0.49, 0.06)
