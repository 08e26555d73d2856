"""Where everything goes: one box, in pixels, for each thing of a scene, farthest first."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.playground.gemini.sketch.backdrops import OPEN, Stage
from bot.playground.gemini.sketch.repertoire import THINGS
from bot.playground.gemini.sketch.scene import Item, Scene

DEPTHS = ("back", "sky", "far", "water", "ground")
HOMES: tuple[tuple[str, frozenset[str]], ...] = (
    ("sea", frozenset({"boat", "ship", "canoe", "island", "whale", "submarine"})),
    ("space", frozenset({"astronaut", "planet", "ufo", "satellite", "rocket"})),
    ("underwater", frozenset({"fish", "octopus", "shark"})),
    ("snowfield", frozenset({"penguin", "snowman", "igloo"})),
    ("street", frozenset({"car", "bus", "truck", "motorcycle", "skyscraper"})),
    ("desert", frozenset({"cactus", "pyramid"})),
    ("beach", frozenset({"palm", "crab", "lighthouse"})),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing and its box; `depth` is one of DEPTHS."""

    item: Item
    depth: str
    left: float
    top: float
    width: float
    height: float
    facing: int


def choose_place(scene: Scene) -> str:
    """The place that was asked for, else the one its things belong to."""
    at = [THINGS[item.name].at if item.name else "table" for item in scene.items]
    names = {item.name for item in scene.items}
    if scene.place == "sky" and {"ground", "far", "table"} & set(at):
        return "meadow"
    if scene.place:
        return "shore" if scene.place == "sea" and {"far", "ground", "table"} & set(at) else scene.place
    home = next((place for place, dwellers in HOMES if names & dwellers), "")
    if home == "space" and {"far", "back"} & set(at):
        return "meadow"
    if at and set(at) <= {"sky"} and not home:
        return "sky"
    return home or ("sea" if "water" in at else "table" if at and set(at) <= {"table"} else "meadow")


def arrange(scene: Scene, stage: Stage, size: tuple[int, int]) -> list[Placed]:
    rows: dict[str, list[Item]] = {depth: [] for depth in DEPTHS}
    for item in scene.items:
        rows[depth_of(item, stage)] += [item] * item.count
    alone = sum(bool(row) for row in rows.values()) == 1
    placed = [box for depth in DEPTHS for box in place_row(rows[depth], depth, stage, size, scene.seed, alone)]
    return sorted(placed, key=lambda box: DEPTHS.index(box.depth))


def depth_of(item: Item, stage: Stage) -> str:
    at = THINGS[item.name].at if item.name else "table"
    if stage.place in OPEN:
        return "sky" if stage.place != "plain" or at == "sky" else "ground"
    if stage.place == "underwater":
        return "sky" if at in {"water", "sky"} else "ground"
    if stage.place in {"room", "table"}:
        return "sky" if at == "sky" else "ground"
    if at == "water" and stage.place not in {"sea", "beach", "shore"}:
        return "ground"
    if at == "ground" and stage.place == "sea" and item.name in {"duck", "turtle", "penguin", "bear"}:
        return "water"
    return "ground" if at == "table" else at


