"""What faces are made of: eyes, noses, whiskers, cheeks."""

from __future__ import annotations

from bot.playground.gemini.sketch.colours import INK, Colour, lighter
from bot.playground.gemini.sketch.pen import Pen

WHITE: Colour = (255, 252, 246)
BLUSH: Colour = (240, 150, 150)


def eyes(pen: Pen, cx: float, cy: float, apart: float, size: float, colour: Colour = INK) -> None:
    """Two shining eyes around (cx, cy)."""
    for x in (cx - apart, cx + apart):
        pen.dot(x, cy, size, colour)
        pen.dot(x - size * 0.3, cy - size * 0.35, size * 0.36, WHITE)


def nose(pen: Pen, cx: float, cy: float, size: float, colour: Colour = INK) -> None:
    """A soft triangle with its point down."""
    pen.patch([(cx - size, cy - size * 0.5), (cx + size, cy - size * 0.5), (cx, cy + size * 0.8)], colour)


def smile(pen: Pen, cx: float, cy: float, reach: float, colour: Colour = INK) -> None:
    """The double curve below a nose."""
    for side in (-1, 1):
        pen.stroke(
            [(cx, cy), (cx + side * reach * 0.5, cy + reach * 0.45), (cx + side * reach, cy + reach * 0.05)],
            colour,
            0.011,
        )


def grin(pen: Pen, cx: float, cy: float, reach: float, colour: Colour = INK) -> None:
    """One wide curve."""
    pen.stroke([(cx - reach, cy), (cx, cy + reach * 0.6), (cx + reach, cy)], colour, 0.014)


def whiskers(pen: Pen, cx: float, cy: float, reach: float, colour: Colour = INK) -> None:
    for side in (-1, 1):
        for drop in (-0.02, 0.025):
            pen.line([(cx + side * reach * 0.5, cy + drop * 0.4), (cx + side * reach * 1.5, cy + drop)], colour, 0.006)


def cheeks(pen: Pen, cx: float, cy: float, apart: float, size: float, coat: Colour) -> None:
    for x in (cx - apart, cx + apart):
        pen.dot(x, cy, size, lighter(BLUSH, 0.1) if sum(coat) > 240 else BLUSH)
