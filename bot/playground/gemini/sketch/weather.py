"""What falls or drifts between us and the scene. Also used over photographs."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw, ImageFilter

from bot.playground.gemini.sketch.colours import Colour

FLAKE: Colour = (252, 253, 255)
DROP: Colour = (206, 222, 238)
MIST: Colour = (226, 230, 234)


def paint(image: Image.Image, weather: str, dice: random.Random) -> None:
    """Draws snow, rain, fog or storm over the image; other weather is the sky's business."""
    if weather == "snow":
        fall_snow(image, dice)
    elif weather in {"rain", "storm"}:
        fall_rain(image, dice)
    elif weather == "fog":
        drift_fog(image)


def fall_snow(image: Image.Image, dice: random.Random) -> None:
    unit = min(image.size) / 100
    flakes = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(flakes)
    for _ in range(round(image.width * image.height / (unit * unit * 26))):
        x, y = dice.uniform(0, image.width), dice.uniform(0, image.height)
        r = unit * dice.choice((0.25, 0.35, 0.35, 0.5, 0.8))
        pen.ellipse((x - r, y - r, x + r, y + r), fill=dice.randint(170, 255))
    image.paste(FLAKE, (0, 0), flakes.filter(ImageFilter.GaussianBlur(unit * 0.08)))


def fall_rain(image: Image.Image, dice: random.Random) -> None:
    unit = min(image.size) / 100
    drops = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(drops)
    for _ in range(round(image.width * image.height / (unit * unit * 40))):
        x, y = dice.uniform(0, image.width * 1.1), dice.uniform(-0.1, 1) * image.height
        reach = unit * dice.uniform(3, 7)
        pen.line((x, y, x - reach * 0.28, y + reach), fill=dice.randint(90, 190), width=max(1, round(unit * 0.2)))
    image.paste(DROP, (0, 0), drops)


def drift_fog(image: Image.Image) -> None:
    slope = Image.linear_gradient("L").resize(image.size)
    image.paste(MIST, (0, 0), slope.point(lambda value: round(90 + value * 0.42)))
