"""What words mean to the painter: other names of things, places, times, weather, and words that name nothing."""

from __future__ import annotations

from bot.playground.gemini.sketch.repertoire import THINGS


def these(listed: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(listed.split())


SYNONYMS: dict[str, str] = {
    other: name
    for name, others in {
        "fox": "vixen",
        "cat": "kitten kitty feline",
        "dog": "puppy pup hound corgi poodle retriever",
        "bear": "teddy cub koala",
        "rabbit": "bunny hare",
        "mouse": "hamster rat",
        "lion": "lioness",
        "pig": "piglet",
        "cow": "bull calf ox",
        "sheep": "lamb goat llama alpaca",
        "deer": "stag reindeer moose elk fawn",
        "raccoon": "badger",
        "horse": "pony foal stallion donkey",
        "dinosaur": "trex dino crocodile lizard",
        "frog": "toad",
        "turtle": "tortoise",
        "crab": "lobster",
        "bird": "robin sparrow parrot crow raven pigeon dove eagle seagull heron swallow hummingbird",
        "duck": "duckling goose swan",
        "chicken": "hen rooster chick",
        "butterfly": "moth",
        "bee": "wasp bumblebee",
        "ladybug": "ladybird beetle",
        "plane": "airplane aeroplane jet aircraft airliner",
        "rocket": "spaceship spacecraft shuttle",
        "ufo": "saucer",
        "planet": "saturn jupiter",
        "comet": "meteor",
        "lightning": "bolt thunderbolt",
        "pine": "fir spruce conifer",
        "tree": "oak birch maple willow",
        "flower": "daisy blossom sunflower poppy lily orchid bouquet",
        "bush": "shrub hedge",
        "house": "home cottage cabin hut farmhouse villa building",
        "barn": "stable",
        "castle": "palace fortress",
        "tower": "turret",
        "church": "chapel cathedral temple",
        "skyscraper": "highrise",
        "city": "skyline cityscape",
        "windmill": "mill",
        "mountain": "peak alps",
        "car": "automobile taxi cab convertible sedan racecar",
        "bus": "coach van minibus",
        "truck": "lorry pickup firetruck",
        "bicycle": "bike cycle",
        "motorcycle": "motorbike scooter vespa moped",
        "train": "locomotive tram",
        "boat": "sailboat yacht sailing dinghy",
        "ship": "ferry steamer liner",
        "canoe": "kayak rowboat gondola",
        "fish": "goldfish salmon trout",
        "whale": "dolphin orca",
        "octopus": "squid jellyfish",
        "person": "man boy child kid guy human artist chef farmer pirate teacher doctor runner people crowd",
        "woman": "girl lady princess queen ballerina mother",
        "astronaut": "cosmonaut spaceman",
        "robot": "android droid bot",
        "wizard": "witch magician sorcerer",
        "knight": "warrior samurai",
        "alien": "martian monster",
        "cup": "teacup mug coffee tea espresso latte cappuccino cocoa",
        "teapot": "kettle",
        "apple": "cherry",
        "orange": "peach tangerine lemon",
        "ice cream": "icecream gelato sundae",
        "donut": "doughnut bagel",
        "burger": "hamburger cheeseburger sandwich",
        "bread": "loaf toast baguette",
        "bottle": "wine",
        "glass": "juice cocktail lemonade",
        "heart": "love valentine",
        "book": "novel notebook diary",
        "gift": "present parcel package box",
        "umbrella": "parasol",
        "lamp": "lantern lightbulb",
        "clock": "watch",
        "guitar": "ukulele violin",
        "computer": "laptop keyboard monitor pc",
        "phone": "smartphone telephone",
        "ball": "football basketball beachball",
        "table": "desk",
        "chair": "armchair stool throne sofa couch",
        "letter": "envelope mail",
        "sign": "signpost billboard",
        "campfire": "fire bonfire",
        "hat": "cap fedora beanie",
        "crown": "tiara",
        "scarf": "shawl",
        "glasses": "sunglasses spectacles goggles",
    }.items()
    for other in others.split()
}
PHRASES: dict[str, str] = {
    "fire truck": "truck",
    "cherry blossom tree": "tree",
    "cherry blossom": "tree",
    "cherry tree": "tree",
    "palm tree": "palm",
    "pine tree": "pine",
    "fir tree": "pine",
    "oak tree": "tree",
    "teddy bear": "bear",
    "polar bear": "bear",
    "crescent moon": "crescent",
    "shooting star": "comet",
    "flying saucer": "ufo",
    "birthday cake": "cake",
    "sailing boat": "boat",
    "sail boat": "boat",
    "coffee cup": "cup",
    "cup of coffee": "cup",
    "cup of tea": "cup",
    "mug of coffee": "cup",
    "party hat": "hat",
    "top hat": "hat",
    "tea pot": "teapot",
    "steam train": "train",
    "light bulb": "lamp",
    "race car": "car",
    "sports car": "car",
    "air balloon": "hot air balloon",
}
ODD_PLURALS = {
    "mice": "mouse",
    "geese": "duck",
    "men": "person",
    "women": "woman",
    "children": "person",
    "wolves": "wolf",
    "leaves": "leaf",
    "loaves": "bread",
    "knives": "sword",
    "cacti": "cactus",
    "octopi": "octopus",
}
MANY = frozenset({"flowers", "people", "crowd", "bouquet"})
PLACES: dict[str, str] = {
    word: place
    for place, words in {
        "beach": "beach shore coast seaside sand",
        "sea": "sea ocean waves harbour harbor bay lake river pond water",
        "underwater": "underwater reef aquarium seabed undersea",
        "forest": "forest woods jungle woodland rainforest",
        "desert": "desert dunes sahara",
        "street": "street town downtown road village alley avenue sidewalk city",
        "space": "space galaxy cosmos universe orbit nebula",
        "moon": "lunar",
        "mars": "mars",
        "meadow": "meadow field garden park farm lawn grassland prairie valley countryside savanna hills",
        "snowfield": "arctic antarctica tundra winter glacier wintery",
        "room": "room kitchen bedroom office indoors library cafe café bar shop classroom livingroom museum",
        "sky": "sky heaven heavens",
    }.items()
    for word in words.split()
}
TIMES: dict[str, str] = {
    word: time
    for time, words in {
        "night": "night midnight nighttime starry moonlit nocturnal moonlight",
        "sunset": "sunset dusk evening twilight sundown golden-hour",
        "dawn": "dawn sunrise morning daybreak",
        "day": "day daytime noon daylight midday sunny sunshine",
    }.items()
    for word in words.split()
}
WEATHERS: dict[str, str] = {
    word: weather
    for weather, words in {
        "snow": "snow snowy snowing snowfall blizzard snowstorm snowflakes",
        "rain": "rain rainy raining drizzle rainfall downpour",
        "fog": "fog foggy mist misty hazy haze",
        "storm": "storm stormy thunderstorm thunder",
        "clouds": "cloudy overcast",
    }.items()
    for word in words.split()
}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "pair": 2, "three": 3, "few": 3, "some": 3, "four": 4,
    "several": 4, "five": 5, "six": 6, "many": 7, "seven": 7, "lots": 8, "eight": 8, "nine": 9, "ten": 10, "dozen": 12,
}  # fmt: skip
SIZES = {
    "tiny": 0.55, "small": 0.72, "little": 0.72, "smaller": 0.72, "miniature": 0.55, "big": 1.3, "large": 1.3,
    "bigger": 1.35, "larger": 1.35, "huge": 1.6, "giant": 1.7, "enormous": 1.7, "gigantic": 1.7, "tall": 1.25,
}  # fmt: skip
OPENERS = these(
    "a an the one two three four five six seven eight nine ten some several many few my our your his her "
    "their this that"
)
GROUND_TO_STAND_ON = {"moon": "moon", "table": "table", "planet": "mars"}
MOUNTS: dict[str, tuple[float, float]] = {  # where a rider sits: part of the width, part of the height
    "horse": (0.62, 0.5), "unicorn": (0.62, 0.5), "zebra": (0.62, 0.5), "elephant": (0.66, 0.3), "giraffe": (0.66, 0.6),
    "dinosaur": (0.56, 0.52), "dragon": (0.66, 0.42), "turtle": (0.56, 0.26), "whale": (0.4, 0.42),
    "boat": (0.34, 0.84), "canoe": (0.5, 0.8), "bicycle": (0.38, 0.36), "motorcycle": (0.34, 0.5), "rocket": (0.5, 0.2),
    "bear": (0.5, 0.3),
    "hot air balloon": (0.5, 0.93), "shark": (0.5, 0.4), "cloud": (0.5, 0.5), "submarine": (0.5, 0.3),
    "snail": (0.58, 0.2), "cup": (0.42, 0.46), "gift": (0.5, 0.36), "teapot": (0.5, 0.3),
}  # fmt: skip
IN_FRONT = frozenset({"dragon", "dinosaur", "bear", "turtle", "shark", "snail"})
MOUNTING = frozenset({"riding", "rides", "on", "in", "sitting", "driving", "sits", "drives", "onto", "into"})
CLOSERS = these(
    "in on at by with without near under over above below behind beside beneath between into onto from of for "
    "to and or next inside outside around through across against during as like but while where who which "
    "that is are was has wearing holding riding sitting standing flying eating drinking playing running "
    "jumping sleeping looking reading floating driving walking dancing swimming surfing cooking painting "
    "hanging wears holds rides sits stands flies eats plays runs jumps sleeps reads floats drives walks , . ; "
    ": ! ?"
)
SPOKEN = frozenset({*NUMBERS, *SIZES, *PLACES, *TIMES, *WEATHERS, "sky"})
EMPTY = these(
    "face emoji symbol "
    "poster banner flyer postcard card cover wallpaper mural comic version variation variations "
    "turn put add change instead now "
    "draw paint make create generate show give imagine sketch illustrate render design please me us it its "
    "photo photograph picture pictures image images painting drawing illustration portrait style styled art "
    "artwork cartoon cute lovely beautiful happy sad funny friendly cozy cosy magical realistic "
    "photorealistic hyperrealistic detailed cinematic dramatic lighting light lights shot closeup close up "
    "macro wide angle view scene background backdrop foreground very really so more less just only also too "
    "then there here now again same new old young baby adult wild fluffy soft warm cool cold hot minimal "
    "minimalist simple modern vintage retro abstract fantasy surreal watercolor watercolour oil acrylic ink "
    "pencil crayon pastel digital vector flat logo icon sticker isometric 3d pixel anime high quality "
    "resolution hd 4k 8k ultra sharp focus depth colour color colours colors colorful colourful bright dark "
    "mood atmosphere time lot bit kind sort piece pieces set group side top bottom left right middle center "
    "centre front back corner one ones thing things something someone world nice good great best perfect full "
    "whole empty long short fast slow round square wooden golden metal glass-like shiny glowing sleepy brave "
    "proud hungry sleeping sitting standing text word words letters caption title saying says labelled "
    "labeled titled reading reads"
)


def known_thing(word: str) -> tuple[str, bool] | None:
    """The name in the repertoire for a word, and whether the word was a plural; None for a word that is no thing."""
    if word in THINGS:
        return word, False
    if word in SYNONYMS:
        return SYNONYMS[word], word in MANY
    if word in ODD_PLURALS:
        return ODD_PLURALS[word], True
    for singular in singulars(word):
        name = singular if singular in THINGS else SYNONYMS.get(singular)
        if name:
            return name, True
    return None


def singulars(word: str) -> list[str]:
    """What a plural may be the plural of."""
    found = []
    if word.endswith("ies") and len(word) > 4:
        found.append(word[:-3] + "y")
    if word.endswith("es") and len(word) > 3:
        found.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        found.append(word[:-1])
    return found
