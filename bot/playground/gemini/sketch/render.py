"""Draws a scene, or puts things and words onto a picture that is already there."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageFilter

from bot.playground.gemini.sketch import backdrops, layout, lettering, weather
from bot.playground.gemini.sketch.backdrops import Stage
from bot.playground.gemini.sketch.colours import PAPER, Colour, contrasting, darker
from bot.playground.gemini.sketch.finishes import Finish
from bot.playground.gemini.sketch.layout import Placed
from bot.playground.gemini.sketch.pen import Pen
from bot.playground.gemini.sketch.repertoire import THINGS
from bot.playground.gemini.sketch.scene import Item, Scene, Worn
from bot.playground.gemini.sketch.sheet import Sheet
from bot.playground.gemini.sketch.vocabulary import IN_FRONT, MOUNTS

# Where the head of a wearer is, in its own box: middle, top of the head, width of the head.
HEADS: dict[str, tuple[float, float, float]] = {
    "horse": (0.24, 0.1, 0.24), "unicorn": (0.24, 0.1, 0.24), "zebra": (0.24, 0.1, 0.24),
    "giraffe": (0.24, 0.05, 0.24), "elephant": (0.3, 0.17, 0.3), "dinosaur": (0.22, 0.05, 0.3),
    "dragon": (0.22, 0.15, 0.3), "snake": (0.16, 0.16, 0.26),
    "turtle": (0.1, 0.4, 0.26), "snail": (0.14, 0.3, 0.2), "duck": (0.28, 0.14, 0.42), "chicken": (0.28, 0.1, 0.3),
    "flamingo": (0.27, 0.06, 0.2), "bird": (0.3, 0.2, 0.4), "owl": (0.5, 0.13, 0.6), "penguin": (0.5, 0.07, 0.5),
    "frog": (0.5, 0.12, 0.6), "crab": (0.5, 0.5, 0.4), "person": (0.5, 0.09, 0.48), "woman": (0.5, 0.08, 0.52),
    "astronaut": (0.5, 0.04, 0.5), "robot": (0.5, 0.13, 0.48), "snowman": (0.5, 0.1, 0.3), "ghost": (0.5, 0.07, 0.5),
    "alien": (0.5, 0.03, 0.5), "wizard": (0.5, 0.12, 0.48), "knight": (0.5, 0.08, 0.44), "ladybug": (0.16, 0.5, 0.3),
}  # fmt: skip
SITTING = (0.5, 0.2, 0.5)


def draw(scene: Scene, size: tuple[int, int], finish: Finish, hand: int) -> Image.Image:
    """The scene on a fresh sheet of that many pixels; `hand` seeds what differs between two tries."""
    sheet = Sheet(Image.new("RGB", size, PAPER), finish, hand)
    stage = backdrops.set_stage(scene, layout.choose_place(scene))
    backdrops.paint(sheet, scene, stage)
    add_heavens(sheet, scene, stage)
    for box in layout.decorate(scene, stage, size) + layout.arrange(scene, stage, size):
        draw_thing(sheet, box)
        if box.item.name == "sign" and scene.lettering:
            write_on_sign(sheet, box, scene.lettering[0])
    if stage.place == "underwater":
        sheet.image = Image.blend(sheet.image, Image.new("RGB", size, (40, 130, 180)), 0.18)
        draw_bubbles(sheet)
    if scene.time == "night" and stage.place not in {"plain", "space"}:
        moonlight(sheet.image)
    for kind in scene.weather:
        weather.paint(sheet.image, kind, random.Random(f"{scene.seed} {kind}"))  # noqa: S311
    return sheet.image


def add_heavens(sheet: Sheet, scene: Scene, stage: Stage) -> None:
    """The sun, moon or clouds that belong to the hour, unless somebody asked for others."""
    asked = {item.name for item in scene.items}
    if stage.horizon < 0.3 or stage.place in {"space", "moon", "plain", "room", "table", "underwater"}:
        return
    dice = random.Random(f"heavens {scene.seed}")  # noqa: S311
    body = {"night": "crescent", "sunset": "sun", "dawn": "sun"}.get(scene.time, "sun" if not scene.weather else "")
    if body and not asked & {"sun", "moon", "crescent", "planet"}:
        reach = min(sheet.width, sheet.height) * 0.17
        high = 0.07 if scene.time in {"", "day", "night"} else min(0.8, stage.horizon) - 0.6 * reach / sheet.height
        x = dice.choice((0.1, 0.74)) * sheet.width
        draw_thing(sheet, Placed(Item(body), "sky", x, high * sheet.height, reach, reach, 1))
    if "cloud" not in asked and scene.time != "night":
        add_clouds(sheet, stage, dice, 5 if scene.weather else 3)


def add_clouds(sheet: Sheet, stage: Stage, dice: random.Random, count: int) -> None:
    for index in range(count):
        tall = min(sheet.width, sheet.height) * dice.uniform(0.06, 0.12)
        x = (index + dice.random()) / count * sheet.width - tall
        y = dice.uniform(0.04, max(0.08, min(0.6, stage.horizon) - 0.22)) * sheet.height
        draw_thing(sheet, Placed(Item("cloud"), "sky", x, y, tall * 1.8, tall, 1))


def draw_thing(sheet: Sheet, box: Placed) -> None:
    pen = Pen(sheet, box.left, box.top, box.width, box.height, box.facing)
    if not box.item.name:
        draw_card(sheet, box)
        return
    thing = THINGS[box.item.name]
    if box.depth in {"ground", "far"}:
        pen.shadow()
    rider, in_front = box.item.rider, box.item.name in IN_FRONT
    if rider and not in_front:
        seat(pen, box.item.name, rider)
    thing.draw(pen, box.item.colour or thing.colour)
    if rider and in_front:
        seat(pen.within(0.0, 0.04, 1.0, 1.0), box.item.name, rider)
    for worn in box.item.wears:
        wear(pen, box.item.name, worn.name, worn.colour or THINGS[worn.name].colour)
    if box.depth == "water":
        draw_ripples(sheet, box)


def seat(pen: Pen, mount: str, rider: Worn) -> None:
    """Draws a rider where one sits on that mount: before it, its legs are hidden; after it, they are not."""
    across, down = MOUNTS.get(mount, (0.5, 0.4))
    thing = THINGS[rider.name]
    tall = min(0.78, 0.62 * max(0.8, thing.size / THINGS[mount].size))
    wide = tall * thing.aspect * pen.height / pen.width
    thing.draw(pen.within(across - wide / 2, down + 0.24 * tall - tall, wide, tall), rider.colour or thing.colour)


def wear(pen: Pen, wearer: str, name: str, colour: Colour) -> None:
    """Hats sit on the head, scarves below it, glasses in the middle of it."""
    middle, top, wide = HEADS.get(wearer, SITTING)
    across = wide * pen.width
    drop = {"hat": -0.42, "crown": -0.36, "scarf": 0.72, "glasses": 0.16}[name] * across / pen.height
    tall = across / THINGS[name].aspect / pen.height
    THINGS[name].draw(pen.within(middle - wide / 2, top + drop, wide, tall), colour)


def draw_card(sheet: Sheet, box: Placed) -> None:
    """What there is no drawing of stands there as a card with its name on."""
    pen = Pen(sheet, box.left, box.top, box.width, box.height)
    colour = box.item.colour or (250, 240, 214)
    pen.shadow()
    pen.block(0.02, 0.02, 0.98, 0.98, colour)
    pen.line([(0.07, 0.09), (0.93, 0.09), (0.93, 0.91), (0.07, 0.91), (0.07, 0.09)], darker(colour, 0.25), 0.012)
    inner = (box.left + box.width * 0.12, box.top + box.height * 0.16, box.width * 0.76, box.height * 0.68)
    lettering.letter(sheet.image, box.item.label, inner, contrasting(colour))


def write_on_sign(sheet: Sheet, box: Placed, words: str) -> None:
    inner = (box.left + box.width * 0.08, box.top + box.height * 0.12, box.width * 0.84, box.height * 0.44)
    lettering.letter(sheet.image, words, inner, contrasting(box.item.colour or THINGS["sign"].colour))


def draw_ripples(sheet: Sheet, box: Placed) -> None:
    bottom = box.top + box.height
    for step, reach in ((0.0, 0.62), (0.5, 0.46)):
        y, middle = bottom + sheet.unit * step * 2.4, box.left + box.width / 2
        wave = [
            (middle + box.width * reach * part, y + sheet.unit * 0.5 * (-1) ** index)
            for index, part in enumerate((-1, -0.5, 0, 0.5, 1))
        ]
        sheet.line(wave, (214, 234, 246), sheet.unit * 0.5)


def draw_bubbles(sheet: Sheet) -> None:
    sheet = Sheet(sheet.image, sheet.finish, 3)
    for _ in range(24):
        x, y, r = (
            sheet.dice.uniform(0, sheet.width),
            sheet.dice.uniform(0, sheet.height * 0.85),
            sheet.unit * sheet.dice.uniform(0.4, 1.3),
        )
        ring = [(x + r, y), (x, y + r), (x - r, y), (x, y - r)]
        pen = Pen(sheet, x - r, y - r, 2 * r, 2 * r)
        sheet.tint(
            pen.at([((px - x) / (2 * r) + 0.5, (py - y) / (2 * r) + 0.5) for px, py in ring]), (230, 246, 252), 0.2
        )
        pen.dot(0.35, 0.35, 0.16, (240, 250, 255))


def moonlight(image: Image.Image) -> None:
    """Darkens and cools everything that does not shine by itself."""
    bright = image.convert("L").point(lambda value: max(0, value - 200) * 5)
    dim = ImageChops.multiply(image, Image.new("RGB", image.size, (150, 160, 218)))
    image.paste(dim, (0, 0), ImageChops.invert(bright.filter(ImageFilter.GaussianBlur(2))))
