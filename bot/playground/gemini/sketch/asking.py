"""Finds the effects that a sentence asks for ("warmer", "black and white", "upside down"), and takes them out of it."""

from __future__ import annotations

import re

from bot.playground.gemini.sketch.colours import NAMED
from bot.playground.gemini.sketch.scene import Effect

COLOURS = "|".join(sorted(NAMED, key=len, reverse=True))
TURN = r"(?:rotate|turn)(?: it| the image| the picture)?(?: by)?(?: 90(?:°| degrees)?)?(?: to the)?"
WANTED: tuple[tuple[str, str, str], ...] = (
    ("grey", "", r"black[ -]and[ -]white|black & white|b&w|gr[ae]y[ -]?scale|monochrome|desaturated?|noir"),
    ("sepia", "", r"sepia|old[ -]photo(?:graph)?|vintage|antique"),
    ("pixelate", "", r"pixel(?:ated?|[ -]?art)|8[ -]bit"),
    ("watercolour", "", r"water[ -]?colou?rs?|aquarelle"),
    ("line art", "", r"line[ -]art|pencil[ -](?:sketch|drawing)|colou?ring[ -](?:page|book)|outlines? only"),
    ("posterize", "", r"poster(?:ized?|ised?)|pop[ -]art|screen[ -]print"),
    ("warm", "", r"warmer|warm(?:er)? (?:tones?|colou?rs?|light(?:ing)?)|warm it up"),
    ("cool", "", r"cooler|colder|cool(?:er)? (?:tones?|colou?rs?|light(?:ing)?)|cold (?:tones?|light)"),
    ("bright", "", r"brighter|brighten(?: it)?(?: up)?|lighter|more light|lighten"),
    ("dark", "", r"darker|darken|dimmer|moodier|less light"),
    ("vivid", "", r"more colou?rful|more vivid|more vibrant|vibrant|saturated?|more saturation|punchier"),
    ("muted", "", r"muted|less saturated|less colou?rful|pastel colou?rs|softer colou?rs|faded"),
    ("contrast", "", r"more contrast|higher contrast|contrast(?:y|ier)?|more dramatic|dramatic"),
    ("blur", "", r"blur(?:red|ry|rier)?(?: it)?|out of focus|softer"),
    ("sharpen", "", r"sharper|sharpen(?: it)?|crisper|more detail(?:ed|s)?"),
    ("invert", "", r"invert(?:ed)?(?: (?:the )?colou?rs)?|negative"),
    ("upside down", "mirror", r"flip(?:ped)? (?:it )?vertical(?:ly)?|vertical flip"),
    ("upside down", "", r"upside[ -]down|rotate[d]?(?: it| the image| the picture)?(?: by)? 180(?:°| degrees)?"),
    (
        "rotate",
        "270",
        TURN + r" (?:left|counter[ -]?clockwise)",
    ),
    (
        "rotate",
        "90",
        r"rotated?(?: it| the image| the picture)?(?: by)?(?: 90)?(?:°| degrees)?(?: to the)?(?: right| clockwise)?",
    ),
    ("flip", "", r"flip(?:ped)?(?: it)?(?: horizontal(?:ly)?)?|mirror(?:ed)?(?: it)?"),
    ("zoom out", "", r"zoom(?:ed)? out|further away|farther away|step back|wider (?:shot|view)"),
    ("crop", "", r"crop(?:ped)?(?: it)?|zoom(?:ed)? in|close[ -]?up|(?:move |get )?closer|tighter"),
    ("vignette", "", r"vignette"),
)
PATTERNS = tuple(
    (name, value, re.compile(rf"\b(?:{pattern})(?![a-z])", re.IGNORECASE)) for name, value, pattern in WANTED
)
BORDER = re.compile(rf"(?:\b({COLOURS})\s+)?\b(?:border|frame)\b(?:\s+in\s+({COLOURS})\b)?", re.IGNORECASE)


def take_effects(sentence: str) -> tuple[tuple[Effect, ...], str]:
    """The effects in the order they are listed above, and the sentence without their words."""
    found, rest = [], sentence
    framed = BORDER.search(rest)
    if framed:
        rest = BORDER.sub(" ", rest)
    for name, value, pattern in PATTERNS:
        if pattern.search(rest) and not belongs_to_a_thing(name, rest):
            found.append(Effect(name, value))
            rest = pattern.sub(" ", rest)
    if framed:
        found.append(Effect("border", (framed.group(1) or framed.group(2) or "").lower()))
    return tuple(found), rest


def belongs_to_a_thing(name: str, rest: str) -> bool:
    """A "black and white cat" is a cat of two colours and no photograph without colour."""
    if name != "grey":
        return False
    after = re.search(r"black[ -]and[ -]white\s+(\w+)", rest, re.IGNORECASE)
    styles = {
        "photo",
        "photograph",
        "picture",
        "image",
        "film",
        "movie",
        "style",
        "drawing",
        "sketch",
        "version",
        "shot",
    }
    return (
        bool(after)
        and after is not None
        and after.group(1).lower() not in styles | {"please", "and", "with", "now", "of"}
    )
