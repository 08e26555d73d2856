"""What a picture shows, as plain data: enough to draw it again, and to change one thing about it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.playground.gemini.sketch.colours import Colour
from bot.playground.gemini.sketch.repertoire import THINGS, WEARABLE

MOST_ITEMS = 14
MOST_OF_A_KIND = 12


@dataclass(frozen=True, slots=True)
class Worn:
    """What somebody wears, or who rides something."""

    name: str
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of thing. A name of "" is a card with a label, for what the painter has no drawing of."""

    name: str
    label: str = ""
    colour: Colour | None = None
    count: int = 1
    scale: float = 1.0
    wears: tuple[Worn, ...] = ()
    rider: Worn | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """Something done to the finished picture; see `effects` for the names."""

    name: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Empty strings mean that nobody said. `backdrop` is a plain background, `sky` a colour for it."""

    items: tuple[Item, ...] = ()
    place: str = ""
    time: str = ""
    weather: tuple[str, ...] = ()
    backdrop: Colour | None = None
    sky: Colour | None = None
    lettering: tuple[str, ...] = ()
    words_at: str = ""
    effects: tuple[Effect, ...] = ()
    seed: int = 0

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), separators=(",", ":")).encode()


def from_json(claim: bytes) -> Scene | None:
    """The scene that `to_json` wrote; None for anything else."""
    try:
        found = json.loads(claim)
        if not isinstance(found, dict) or "items" not in found:
            return None
        return Scene(
            items=tuple(read_item(item) for item in found["items"][:MOST_ITEMS]),
            place=str(found["place"]),
            time=str(found["time"]),
            weather=tuple(str(weather) for weather in found["weather"][:4]),
            backdrop=read_colour(found["backdrop"]),
            sky=read_colour(found["sky"]),
            lettering=tuple(str(words)[:200] for words in found["lettering"][:6]),
            words_at=str(found["words_at"]),
            effects=tuple(Effect(str(one["name"]), str(one["value"])) for one in found["effects"][:24]),
            seed=int(found["seed"]),
        )
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def read_item(found: dict[str, Any]) -> Item:
    name = str(found["name"])
    if name and name not in THINGS:
        raise ValueError(name)
    return Item(
        name=name,
        label=str(found["label"])[:80],
        colour=read_colour(found["colour"]),
        count=min(MOST_OF_A_KIND, max(1, int(found["count"]))),
        scale=min(2.5, max(0.3, float(found["scale"]))),
        wears=tuple(
            Worn(str(one["name"]), read_colour(one["colour"])) for one in found["wears"][:4] if one["name"] in WEARABLE
        ),
        rider=read_rider(found["rider"]),
    )


def read_rider(found: dict[str, Any] | None) -> Worn | None:
    if found is None or found["name"] not in THINGS:
        return None
    return Worn(str(found["name"]), read_colour(found["colour"]))


def read_colour(found: Any) -> Colour | None:
    if found is None:
        return None
    red, green, blue = (min(255, max(0, int(part))) for part in found)
    return red, green, blue
