"""The paper and the hand: shapes go down on it in the material of its finish. Coordinates are pixels."""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bot.playground.gemini.sketch import colours
from bot.playground.gemini.sketch.colours import Colour
from bot.playground.gemini.sketch.curves import Point, unsteady
from bot.playground.gemini.sketch.finishes import Finish

Box = tuple[int, int, int, int]


class Sheet:
    """An image being drawn. `unit` is a hundredth of its shorter side, in pixels."""

    def __init__(self, image: Image.Image, finish: Finish, seed: int) -> None:
        self.image = image
        self.finish = finish
        self.dice = random.Random(seed)  # noqa: S311
        self.unit = min(image.size) / 100
        self._draw = ImageDraw.Draw(image)

    @property
    def width(self) -> int:
        return self.image.width

    @property
    def height(self) -> int:
        return self.image.height

    def fill(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled shape with whatever outline, shading and hatching the finish has."""
        drawn = unsteady(points, self.finish.wobble * self.unit, self.dice)
        if self.finish.shading or self.finish.hatch:
            self._model(drawn, colour)
        else:
            self._draw.polygon(drawn, fill=colours.mix(colours.PAPER, colour, self.finish.fill))
        self._outline(drawn, colour)

    def flat(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled shape with neither outline nor shading: pupils, highlights, far away things."""
        self._draw.polygon(list(points), fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A stroke with round ends; width in pixels."""
        drawn = unsteady(points, self.finish.wobble * self.unit * 0.5, self.dice)
        thick = max(1, round(width))
        self._draw.line(drawn, fill=colour, width=thick, joint="curve")
        if thick > 2:
            for x, y in (drawn[0], drawn[-1]):
                self._draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=colour)

    def glow(self, points: Sequence[Point], colour: Colour, strength: float, blur: float) -> None:
        """Soft light or shadow over what is there: strength 0 to 1, blur in pixels."""
        reach = round(blur * 2) + 2
        box = bounds(points, self.image.size, reach)
        if box is None:
            return
        mask = self._mask(points, box)
        shrunk = mask.resize((max(1, mask.width // 4), max(1, mask.height // 4)))
        soft = shrunk.filter(ImageFilter.GaussianBlur(blur / 4)).resize(mask.size)
        self.image.paste(colour, box, soft.point(lambda value: round(value * strength)))

    def tint(self, points: Sequence[Point], colour: Colour, strength: float) -> None:
        """A see-through layer of colour, strength 0 to 1, with a hard edge."""
        box = bounds(points, self.image.size, 1)
        if box is not None:
            self.image.paste(colour, box, self._mask(points, box).point(lambda value: round(value * strength)))

    def _outline(self, points: list[Point], colour: Colour) -> None:
        finish = self.finish
        if not finish.outline:
            return
        ink = colours.mix(colour, colours.INK, finish.edge)
        for _ in range(finish.passes):
            again = unsteady(points, finish.wobble * self.unit * 0.6 * (finish.passes - 1), self.dice)
            self._draw.line(
                [*again, again[0], again[1]], fill=ink, width=max(1, round(finish.outline * self.unit)), joint="curve"
            )

    def _model(self, points: list[Point], colour: Colour) -> None:
        """Fills with light from the upper left, or with pencil strokes over a pale wash."""
        box = bounds(points, self.image.size, 1)
        if box is None:
            return
        mask = self._mask(points, box)
        finish = self.finish
        if finish.shading:
            light, dark = colours.lighter(colour, finish.shading * 0.7), colours.darker(colour, finish.shading)
            slope = slanted().resize(mask.size)
            lit = Image.composite(Image.new("RGB", mask.size, dark), Image.new("RGB", mask.size, light), slope)
            self.image.paste(lit, box, mask)
            return
        self.image.paste(colours.mix(colours.PAPER, colour, finish.fill), box, mask)
        strokes = ImageChops.multiply(self._hatching(mask.size), mask)
        self.image.paste(colours.mix(colour, colours.INK, 0.15), box, strokes.point(lambda value: value * 0.62))

    def _hatching(self, size: tuple[int, int]) -> Image.Image:
        strokes = Image.new("L", size, 0)
        pen = ImageDraw.Draw(strokes)
        step = max(3.0, self.finish.hatch * self.unit)
        at = -size[1] * 0.6
        while at < size[0]:
            lean = size[1] * 0.6
            pen.line((at + lean, 0, at, size[1]), fill=self.dice.randint(110, 255), width=max(1, round(step * 0.4)))
            at += step * self.dice.uniform(0.7, 1.4)
        return strokes

    def _mask(self, points: Sequence[Point], box: Box) -> Image.Image:
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        ImageDraw.Draw(mask).polygon([(x - box[0], y - box[1]) for x, y in points], fill=255)
        return mask


def bounds(points: Sequence[Point], size: tuple[int, int], reach: int) -> Box | None:
    """The part of the sheet that the points (and `reach` pixels around them) touch, None when they miss it."""
    left = max(0, int(min(x for x, _ in points)) - reach)
    top = max(0, int(min(y for _, y in points)) - reach)
    right = min(size[0], int(max(x for x, _ in points)) + reach + 1)
    bottom = min(size[1], int(max(y for _, y in points)) + reach + 1)
    return (left, top, right, bottom) if left < right and top < bottom else None


@functools.lru_cache(maxsize=1)
def slanted() -> Image.Image:
    """A ramp from black (upper left) to white (lower right)."""
    ramp = Image.linear_gradient("L").resize((128, 128))
    return ImageChops.blend(ramp, ramp.transpose(Image.Transpose.TRANSPOSE), 0.35)
