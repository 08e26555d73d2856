"""Everything the painter knows by name: how it is drawn, its usual colour, its shape and size, and where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.gemini.sketch.colours import Colour
from bot.playground.gemini.sketch.pen import Pen
from bot.playground.gemini.sketch.things import (
    beasts,
    birds,
    buildings,
    flying,
    food,
    grazers,
    heavens,
    objects,
    people,
    plants,
    swimmers,
    vehicles,
)

Draw = Callable[[Pen, Colour], None]
WHITE: Colour = (250, 249, 246)


@dataclass(frozen=True, slots=True)
class Thing:
    """`aspect` is width by height; `size` its height beside a cat's 1; `at` says where it belongs."""

    draw: Draw
    colour: Colour
    at: str = "ground"
    size: float = 1.0
    aspect: float = 1.0


BEAST = {
    "fox": Thing(beasts.fox, (226, 116, 44)),
    "wolf": Thing(beasts.wolf, (128, 134, 146)),
    "cat": Thing(beasts.cat, (232, 152, 74)),
    "tiger": Thing(beasts.tiger, (240, 146, 44), size=1.15),
    "dog": Thing(beasts.dog, (196, 144, 92)),
    "bear": Thing(beasts.bear, (142, 94, 60), size=1.2),
    "panda": Thing(beasts.panda, WHITE, size=1.15),
    "rabbit": Thing(beasts.rabbit, (214, 196, 178), size=0.85),
    "mouse": Thing(beasts.mouse, (164, 162, 172), size=0.6),
    "lion": Thing(beasts.lion, (232, 180, 92), size=1.2),
    "pig": Thing(beasts.pig, (244, 170, 178)),
    "cow": Thing(beasts.cow, WHITE, size=1.2),
    "sheep": Thing(beasts.sheep, (246, 242, 230), size=0.95),
    "deer": Thing(beasts.deer, (182, 122, 72), size=1.2),
    "raccoon": Thing(beasts.raccoon, (140, 142, 150)),
    "horse": Thing(grazers.horse, (158, 98, 60), size=1.4, aspect=1.15),
    "unicorn": Thing(grazers.unicorn, WHITE, size=1.4, aspect=1.15),
    "zebra": Thing(grazers.zebra, WHITE, size=1.4, aspect=1.15),
    "giraffe": Thing(grazers.giraffe, (240, 192, 92), size=1.9, aspect=0.72),
    "elephant": Thing(grazers.elephant, (150, 156, 170), size=1.5, aspect=1.2),
    "dinosaur": Thing(grazers.dinosaur, (98, 168, 88), size=1.5, aspect=1.15),
    "dragon": Thing(grazers.dragon, (66, 150, 90), size=1.6, aspect=1.45),
    "snake": Thing(grazers.snake, (110, 168, 70), size=0.7, aspect=1.3),
    "frog": Thing(swimmers.frog, (104, 176, 76), size=0.7),
    "turtle": Thing(swimmers.turtle, (98, 164, 84), size=0.6, aspect=1.35),
    "snail": Thing(swimmers.snail, (222, 144, 76), size=0.5, aspect=1.3),
    "crab": Thing(swimmers.crab, (224, 84, 56), size=0.6, aspect=1.3),
    "owl": Thing(birds.owl, (152, 110, 74), size=0.85, aspect=0.85),
    "penguin": Thing(birds.penguin, (52, 58, 78), size=0.95, aspect=0.85),
    "duck": Thing(birds.duck, (250, 210, 74), size=0.65, aspect=1.1),
    "chicken": Thing(birds.chicken, (246, 236, 214), size=0.75),
    "flamingo": Thing(birds.flamingo, (246, 140, 160), size=1.2, aspect=0.8),
    "ladybug": Thing(birds.ladybug, (214, 52, 44), size=0.4, aspect=1.15),
}
AIRBORNE = {
    "bird": Thing(birds.bird, (82, 142, 214), "ground", 0.6, 1.1),
    "butterfly": Thing(birds.butterfly, (240, 140, 60), "sky", 0.42),
    "bee": Thing(birds.bee, (250, 204, 62), "sky", 0.36),
    "bat": Thing(birds.bat, (92, 78, 104), "sky", 0.42, 1.3),
    "rocket": Thing(flying.rocket, (214, 62, 52), "sky", 1.3, 0.72),
    "plane": Thing(flying.plane, (70, 130, 208), "sky", 0.75, 1.6),
    "helicopter": Thing(flying.helicopter, (214, 62, 52), "sky", 0.7, 1.4),
    "hot air balloon": Thing(flying.hot_air_balloon, (226, 84, 62), "sky", 1.0, 0.78),
    "balloon": Thing(flying.balloon, (226, 60, 60), "sky", 0.8, 0.6),
    "kite": Thing(flying.kite, (86, 150, 226), "sky", 0.8, 0.75),
    "ufo": Thing(flying.ufo, (176, 182, 196), "sky", 0.7, 1.3),
    "planet": Thing(flying.planet, (226, 168, 104), "sky", 0.8, 1.25),
    "satellite": Thing(flying.satellite, (214, 218, 226), "sky", 0.5, 1.5),
    "sun": Thing(heavens.sun, (252, 206, 70), "sky", 0.72),
    "moon": Thing(heavens.moon, (250, 240, 204), "sky", 0.62),
    "crescent": Thing(heavens.crescent, (250, 234, 170), "sky", 0.6),
    "star": Thing(heavens.star, (252, 220, 96), "sky", 0.34),
    "cloud": Thing(heavens.cloud, WHITE, "sky", 0.4, 1.7),
    "rainbow": Thing(heavens.rainbow, WHITE, "sky", 0.95, 2.0),
    "comet": Thing(heavens.comet, (252, 220, 96), "sky", 0.4, 1.2),
    "lightning": Thing(heavens.bolt, (254, 224, 90), "sky", 0.8, 0.6),
    "snowflake": Thing(heavens.snowflake, (206, 230, 246), "sky", 0.34),
}
GROWING = {
    "tree": Thing(plants.tree, (96, 162, 78), "far", 1.7, 0.85),
    "apple tree": Thing(plants.apple_tree, (96, 162, 78), "far", 1.7, 0.85),
    "pine": Thing(plants.pine, (52, 122, 82), "far", 1.8, 0.72),
    "christmas tree": Thing(plants.christmas_tree, (40, 122, 76), "far", 1.8, 0.75),
    "palm": Thing(plants.palm, (78, 160, 84), "far", 1.8, 0.85),
    "flower": Thing(plants.flower, (238, 110, 150), "ground", 0.75, 0.6),
    "tulip": Thing(plants.tulip, (230, 70, 84), "ground", 0.75, 0.5),
    "rose": Thing(plants.rose, (206, 44, 62), "ground", 0.8, 0.5),
    "cactus": Thing(plants.cactus, (86, 150, 88), "ground", 1.2, 0.75),
    "mushroom": Thing(plants.mushroom, (214, 56, 48), "ground", 0.6),
    "bush": Thing(plants.bush, (86, 150, 74), "far", 0.6, 1.5),
    "leaf": Thing(plants.leaf, (222, 130, 52), "table", 0.7, 0.8),
    "pumpkin": Thing(plants.pumpkin, (238, 134, 42), "ground", 0.6, 1.1),
    "grass": Thing(plants.grass, (104, 168, 80), "ground", 0.35, 1.6),
}
BUILT = {
    "house": Thing(buildings.house, (240, 220, 184), "far", 1.7, 1.05),
    "barn": Thing(buildings.barn, (186, 62, 52), "far", 1.7, 1.1),
    "castle": Thing(buildings.castle, (194, 190, 196), "far", 2.1, 1.0),
    "tower": Thing(buildings.tower, (200, 188, 172), "far", 2.2, 0.5),
    "lighthouse": Thing(buildings.lighthouse, (214, 60, 52), "far", 2.2, 0.5),
    "church": Thing(buildings.church, (236, 228, 212), "far", 1.9, 1.05),
    "skyscraper": Thing(buildings.skyscraper, (104, 124, 162), "far", 2.5, 0.55),
    "city": Thing(buildings.city, (108, 124, 160), "back", 1.7, 2.4),
    "tent": Thing(buildings.tent, (232, 150, 66), "far", 1.1, 1.15),
    "windmill": Thing(buildings.windmill, (236, 226, 206), "far", 2.0, 0.95),
    "bridge": Thing(buildings.bridge, (200, 84, 60), "back", 1.1, 2.6),
    "pyramid": Thing(buildings.pyramid, (224, 186, 112), "back", 1.4, 1.5),
    "igloo": Thing(buildings.igloo, (226, 240, 248), "far", 1.0, 1.35),
    "fence": Thing(buildings.fence, (236, 226, 208), "far", 0.6, 2.0),
    "volcano": Thing(buildings.volcano, (122, 98, 92), "back", 1.6, 1.5),
    "mountain": Thing(buildings.mountain, (126, 140, 160), "back", 1.7, 1.6),
    "hill": Thing(buildings.hill, (122, 176, 92), "back", 0.8, 2.2),
    "island": Thing(buildings.island, (232, 206, 144), "water", 0.5, 2.4),
}
MOVING = {
    "car": Thing(vehicles.car, (214, 58, 52), "ground", 0.85, 1.55),
    "bus": Thing(vehicles.bus, (244, 192, 56), "ground", 1.15, 1.6),
    "truck": Thing(vehicles.truck, (60, 122, 196), "ground", 1.1, 1.6),
    "bicycle": Thing(vehicles.bicycle, (44, 142, 150), "ground", 1.0, 1.45),
    "motorcycle": Thing(vehicles.motorcycle, (196, 50, 50), "ground", 0.95, 1.5),
    "train": Thing(vehicles.train, (52, 106, 170), "ground", 1.15, 1.6),
    "tractor": Thing(vehicles.tractor, (74, 150, 72), "ground", 1.15, 1.2),
    "boat": Thing(vehicles.boat, (206, 66, 56), "water", 1.25, 0.95),
    "ship": Thing(vehicles.ship, (44, 84, 142), "water", 1.3, 1.5),
    "submarine": Thing(vehicles.submarine, (246, 196, 62), "water", 0.9, 1.5),
    "canoe": Thing(vehicles.canoe, (176, 112, 66), "water", 0.5, 2.2),
    "whale": Thing(swimmers.whale, (74, 130, 188), "water", 1.0, 1.35),
    "fish": Thing(swimmers.fish, (244, 134, 58), "water", 0.65, 1.35),
    "shark": Thing(swimmers.shark, (122, 138, 158), "water", 0.8, 1.7),
    "octopus": Thing(swimmers.octopus, (196, 92, 164), "water", 0.95, 1.05),
}
STANDING = {
    "person": Thing(people.person, (66, 134, 196), size=1.3, aspect=0.8),
    "woman": Thing(people.woman, (206, 82, 110), size=1.3, aspect=0.8),
    "astronaut": Thing(people.astronaut, (240, 242, 246), size=1.35, aspect=0.8),
    "robot": Thing(people.robot, (112, 168, 196), size=1.3, aspect=0.85),
    "snowman": Thing(people.snowman, WHITE, size=1.3, aspect=0.85),
    "ghost": Thing(people.ghost, (240, 242, 250), size=1.1, aspect=0.85),
    "alien": Thing(people.alien, (132, 196, 104), size=1.2, aspect=0.8),
    "wizard": Thing(people.wizard, (92, 74, 170), size=1.4, aspect=0.8),
    "knight": Thing(people.knight, (190, 54, 60), size=1.35, aspect=0.8),
}
SMALL = {
    "cup": Thing(food.cup, (84, 142, 190), "table"),
    "teapot": Thing(food.teapot, (96, 164, 150), "table", 0.9, 1.15),
    "cake": Thing(food.cake, (244, 154, 182), "table", 1.05, 1.1),
    "cupcake": Thing(food.cupcake, (244, 154, 190), "table", 0.8, 0.85),
    "pizza": Thing(food.pizza, (248, 206, 92), "table", 0.95),
    "apple": Thing(food.apple, (212, 52, 48), "table", 0.7, 0.95),
    "orange": Thing(food.fruit, (244, 146, 44), "table", 0.65),
    "banana": Thing(food.banana, (250, 214, 76), "table", 0.7, 1.25),
    "strawberry": Thing(food.strawberry, (222, 48, 60), "table", 0.7, 0.85),
    "ice cream": Thing(food.ice_cream, (244, 160, 186), "table", 1.1, 0.62),
    "donut": Thing(food.donut, (244, 140, 176), "table", 0.75),
    "burger": Thing(food.burger, (222, 160, 88), "table", 0.85, 1.1),
    "bread": Thing(food.bread, (206, 150, 90), "table", 0.75, 1.3),
    "egg": Thing(food.egg, (248, 238, 220), "table", 0.6, 0.8),
    "bottle": Thing(food.bottle, (66, 128, 92), "table", 1.2, 0.5),
    "glass": Thing(food.glass, (244, 166, 62), "table", 0.9, 0.65),
    "heart": Thing(objects.heart, (218, 52, 70), "table", 1.0, 1.05),
    "book": Thing(objects.book, (176, 60, 60), "table", 0.8, 1.35),
    "gift": Thing(objects.gift, (206, 62, 78), "table", 0.9),
    "umbrella": Thing(objects.umbrella, (206, 66, 76), "ground", 1.1),
    "lamp": Thing(objects.lamp, (236, 190, 110), "table", 1.2, 0.75),
    "candle": Thing(objects.candle, (246, 236, 214), "table", 0.9, 0.45),
    "clock": Thing(objects.clock, (196, 92, 76), "table", 0.95),
    "guitar": Thing(objects.guitar, (196, 124, 66), "table", 1.5, 0.6),
    "camera": Thing(objects.camera, (76, 80, 92), "table", 0.8, 1.25),
    "computer": Thing(objects.computer, (168, 174, 184), "table", 0.95, 1.25),
    "phone": Thing(objects.phone, (58, 62, 74), "table", 1.0, 0.6),
    "ball": Thing(objects.ball, (226, 90, 60), "ground", 0.55),
    "table": Thing(objects.table, (170, 118, 74), "ground", 0.8, 1.6),
    "chair": Thing(objects.chair, (178, 122, 76), "ground", 1.1, 0.75),
    "bench": Thing(objects.bench, (150, 104, 66), "ground", 0.7, 1.6),
    "key": Thing(objects.key, (222, 176, 60), "table", 0.5, 2.0),
    "letter": Thing(objects.letter, (244, 236, 216), "table", 0.7, 1.4),
    "vase": Thing(objects.vase, (88, 140, 186), "table", 1.2, 0.75),
    "sword": Thing(objects.sword, (206, 166, 66), "table", 1.3, 0.4),
    "sign": Thing(objects.sign, (240, 224, 186), "ground", 1.1, 1.1),
    "campfire": Thing(objects.campfire, (240, 124, 44), "ground", 0.8),
    "hat": Thing(objects.hat, (66, 58, 80), "table", 0.6, 1.4),
    "crown": Thing(objects.crown, (238, 190, 64), "table", 0.6, 1.4),
    "scarf": Thing(objects.scarf, (206, 62, 66), "table", 0.5, 1.7),
    "glasses": Thing(objects.glasses, (52, 50, 60), "table", 0.35, 2.6),
}
THINGS: dict[str, Thing] = BEAST | AIRBORNE | GROWING | BUILT | MOVING | STANDING | SMALL
WEARABLE = frozenset({"hat", "crown", "scarf", "glasses"})
WEARERS = frozenset(BEAST) | frozenset(STANDING) | {"bird"}
