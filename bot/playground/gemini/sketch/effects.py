"""What can be done to a finished picture, by name. Each takes an image and a value and gives a new image."""

from __future__ import annotations

import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from bot.playground.gemini.sketch import weather
from bot.playground.gemini.sketch.colours import NAMED, Colour, darker, lighter
from bot.playground.gemini.sketch.scene import Effect

Change = Callable[[Image.Image, str], Image.Image]
WIDE = 128  # effects that only need a rough idea of the picture work on one of this size


def apply(image: Image.Image, effects: tuple[Effect, ...]) -> Image.Image:
    """The image after all effects, in order; unknown ones are left out."""
    for effect in effects:
        if effect.name in EFFECTS:
            image = EFFECTS[effect.name](image, effect.value)
    return image


def grey(image: Image.Image, _value: str) -> Image.Image:
    return ImageOps.autocontrast(image.convert("L"), cutoff=0.5).convert("RGB")


def sepia(image: Image.Image, _value: str) -> Image.Image:
    return ImageOps.colorize(image.convert("L"), (38, 22, 10), (255, 240, 206), mid=(158, 116, 70))


def balance(image: Image.Image, red: float, green: float, blue: float) -> Image.Image:
    """Each channel made stronger or weaker by a factor."""
    factors = (red, green, blue)
    table = [min(255, round(value * factor)) for factor in factors for value in range(256)]
    return image.point(table)


def warm(image: Image.Image, _value: str) -> Image.Image:
    return balance(image, 1.14, 1.02, 0.78)


def cool(image: Image.Image, _value: str) -> Image.Image:
    return balance(image, 0.8, 0.98, 1.16)


def bright(image: Image.Image, _value: str) -> Image.Image:
    return ImageEnhance.Brightness(image).enhance(1.28)


def dark(image: Image.Image, _value: str) -> Image.Image:
    return ImageEnhance.Brightness(image).enhance(0.62)


def vivid(image: Image.Image, _value: str) -> Image.Image:
    return ImageEnhance.Color(image).enhance(1.7)


def muted(image: Image.Image, _value: str) -> Image.Image:
    return ImageEnhance.Color(image).enhance(0.45)


def contrast(image: Image.Image, _value: str) -> Image.Image:
    return ImageEnhance.Contrast(image).enhance(1.4)


def blur(image: Image.Image, _value: str) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(min(image.size) * 0.012))


def sharpen(image: Image.Image, _value: str) -> Image.Image:
    return image.filter(ImageFilter.UnsharpMask(min(image.size) * 0.004, 180, 2))


def invert(image: Image.Image, _value: str) -> Image.Image:
    return ImageOps.invert(image)


def posterize(image: Image.Image, _value: str) -> Image.Image:
    return ImageOps.posterize(image, 2)


