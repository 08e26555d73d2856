"""What is behind everything: sky, ground, water, walls."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image

from bot.playground.gemini.sketch import curves
from bot.playground.gemini.sketch.colours import PAPER, Colour, darker, lighter, mix
from bot.playground.gemini.sketch.scene import Scene
from bot.playground.gemini.sketch.sheet import Sheet

SKIES: dict[str, tuple[Colour, Colour]] = {
    "day": ((120, 190, 236), (226, 242, 246)),
    "dawn": ((246, 190, 170), (254, 232, 190)),
    "sunset": ((122, 84, 150), (252, 172, 106)),
    "night": ((16, 24, 62), (58, 70, 124)),
    "grey": ((146, 160, 178), (210, 216, 222)),
    "snow": ((178, 202, 222), (236, 242, 246)),
    "space": ((10, 12, 34), (34, 26, 66)),
    "mars": ((214, 150, 110), (246, 206, 164)),
    "underwater": ((54, 160, 196), (14, 74, 128)),
}
GROUNDS: dict[str, Colour] = {
    "meadow": (132, 186, 98),
    "forest": (98, 148, 84),
    "beach": (240, 218, 164),
    "shore": (140, 188, 104),
    "sea": (58, 132, 184),
    "desert": (236, 198, 128),
    "street": (150, 152, 160),
    "snowfield": (240, 246, 250),
    "moon": (176, 176, 186),
    "mars": (206, 118, 76),
    "room": (196, 152, 108),
    "underwater": (222, 200, 148),
}
WALLS: tuple[Colour, ...] = (
    (246, 222, 196),
    (206, 226, 220),
    (232, 214, 230),
    (250, 232, 180),
    (204, 220, 238),
    (246, 206, 200),
)
SNOW: Colour = (240, 245, 250)
OPEN = frozenset({"space", "sky", "plain"})


@dataclass(frozen=True, slots=True)
class Stage:
    """Where things can go, in parts of the picture's height: the horizon, and the line things stand on."""

    place: str
    horizon: float
    floor: float


def set_stage(scene: Scene, place: str) -> Stage:
    horizon = {
        "room": 0.68,
        "table": 0.66,
        "underwater": 0.86,
        "sea": 0.5,
        "beach": 0.48,
        "shore": 0.46,
        "space": 1.0,
        "sky": 1.0,
    }
    if scene.backdrop is not None and not scene.place:
        return Stage("plain", 1.0, 0.88)
    return Stage(place, horizon.get(place, 0.6), 0.93)


def paint(sheet: Sheet, scene: Scene, stage: Stage) -> None:
    dice = random.Random(f"backdrop {scene.seed}")  # noqa: S311
    if stage.place == "plain" and scene.backdrop:
        ramp(sheet, lighter(scene.backdrop, 0.08), darker(scene.backdrop, 0.08), 0, 1)
        return
    if stage.place in {"room", "table"}:
        paint_inside(sheet, scene, stage, dice)
        return
    upper, lower = (vary(colour, dice) for colour in sky_colours(scene, stage.place))
    ramp(sheet, upper, lower, 0, min(1.0, stage.horizon + 0.1))
    if stage.place in {"space", "moon"} or scene.time == "night":
        sprinkle_stars(sheet, stage, dice)
    if stage.horizon < 1:
        paint_ground(sheet, scene, stage, dice)


def vary(colour: Colour, dice: random.Random) -> Colour:
    """Nearly the same colour: no two days are alike."""
    return mix(
        colour, dice.choice(((255, 236, 214), (120, 170, 220), (236, 214, 236), (190, 230, 226))), dice.uniform(0, 0.14)
    )


