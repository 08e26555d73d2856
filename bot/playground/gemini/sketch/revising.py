"""Changes a scene as a sentence asks: things come, go, change colour; night falls; it begins to snow."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.playground.gemini.sketch import asking, quotes, reading
from bot.playground.gemini.sketch.colours import NAMED, Colour
from bot.playground.gemini.sketch.reading import Reader
from bot.playground.gemini.sketch.repertoire import WEARABLE, WEARERS
from bot.playground.gemini.sketch.scene import MOST_ITEMS, Effect, Item, Scene, Worn

INSTEAD = re.compile(
    r"\b(?:replace|swap|change)\b(.*?)\b(?:with|by|for|into|to)\b(.*)|(.*?)\binstead of\b(.*)", re.IGNORECASE
)
ADDING = re.compile(r"\b(?:add|put|place|insert|include|with|give|holding|draw)\b", re.IGNORECASE)
BIGGER = re.compile(r"\b(?:bigger|larger|taller)\b", re.IGNORECASE)
SMALLER = re.compile(r"\b(?:smaller|shorter|tinier)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """An edit as understood: what the words name, what is to go, effects, lettering; `said` is the sentence."""

    known: Reader
    gone: tuple[str, ...]
    effects: tuple[Effect, ...]
    lettering: tuple[str, ...]
    said: str

    @property
    def is_clear(self) -> bool:
        """Whether anything at all was understood."""
        known = self.known
        named = (
            known.items or known.place or known.time or known.weather or known.recolour or known.sky or known.backdrop
        )
        return bool(named or self.gone or self.effects or self.lettering)


def understand(sentence: str) -> Wish:
    lettering, rest = quotes.take_lettering(sentence)
    effects, rest = asking.take_effects(rest)
    swapped = INSTEAD.search(rest)
    gone: tuple[str, ...] = ()
    if swapped:
        old, new = (
            (swapped.group(1), swapped.group(2))
            if swapped.group(1) is not None
            else (swapped.group(4), swapped.group(3))
        )
        leaving, coming = reading.scan(old), reading.scan(new)
        if coming.items:
            gone, rest = tuple(item.name for item in leaving.items), new
    known = reading.scan(rest)
    if not ADDING.search(rest):
        known.items = [item for item in known.items if item.name]
    return Wish(known, gone + tuple(known.removed), effects, lettering, sentence)


def revise(scene: Scene, wish: Wish) -> Scene:
    """The scene with the wish granted. What was not mentioned stays as it is."""
    known = wish.known
    items = [item for item in scene.items if item.name not in wish.gone]
    items = [undress(item, wish.gone) for item in items]
    for item in known.items:
        place_item(items, item)
    if known.recolour and items:
        items[0] = replace(items[0], colour=known.recolour)
    items = [resize(item, wish.said) for item in items] if not known.items else items
    return replace(
        scene,
        items=tuple(items[:MOST_ITEMS]),
        place=known.place if known.place not in {"", "sky"} else scene.place,
        time=known.time or scene.time,
        weather=tuple(dict.fromkeys((*scene.weather, *known.weather))) if known.time != "day" else tuple(known.weather),
        backdrop=known.backdrop or (None if known.place else scene.backdrop),
        sky=known.sky or (None if known.time else scene.sky),
        lettering=tuple(dict.fromkeys((*scene.lettering, *wish.lettering)))[-4:],
        words_at=quotes.words_place(wish.said) or scene.words_at,
        effects=(*scene.effects, *wish.effects)[-16:],
    )


def place_item(items: list[Item], item: Item) -> None:
    """A hat goes onto whoever can wear it; a known thing changes; a new one comes in."""
    wearer = next((at for at, one in enumerate(items) if one.name in WEARERS), None)
    if item.name in WEARABLE and wearer is not None:
        kept = tuple(worn for worn in items[wearer].wears if worn.name != item.name)
        items[wearer] = replace(items[wearer], wears=(*kept, Worn(item.name, item.colour)))
        return
    for at, one in enumerate(items):
        if item.name and one.name == item.name:
            items[at] = change(one, item)
            return
    items.append(item)


def change(old: Item, new: Item) -> Item:
    """The old thing in the new colour, size and number, wearing both their clothes."""
    worn = (*old.wears, *(one for one in new.wears if one not in old.wears))
    return replace(
        old,
        colour=new.colour or old.colour,
        scale=min(2.5, max(0.3, old.scale * new.scale)),
        count=new.count if new.count > 1 else old.count,
        wears=worn,
    )


def resize(item: Item, said: str) -> Item:
    if BIGGER.search(said):
        return replace(item, scale=min(2.5, item.scale * 1.35))
    return replace(item, scale=max(0.3, item.scale * 0.72)) if SMALLER.search(said) else item


def undress(item: Item, gone: tuple[str, ...]) -> Item:
    """The thing without the clothes, and without the rider, that are to go."""
    stays = item.rider if item.rider and item.rider.name not in gone else None
    return replace(item, wears=tuple(worn for worn in item.wears if worn.name not in gone), rider=stays)


def for_photographs(wish: Wish) -> tuple[Effect, ...]:
    """What the wish means for a picture of which only the pixels are known."""
    known = wish.known
    found = [Effect(known.time)] if known.time else []
    found += [Effect("weather", weather) for weather in known.weather]
    toned = known.recolour or known.sky or known.backdrop
    if toned:
        found.append(Effect("tint", nearest_name(toned)))
    return (*found, *wish.effects)


def nearest_name(colour: Colour) -> str:
    return min(NAMED, key=lambda name: sum((one - two) ** 2 for one, two in zip(NAMED[name], colour, strict=True)))
