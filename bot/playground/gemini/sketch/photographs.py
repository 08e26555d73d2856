"""Changes pictures of which only the pixels are known: photographs, screenshots, anything handed in."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageOps

from bot.playground.gemini.sketch import backdrops, effects, layout, render
from bot.playground.gemini.sketch.backdrops import Stage
from bot.playground.gemini.sketch.colours import PAPER
from bot.playground.gemini.sketch.finishes import Finish
from bot.playground.gemini.sketch.revising import Wish, for_photographs
from bot.playground.gemini.sketch.scene import Scene
from bot.playground.gemini.sketch.sheet import Sheet

Size = tuple[int, int]


def open_picture(data: bytes) -> Image.Image:
    """The picture upright and without transparency; a plain sheet for what Pillow cannot open."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.draft("RGB", (4096, 4096))
            turned = ImageOps.exif_transpose(image)
            flat = Image.new("RGB", turned.size, (255, 255, 255))
            solid = turned.convert("RGBA")
            flat.paste(solid, (0, 0), solid)
            return flat
    except (OSError, SyntaxError, ValueError):
        return Image.new("RGB", (512, 512), (206, 204, 198))


def change(data: bytes, wish: Wish, size: Size, finish: Finish, seed: int) -> Image.Image:
    """The picture in a frame of that size with the wish granted as far as pixels allow."""
    image = effects.extend(open_picture(data), size)
    image = effects.apply(image, for_photographs(wish))
    return add_things(image, wish, finish, seed)


def add_things(image: Image.Image, wish: Wish, finish: Finish, seed: int) -> Image.Image:
    """Draws what was asked for on top of the picture, where such things would be."""
    scene = Scene(items=tuple(wish.known.items), place="meadow", seed=seed)
    if scene.items:
        sheet = Sheet(image, finish, seed)
        stage = Stage("meadow", 0.6, 0.94)
        for box in layout.arrange(scene, stage, image.size):
            render.draw_thing(sheet, box)
    return image


def compose(references: tuple[bytes, ...], size: Size, seed: int) -> Image.Image:
    """All pictures on one table: the first one big, the others as prints beside or below it."""
    sheet = Sheet(Image.new("RGB", size, PAPER), Finish(outline=0, edge=0, wobble=0), seed)
    wall = backdrops.WALLS[seed % len(backdrops.WALLS)]
    backdrops.ramp(sheet, wall, PAPER, 0, 1)
    for data, box in zip(references, boxes_for(len(references), size), strict=True):
        lay(sheet, open_picture(data), box)
    return sheet.image


def boxes_for(count: int, size: Size) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height for each print; the first gets about two thirds of the sheet."""
    width, height = size
    others = count - 1
    edge = min(size) * 0.035
    share = 0.64 if others <= 3 else 0.56
    lanes = 1 if others <= 4 else 2
    across = width >= height
    long, short = (width, height) if across else (height, width)
    boxes = [(edge, edge, long * share - 1.5 * edge, short - 2 * edge)]
    per_lane = -(-others // lanes) if others else 1
    step = (short - edge) / per_lane
    lane_width = (long * (1 - share) - 0.5 * edge) / lanes
    for index in range(others):
        lane, place = divmod(index, per_lane)
        boxes.append((long * share + lane * lane_width, edge + place * step, lane_width - 0.5 * edge, step - edge))
    return boxes if across else [(top, left, tall, wide) for left, top, wide, tall in boxes]


def lay(sheet: Sheet, picture: Image.Image, box: tuple[float, float, float, float]) -> None:
    """A print with a white rim and a soft shadow, as big as its box allows."""
    left, top, wide, tall = box
    rim = max(2, round(sheet.unit * 0.8))
    inner = ImageOps.contain(
        picture, (max(8, round(wide) - 2 * rim), max(8, round(tall) - 2 * rim)), Image.Resampling.LANCZOS
    )
    x, y = round(left + (wide - inner.width) / 2), round(top + (tall - inner.height) / 2)
    corners = [
        (x - rim, y - rim),
        (x + inner.width + rim, y - rim),
        (x + inner.width + rim, y + inner.height + rim),
        (x - rim, y + inner.height + rim),
    ]
    sheet.glow([(px + rim, py + rim) for px, py in corners], (40, 36, 50), 0.4, sheet.unit)
    ImageDraw.Draw(sheet.image).rectangle(
        (x - rim, y - rim, x + inner.width + rim, y + inner.height + rim), fill=(255, 255, 255)
    )
    sheet.image.paste(inner, (x, y))