def sky_colours(scene: Scene, place: str) -> tuple[Colour, Colour]:
    if scene.sky or scene.backdrop:
        colour = scene.sky or scene.backdrop or (255, 255, 255)
        return darker(colour, 0.1), lighter(colour, 0.45)
    if place in {"space", "mars", "underwater"}:
        return SKIES[place]
    if place == "moon":
        return SKIES["space"]
    if scene.time:
        return SKIES[scene.time]
    if {"rain", "storm", "fog", "clouds"} & set(scene.weather):
        return SKIES["grey"]
    return SKIES["snow" if "snow" in scene.weather or place == "snowfield" else "day"]


def ground_colour(scene: Scene, place: str) -> Colour:
    colour = GROUNDS.get(place, GROUNDS["meadow"])
    if "snow" in scene.weather and place not in {"sea", "underwater", "moon"}:
        colour = mix(colour, SNOW, 0.88)
    if scene.time == "night":
        return mix(darker(colour, 0.45), (40, 54, 110), 0.25)
    return mix(colour, (250, 150, 90), 0.16) if scene.time == "sunset" else colour


def ramp(sheet: Sheet, upper: Colour, lower: Colour, top: float, bottom: float) -> None:
    """A vertical blend from one height (a part of the picture's) to another; pale where the material is."""
    cover = max(0.5, sheet.finish.fill)
    upper, lower = mix(PAPER, upper, cover), mix(PAPER, lower, cover)
    y0, y1 = round(top * sheet.height), round(bottom * sheet.height)
    slope = Image.linear_gradient("L").resize((sheet.width, max(1, y1 - y0)))
    lit = Image.composite(Image.new("RGB", slope.size, lower), Image.new("RGB", slope.size, upper), slope)
    sheet.image.paste(lit, (0, y0))


def band(sheet: Sheet, height: float, wave: float, colour: Colour, dice: random.Random) -> None:
    """Everything below a wavy line."""
    y, reach = height * sheet.height, wave * sheet.height
    steps = max(4, round(5 * sheet.width / max(sheet.height, 1)))
    line = [(sheet.width * (step / steps * 1.2 - 0.1), y + dice.uniform(-reach, reach)) for step in range(steps + 1)]
    edge = curves.smooth_open(line)
    sheet.fill([*edge, (sheet.width * 1.15, sheet.height * 1.1), (-sheet.width * 0.15, sheet.height * 1.1)], colour)


def paint_ground(sheet: Sheet, scene: Scene, stage: Stage, dice: random.Random) -> None:
    ground = ground_colour(scene, stage.place)
    if stage.place in {"sea", "beach", "shore"}:
        paint_water(sheet, scene, stage, dice)
    if stage.place == "sea":
        return
    if stage.place in {"meadow", "forest", "snowfield", "desert", "mars"}:
        band(
            sheet,
            stage.horizon - 0.05,
            0.03,
            lighter(ground, 0.24) if scene.time != "night" else darker(ground, 0.25),
            dice,
        )
    start = 0.7 if stage.place in {"beach", "shore"} else stage.horizon + 0.02
    wave = {"beach": 0.015, "street": 0.0, "moon": 0.02}.get(stage.place, 0.018)
    band(sheet, start, wave, ground, dice)
    if stage.place == "street":
        paint_road(sheet, stage, ground)
    else:
        strew(sheet, stage.place, max(start, stage.horizon) + 0.04, ground, dice)


def paint_water(sheet: Sheet, scene: Scene, stage: Stage, dice: random.Random) -> None:
    water = ground_colour(scene, "sea")
    ramp(sheet, lighter(water, 0.25), darker(water, 0.2), stage.horizon, 1.0)
    for _ in range(46):
        depth = dice.random()
        x, y = dice.uniform(0, sheet.width), (stage.horizon + 0.02 + depth * (0.97 - stage.horizon)) * sheet.height
        reach = sheet.unit * (1.5 + depth * 6)
        crest = [(x - reach, y), (x - reach / 3, y - reach * 0.14), (x + reach / 3, y + reach * 0.1), (x + reach, y)]
        sheet.line(curves.smooth_open(crest), lighter(water, 0.4), sheet.unit * (0.2 + depth * 0.35))