def pixelate(image: Image.Image, _value: str) -> Image.Image:
    side = max(1, min(image.size) // 64)
    small = image.resize((max(1, image.width // side), max(1, image.height // side)), Image.Resampling.BOX)
    return small.quantize(32).convert("RGB").resize(image.size, Image.Resampling.NEAREST)


def watercolour(image: Image.Image, _value: str) -> Image.Image:
    small = image.resize((max(1, image.width // 3), max(1, image.height // 3)))
    washed = small.filter(ImageFilter.ModeFilter(9)).filter(ImageFilter.GaussianBlur(1)).resize(image.size)
    return ImageEnhance.Color(ImageChops.screen(washed, Image.new("RGB", image.size, (34, 32, 28)))).enhance(1.15)


def line_art(image: Image.Image, _value: str) -> Image.Image:
    """A pencil drawing: dark where the picture changes, and a breath of its tones."""
    tones = image.convert("L").filter(ImageFilter.GaussianBlur(min(image.size) * 0.0012))
    soft = tones.filter(ImageFilter.GaussianBlur(min(image.size) * 0.005))
    lines = ImageOps.invert(ImageChops.difference(tones, soft)).point(lambda value: max(0, 255 - (255 - value) * 7))
    wash = tones.point(lambda value: 212 + value // 6)
    return ImageOps.colorize(ImageChops.multiply(lines, wash), (48, 46, 54), (253, 250, 243))


def flip(image: Image.Image, _value: str) -> Image.Image:
    return ImageOps.mirror(image)


def upside_down(image: Image.Image, value: str) -> Image.Image:
    return ImageOps.flip(image) if value == "mirror" else image.rotate(180)


def rotate(image: Image.Image, value: str) -> Image.Image:
    """Turned clockwise by the value's degrees, and fitted into the same frame over its own blur."""
    turned = image.rotate(-float(value or 90), expand=True, resample=Image.Resampling.BICUBIC)
    return extend(turned, image.size) if float(value or 90) % 180 else turned.resize(image.size)


def extend(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The whole image within a frame of that size; what is missing is filled with a blur of the image."""
    if abs(image.width / image.height / (size[0] / size[1]) - 1) < 0.04:
        return image.resize(size, Image.Resampling.LANCZOS)
    rough = ImageOps.fit(image, (max(8, size[0] // 8), max(8, size[1] // 8)))
    frame = ImageEnhance.Brightness(rough.filter(ImageFilter.GaussianBlur(6)).resize(size)).enhance(0.9)
    inner = ImageOps.contain(image, size, Image.Resampling.LANCZOS)
    frame.paste(inner, ((size[0] - inner.width) // 2, (size[1] - inner.height) // 2))
    return frame


def crop(image: Image.Image, value: str) -> Image.Image:
    """Closer by the value's factor (1.5 by default), around the middle."""
    factor = float(value or 1.5)
    wide, tall = image.width / factor, image.height / factor
    left, top = (image.width - wide) / 2, (image.height - tall) * 0.55
    return image.crop((round(left), round(top), round(left + wide), round(top + tall))).resize(image.size)


def zoom_out(image: Image.Image, _value: str) -> Image.Image:
    small = image.resize((round(image.width * 0.68), round(image.height * 0.68)), Image.Resampling.LANCZOS)
    frame = image.resize((WIDE, WIDE)).filter(ImageFilter.GaussianBlur(5)).resize(image.size)
    frame.paste(small, ((image.width - small.width) // 2, (image.height - small.height) // 2))
    return frame


def border(image: Image.Image, value: str) -> Image.Image:
    edge = round(min(image.size) * 0.045)
    inner = image.resize((image.width - 2 * edge, image.height - 2 * edge), Image.Resampling.LANCZOS)
    return ImageOps.expand(inner, edge, NAMED.get(value, (250, 247, 238))).resize(image.size)


def tint(image: Image.Image, value: str) -> Image.Image:
    """Everything in shades of one colour, where the picture has colour at all more than where it is grey."""
    colour = NAMED.get(value, (128, 128, 128))
    toned = ImageOps.colorize(image.convert("L"), darker(colour, 0.75), lighter(colour, 0.85), mid=colour)
    amount = image.convert("HSV").getchannel("S").point(lambda value: min(235, 110 + value))
    return Image.composite(toned, image, amount)


def vignette(image: Image.Image, _value: str) -> Image.Image:
    edge = Image.radial_gradient("L").resize(image.size).point(lambda value: max(0, value - 90))
    return Image.composite(Image.new("RGB", image.size, (16, 14, 24)), image, edge)


def night(image: Image.Image, _value: str) -> Image.Image:
    """The same view by moonlight: dark, blue, with stars where there was bright sky."""
    curve = [round(255 * (value / 255) ** 1.35) for value in range(256)]
    dim = balance(ImageEnhance.Color(image).enhance(0.6).point(curve * 3), 0.4, 0.48, 0.78)
    return vignette(add_stars(dim, sky_of(image)), "")


def sky_of(image: Image.Image) -> Image.Image:
    """Where the sky is likely to be: bright, high up, and smooth."""
    small = image.resize((WIDE, WIDE)).filter(ImageFilter.GaussianBlur(2))
    light = small.convert("L").point(lambda value: 255 if value > 130 else 0)
    high = ImageOps.invert(Image.linear_gradient("L").resize((WIDE, WIDE))).point(
        lambda value: 255 if value > 125 else 0
    )
    busy = small.convert("L").filter(ImageFilter.FIND_EDGES).filter(ImageFilter.MaxFilter(5))
    calm = busy.point(lambda value: 255 if value < 26 else 0)
    return ImageChops.multiply(ImageChops.multiply(light, high), calm).resize(image.size)


def add_stars(image: Image.Image, sky: Image.Image) -> Image.Image:
    dice = random.Random(7)  # noqa: S311
    points = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(points)
    unit = min(image.size) / 100
    for _ in range(260):
        x, y, r = dice.uniform(0, image.width), dice.uniform(0, image.height * 0.55), unit * dice.uniform(0.08, 0.28)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=dice.randint(120, 255))
    lit = image.copy()
    lit.paste((255, 250, 228), (0, 0), ImageChops.multiply(points, sky))
    return lit


def glow_of(image: Image.Image, upper: Colour, lower: Colour, strength: float) -> Image.Image:
    """Coloured light: a vertical blend of two colours, soft over the picture."""
    slope = Image.linear_gradient("L").resize(image.size)
    light = Image.composite(Image.new("RGB", image.size, lower), Image.new("RGB", image.size, upper), slope)
    return Image.blend(image, ImageChops.overlay(image, light), strength)


def sunset(image: Image.Image, _value: str) -> Image.Image:
    return balance(glow_of(image, (122, 66, 140), (255, 150, 70), 0.8), 1.1, 0.92, 0.82)


def dawn(image: Image.Image, _value: str) -> Image.Image:
    return balance(glow_of(image, (250, 190, 190), (255, 226, 170), 0.6), 1.06, 0.98, 0.94)


def day(image: Image.Image, _value: str) -> Image.Image:
    return ImageEnhance.Brightness(ImageOps.autocontrast(image, cutoff=1)).enhance(1.12)


def falling(image: Image.Image, value: str) -> Image.Image:
    """Snow, rain, fog or storm over the picture, and the light that goes with it."""
    light = {"snow": (0.98, 1.03, 1.1), "rain": (0.74, 0.8, 0.9), "storm": (0.52, 0.56, 0.68)}
    lit = balance(ImageEnhance.Color(image).enhance(0.72), *light.get(value, (1.0, 1.0, 1.02)))
    if value == "snow":
        lit = Image.blend(lit, Image.new("RGB", image.size, (244, 248, 252)), 0.2)
    weather.paint(lit, value, random.Random(11))  # noqa: S311
    return lit


EFFECTS: dict[str, Change] = {
    "grey": grey, "sepia": sepia, "warm": warm, "cool": cool, "bright": bright, "dark": dark, "vivid": vivid,
    "muted": muted, "contrast": contrast, "blur": blur, "sharpen": sharpen, "invert": invert, "posterize": posterize,
    "pixelate": pixelate, "watercolour": watercolour, "line art": line_art, "flip": flip, "upside down": upside_down,
    "rotate": rotate, "crop": crop, "zoom out": zoom_out, "border": border, "tint": tint, "vignette": vignette,
    "night": night, "sunset": sunset, "dawn": dawn, "day": day, "weather": falling,
}  # fmt: skip
