"""Reads a sentence into a scene: things with their colours, counts and hats; place, time, weather; words to letter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from bot.playground.gemini.sketch import quotes
from bot.playground.gemini.sketch import vocabulary as words
from bot.playground.gemini.sketch.colours import NAMED, SHADES, Colour, shade
from bot.playground.gemini.sketch.repertoire import THINGS, WEARABLE
from bot.playground.gemini.sketch.scene import MOST_ITEMS, MOST_OF_A_KIND, Item, Scene, Worn

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[,.;:!?]")
NEGATIONS = frozenset({"no", "without", "remove", "delete", "erase", "minus", "drop", "lose"})
REMOVING = frozenset({"remove", "delete", "erase", "drop", "lose"})
STARTS = frozenset({"add", "put", "make", "draw", "give", "turn", "paint", "show", "but", "just", "only"})
SURFACES = frozenset({"background", "backdrop", "wall", "canvas"})
PLACING = frozenset({"in", "at", "through", "on", "across", "around", "inside"})
MOST_CARDS = 3


@dataclass
class Reader:
    """What is known so far, and the adjectives that wait for their noun."""

    items: list[Item] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    place: str = ""
    time: str = ""
    weather: list[str] = field(default_factory=list)
    backdrop: Colour | None = None
    sky: Colour | None = None
    colour: Colour | None = None
    count: int = 0
    scale: float = 1.0
    tone: float = 0.0
    phrase: list[str] = field(default_factory=list)
    opened: bool = False
    negated: str = ""
    before: str = ""
    loose: list[str] = field(default_factory=list)
    recolour: Colour | None = None


def read(sentence: str, seed: int = 0) -> Scene:
    """The scene a prompt asks for. Unknown nouns become cards with their name on, so that nothing asked for is lost."""
    lettering, rest = quotes.take_lettering(sentence)
    known = scan(rest)
    if not known.items and not lettering and known.loose and not (known.place or known.weather):
        known.items.append(Item("", label=" ".join(known.loose[:3]), colour=known.recolour))
    return Scene(
        items=tuple(known.items[:MOST_ITEMS]),
        place=known.place,
        time=known.time,
        weather=tuple(dict.fromkeys(known.weather)),
        backdrop=known.backdrop,
        sky=known.sky,
        lettering=lettering,
        words_at=quotes.words_place(sentence),
        seed=seed,
    )


def scan(rest: str) -> Reader:
    """Goes through the words once, longest phrases first."""
    known = Reader()
    tokens = TOKEN.findall(name_emoji(rest).lower().replace("-", " "))
    at = 0
    while at < len(tokens):
        at += take(known, tokens, at)
    close(known)
    return known


def name_emoji(text: str) -> str:
    """Little pictures as the words that Unicode calls them by: a fox's face becomes "fox face"."""
    named = [f" {unicodedata.name(sign, '')} " if unicodedata.category(sign) == "So" else sign for sign in text]
    return "".join(named).replace(" HEAVY BLACK ", " red ")


def take(known: Reader, tokens: list[str], at: int) -> int:
    """Takes in the next word or phrase; returns how many tokens that was."""
    for length in (3, 2):
        phrase = " ".join(tokens[at : at + length])
        name = words.PHRASES.get(phrase) or (phrase if phrase in THINGS else "")
        name = name or words.PHRASES.get(phrase.removesuffix("s"), "") or (phrase[:-1] if phrase[:-1] in THINGS else "")
        if len(phrase.split()) == length and name:
            add_thing(known, name, plural=phrase.endswith("s"))
            return length
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if is_compound(tokens[at], following):
        known.phrase += [tokens[at], following]
        known.opened = True
        return 2
    take_word(known, tokens[at], following)
    known.before = tokens[at] if tokens[at] in words.CLOSERS else known.before
    return 1


def is_compound(word: str, following: str) -> bool:
    """ "coffee machine", "apple pie": a small thing before an unknown noun only says what kind of noun it is."""
    thing = words.known_thing(word)
    if not thing or thing[1] or THINGS[thing[0]].at != "table" or not following.isalpha():
        return False
    named = following in words.CLOSERS | words.EMPTY | words.OPENERS | words.SPOKEN or following.endswith(
        ("ing", "ed", "ly")
    )
    return not named and not words.known_thing(following) and following not in NAMED