def place_row(
    row: list[Item],
    depth: str,
    stage: Stage,
    size: tuple[int, int],
    seed: int,
    alone: bool,
) -> list[Placed]:
    if not row:
        return []
    if depth == "sky":
        return scatter(row, stage, size, seed)
    width, height = size
    unit = min(width * 0.6, height * 0.48) * (1.25 if alone and len(row) == 1 else 1.0)
    most = {"back": height * 0.5, "far": height * 0.62, "water": height * 0.5}.get(depth, height * 0.72)
    shapes = [shape_of(item, unit, most) for item in row]
    lines = 2 if len(row) > 4 and depth in {"ground", "water"} else 1
    per_line = -(-len(row) // lines)
    boxes = []
    for line in range(lines):
        part = slice(line * per_line, (line + 1) * per_line)
        floor = floor_of(depth, stage) - 0.14 * (lines - 1 - line)
        boxes += stand(row[part], shapes[part], floor * height, width, depth, f"{seed} {depth} {line}")
    return boxes


def shape_of(item: Item, unit: float, most: float) -> tuple[float, float]:
    """Width and height in pixels before the row is made to fit."""
    thing = THINGS.get(item.name)
    tall = min((thing.size if thing else 0.8) * item.scale * unit, most)
    return tall * (thing.aspect if thing else 1.3), tall


def floor_of(depth: str, stage: Stage) -> float:
    if depth == "back":
        return stage.horizon + 0.03
    if depth == "far":
        return min(0.84, stage.horizon + 0.16) if stage.place not in {"beach", "shore"} else 0.82
    if depth == "water":
        return 0.78 if stage.place == "sea" else stage.horizon + 0.16
    return stage.floor


def stand(
    row: list[Item], shapes: list[tuple[float, float]], floor: float, width: int, depth: str, seed: str
) -> list[Placed]:
    """Things side by side with room between them, feet on the floor."""
    dice = random.Random(seed)  # noqa: S311
    room = width * 0.92
    total = sum(wide for wide, _ in shapes) * 1.12
    shrink = min(1.0, room / total)
    gap = (room - total / 1.12 * shrink) / (len(row) + 1)
    if len(row) == 1:
        gap *= dice.choice((0.3, 0.5, 1.5, 1.7)) if depth == "far" else dice.uniform(0.6, 1.4)
    x, boxes = width * 0.04, []
    for item, (wide, tall) in zip(row, shapes, strict=True):
        x += gap
        scale = shrink * dice.uniform(0.94, 1.0)
        left = x + dice.uniform(-0.2, 0.2) * min(gap, wide * 0.3)
        base = floor + dice.uniform(-0.012, 0.012) * tall
        boxes.append(Placed(item, depth, left, base - tall * scale, wide * scale, tall * scale, dice.choice((1, -1))))
        x += wide * shrink
    return boxes


def scatter(row: list[Item], stage: Stage, size: tuple[int, int], seed: int) -> list[Placed]:
    """Things in the air, each in its own column, none of them in a corner where the signature is."""
    width, height = size
    dice = random.Random(f"{seed} sky")  # noqa: S311
    floating = stage.horizon > 0.8
    unit = min(width, height) * ((0.62 if len(row) == 1 else 0.42) if floating else 0.3)
    columns = list(range(len(row)))
    dice.shuffle(columns)
    boxes = []
    for item, column in zip(row, columns, strict=True):
        wide, tall = shape_of(item, unit, height * (0.66 if floating else 0.3))
        fit = min(1.0, width * 0.94 / len(row) / wide)
        wide, tall = wide * fit, tall * fit
        x = (column + 0.5) / len(row) * width * 0.92 + width * 0.04 - wide / 2 + dice.uniform(-0.03, 0.03) * width
        low = max(0.05, (stage.horizon if not floating else 0.9) - tall / height - 0.1)
        low = max(0.02, stage.horizon - tall / height) if item.name == "rainbow" else low
        y = (
            low
            if item.name == "rainbow"
            else dice.uniform(0.05, low)
            if not floating or len(row) > 1
            else (1 - tall / height) / 2
        )
        boxes.append(Placed(item, "sky", min(max(x, 0), width - wide), y * height, wide, tall, dice.choice((1, -1))))
    return boxes


GARNISH: dict[str, tuple[str, ...]] = {
    "meadow": ("tree", "bush", "flower", "tulip", "hill", "pine"),
    "forest": ("pine", "tree", "pine", "tree", "mushroom", "bush"),
    "shore": ("bush", "flower", "grass", "tree"),
    "snowfield": ("pine", "pine", "mountain"),
    "desert": ("cactus", "cactus", "hill"),
    "beach": ("palm", "umbrella", "ball"),
    "street": ("skyscraper", "tree", "house", "tree"),
}


def decorate(scene: Scene, stage: Stage, size: tuple[int, int]) -> list[Placed]:
    """What else stands about there, small and far off, and different from one seed to the next."""
    dice = random.Random(f"decor {scene.seed}")  # noqa: S311
    known = {item.name for item in scene.items}
    offered = [name for name in GARNISH.get(stage.place, ()) if name not in known]
    if not offered or scene.backdrop:
        return []
    count = 6 if stage.place == "forest" else dice.choice((1, 2, 3))
    boxes = [garnish(dice.choice(offered), stage, size, dice) for _ in range(count)]
    return sorted(boxes, key=lambda box: box.top + box.height)


def garnish(name: str, stage: Stage, size: tuple[int, int], dice: random.Random) -> Placed:
    width, height = size
    thing = THINGS[name]
    near = dice.uniform(0.05, 0.2)
    base = (0.74 if stage.place in {"beach", "shore"} else stage.horizon) + near
    tall = min(thing.size * min(width, height) * (0.1 + near * 0.7), height * 0.4)
    left = dice.choice((dice.uniform(-0.05, 0.25), dice.uniform(0.7, 0.95))) * width
    depth = "back" if thing.at == "back" else "far"
    base = stage.horizon + 0.03 if depth == "back" else base
    return Placed(Item(name), depth, left, base * height - tall, tall * thing.aspect, tall, dice.choice((1, -1)))