def paint_road(sheet: Sheet, stage: Stage, ground: Colour) -> None:
    top = (stage.horizon + 0.1) * sheet.height
    sheet.fill(
        [(-9, top), (sheet.width + 9, top), (sheet.width + 9, sheet.height * 1.1), (-9, sheet.height * 1.1)],
        darker(ground, 0.42),
    )
    y = (stage.horizon + 0.24) * sheet.height
    step = sheet.unit * 16
    x = step * 0.3
    while x < sheet.width:
        sheet.flat(
            [(x, y), (x + step * 0.5, y), (x + step * 0.5, y + sheet.unit), (x, y + sheet.unit)], (236, 226, 196)
        )
        x += step


def strew(sheet: Sheet, place: str, start: float, ground: Colour, dice: random.Random) -> None:
    """Tufts, pebbles, craters: what lies about."""
    for _ in range(26):
        depth = dice.random()
        x, y = dice.uniform(0, sheet.width), (start + depth * (0.98 - start)) * sheet.height
        reach = sheet.unit * (0.6 + depth)
        if place in {"meadow", "forest", "shore"} and ground[1] < 220:
            for lean in (-0.7, 0.0, 0.7):
                sheet.line(
                    [(x + lean * reach * 0.5, y), (x + lean * reach * 1.3, y - reach * 1.5)],
                    darker(ground, 0.22),
                    sheet.unit * 0.24,
                )
        elif place in {"moon", "mars"}:
            sheet.flat(curves.oval(x, y, reach * 2.4, reach * 0.8), darker(ground, 0.16))
        else:
            sheet.flat(curves.oval(x, y, reach * 0.6, reach * 0.25), darker(ground, 0.1))


def sprinkle_stars(sheet: Sheet, stage: Stage, dice: random.Random) -> None:
    for _ in range(110):
        x, y = dice.uniform(0, sheet.width), dice.uniform(0, stage.horizon * sheet.height * 0.96)
        sheet.flat(
            curves.oval(x, y, *(sheet.unit * dice.uniform(0.1, 0.34),) * 2),
            mix((255, 250, 226), (120, 130, 190), dice.random() * 0.5),
        )


def paint_inside(sheet: Sheet, scene: Scene, stage: Stage, dice: random.Random) -> None:
    wall = scene.backdrop or dice.choice(WALLS)
    if scene.time == "night":
        wall = mix(darker(wall, 0.5), (50, 60, 120), 0.25)
    ramp(sheet, lighter(wall, 0.25), wall, 0, stage.horizon)
    y = stage.horizon * sheet.height
    wood = darker(GROUNDS["room"], 0.4) if scene.time == "night" else GROUNDS["room"]
    sheet.fill([(-9, y), (sheet.width + 9, y), (sheet.width + 9, sheet.height + 9), (-9, sheet.height + 9)], wood)
    if stage.place == "room":
        paint_window(sheet, scene, wall)
    for part in (0.3, 0.62):
        line = y + (sheet.height - y) * part
        sheet.line([(0, line), (sheet.width, line)], darker(wood, 0.14), sheet.unit * 0.25)


def paint_window(sheet: Sheet, scene: Scene, wall: Colour) -> None:
    size = min(sheet.width * 0.3, sheet.height * 0.34)
    left, top = sheet.width * 0.08, sheet.height * 0.1
    upper = SKIES[scene.time or "day"][1]
    pane = [(left, top), (left + size, top), (left + size, top + size), (left, top + size)]
    sheet.fill(pane, upper)
    frame = lighter(wall, 0.7)
    sheet.line([*pane, pane[0]], frame, sheet.unit * 1.6)
    sheet.line([(left + size / 2, top), (left + size / 2, top + size)], frame, sheet.unit)
    sheet.line([(left, top + size / 2), (left + size, top + size / 2)], frame, sheet.unit)