def take_word(known: Reader, word: str, following: str) -> None:
    if word in NEGATIONS:
        close(known)
        known.negated = word
    elif word in NAMED and not is_noun_here(word, following):
        known.colour = shade(NAMED[word], known.tone)
        known.tone = 0.0
    elif word in SHADES and following in NAMED:
        known.tone = SHADES[word]
    elif word in words.NUMBERS or word.isdecimal():
        close(known)
        known.count = min(MOST_OF_A_KIND, words.NUMBERS.get(word) or int(word[:4]))
        known.opened = True
    elif word in words.SIZES:
        known.scale *= words.SIZES[word]
    elif word in SURFACES or word == "sky":
        take_surface(known, word)
    else:
        take_noun(known, word)


def is_noun_here(word: str, following: str) -> bool:
    """ "orange" and "rose" are things when nothing follows that they could be the colour of."""
    return word in THINGS and (not following or following in words.CLOSERS)


def take_surface(known: Reader, word: str) -> None:
    if word == "sky":
        known.sky, known.colour = known.colour or known.sky, None
        known.place = known.place or "sky"
    elif known.colour:
        known.backdrop, known.colour = known.colour, None
    forget_adjectives(known)


def take_noun(known: Reader, word: str) -> None:
    thing = words.known_thing(word)
    is_place = word in words.PLACES and (not thing or known.before in PLACING) and known.before != "of"
    if word in words.TIMES:
        known.time = words.TIMES[word]
    elif word in words.WEATHERS:
        known.weather += [] if known.negated else [words.WEATHERS[word]]
    elif is_place:
        known.place = words.PLACES[word]
        forget_adjectives(known)
    elif thing and thing[0] in words.GROUND_TO_STAND_ON and known.before in {"on", "at"}:
        known.place = words.GROUND_TO_STAND_ON[thing[0]]
        forget_adjectives(known)
    elif thing:
        add_thing(known, thing[0], plural=thing[1])
    elif word in words.OPENERS:
        close(known)
        known.opened = True
    elif word == "of" and known.phrase and known.opened:
        known.phrase.append(word)
    elif word in words.CLOSERS or word in STARTS:
        close(known)
        known.negated = known.negated if still_negated(known.negated, word) else ""
    elif word not in words.EMPTY and not word.isdecimal():
        known.phrase.append(word)


def still_negated(negation: str, word: str) -> bool:
    """ "no hat or scarf" takes both away, "remove the hat and the scarf" too, "no hat and a scarf" only the hat."""
    return word == "or" or (word in {"and", "from"} and negation in REMOVING)


def add_thing(known: Reader, name: str, *, plural: bool) -> None:
    if known.negated:
        known.removed.append(name)
        forget_adjectives(known)
        return
    if name in WEARABLE and known.items and known.before in {"wearing", "with", "in", "wears", "and"}:
        wearer = known.items[-1]
        known.items[-1] = replace(wearer, wears=(*wearer.wears, Worn(name, known.colour)))
        forget_adjectives(known)
        return
    if (
        known.before in words.MOUNTING
        and name in words.MOUNTS
        and known.items
        and known.items[-1].name not in {"", name}
    ):
        rider = known.items.pop()
        known.items.append(Item(name, colour=known.colour, scale=known.scale, rider=Worn(rider.name, rider.colour)))
        forget_adjectives(known)
        return
    count = max(known.count, 1) if known.count > 1 or not plural else (3 if known.count == 0 else 1)
    known.items.append(Item(name, colour=known.colour, count=count, scale=known.scale))
    known.before = ""
    forget_adjectives(known)


def close(known: Reader) -> None:
    """The end of a noun phrase: an unknown noun becomes a card, a colour left over belongs to the last thing."""
    if known.phrase and known.opened and not known.negated and cards(known) < MOST_CARDS:
        label = " ".join(known.phrase[-4:])
        known.items.append(Item("", label=label, colour=known.colour, count=1))
        known.colour = None
    elif known.phrase:
        known.loose += known.phrase
    if known.colour:
        give_colour(known)
    forget_adjectives(known)


def give_colour(known: Reader) -> None:
    if known.items and known.items[-1].colour is None:
        known.items[-1] = replace(known.items[-1], colour=known.colour)
    else:
        known.recolour = known.colour


def cards(known: Reader) -> int:
    return sum(not item.name for item in known.items)


def forget_adjectives(known: Reader) -> None:
    known.colour, known.count, known.scale, known.tone = None, 0, 1.0, 0.0
    known.phrase, known.opened = [], False
