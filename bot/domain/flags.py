"""Flags: `--ar 16:9`, `--size 4k`, `--n 4`, `--tier pro`, `--think high`, and without a value `--ground` and `--later`.

They have other names as well, and stand anywhere outside quotes.

`--` (or more hyphens) directly before a word is a flag, known or not. Phones turn `--` into one long dash, so a long
dash directly before a flag's name is a flag too; before any other word it is a dash. Sloppier ways to type a flag
(`-ar 16:9`, `fox--ar 16:9`, `— ar 16:9` before nothing but flags) count only when a right value follows: else it is
prose, as `-ground` and `-later` always are, which have no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from bot.domain.glyphs import COLONS, DASHES, HYPHENS, QUOTES, TIMES
from bot.domain.options import Options, Tier
from bot.domain.quotes import is_inside, quoted
from bot.domain.values import Reading, apply, is_value, short
from bot.errors import PersonCanFix

CANONICAL = {
    "ratio": "--ar", "size": "--size", "count": "--n", "tier": "--tier", "think": "--think", "ground": "--ground",
    "later": "--later",
}  # fmt: skip
NAMES = {
    "ar": "ratio", "aspect": "ratio", "aspect-ratio": "ratio", "aspectratio": "ratio", "ratio": "ratio",
    "size": "size", "res": "size", "resolution": "size", "image-size": "size", "imagesize": "size",
    "n": "count", "count": "count", "num": "count", "number": "count", "images": "count", "pictures": "count",
    "x": "count",
    "tier": "tier", "model": "tier",
    "think": "think", "thinking": "think", "thinking-level": "think", "thinkinglevel": "think",
    "ground": "ground", "grounded": "ground", "grounding": "ground", "search": "ground",
    "later": "later", "no-hurry": "later", "nohurry": "later", "no-rush": "later", "norush": "later",
}  # fmt: skip
VALUED = frozenset(CANONICAL) - {"ground", "later"}

LEAD = re.compile(
    rf"(?<![{HYPHENS}{DASHES}])(?P<lead>[{HYPHENS}{DASHES}]++)(?P<gap>[ \t]?)(?P<name>[^\W\d_]+(?:[-_][^\W\d_]+)*)"
)
AHEAD = re.compile(rf"\s*(?:[{HYPHENS}{DASHES}]{{2}}|[{DASHES}]|\Z)")
BEFORE_A_FLAG = re.compile(rf"[\s,;.!?\u2026(\[{{)\]}}>{QUOTES}*_~]")
BETWEEN = rf"(?:\s*[={COLONS}]\s*|\s+|(?=\d))"
A_RATIO = re.compile(
    rf"{BETWEEN}(?P<mark>[{QUOTES}*_~])?(?P<value>\d+ ?[{COLONS}{TIMES}/] ?\d+)(?!\w|[.:]\d)(?(mark)[{QUOTES}*_~])"
)
A_WORD = re.compile(rf"{BETWEEN}(?P<value>(?:(?![{HYPHENS}]{{2}}|[{DASHES}])[^\s,;]){{1,60}})")
STUCK = re.compile(rf"[={COLONS}](?P<value>(?:(?![{HYPHENS}]{{2}}|[{DASHES}])[^\s,;=]){{0,60}})")
AFTER_A_NAME = re.compile(rf"[\s=\d{COLONS}]|\Z")
AROUND = "\"'`*_~\u2018\u2019\u201a\u201c\u201d\u201e\u201f\u00ab\u00bb"
PAIRS = frozenset({"()", "[]", "{}", "**", "__", "~~"})
SENTENCE_GOES_ON = re.compile(r"[,.;:!?\u2026]+(?:\s|\Z)")
CLOSES = re.compile(r"[*_~)\]}]+(?:[\s,.;:!?\u2026]|\Z)")
STOPS = ".!?\u2026)]}"


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag and where it stands."""

    start: int
    end: int
    reading: Reading


def take(text: str) -> tuple[str, list[Reading]]:
    """The text without its flags, and what they say, in order. Raises PersonCanFix for a flag that cannot be read."""
    flags = list(_flags(text))
    for flag in reversed(flags):
        text = _cut(text, flag)
    return text, [flag.reading for flag in flags]


def render(options: Options) -> str:
    """The flags that say what the options say."""
    count = str(options.count) if options.count != 1 else None
    ground, later = ("" if said else None for said in (options.ground, options.later))
    typed = (options.ratio, options.size, count, options.tier, options.think, ground, later)
    said = zip(CANONICAL.values(), typed, strict=True)
    return " ".join(f"{flag} {value}".rstrip() for flag, value in said if value is not None)


def _flags(text: str) -> Iterator[Flag]:
    spans, done = quoted(text), 0
    for lead in LEAD.finditer(text):
        if lead.start() >= done and not is_inside(spans, lead.start()) and (flag := _flag(text, lead, done)):
            yield flag
            done = flag.end


def _flag(text: str, lead: re.Match[str], free: int) -> Flag | None:
    """The flag here, if it is one; it may stand right at the place that is `free` before it."""
    name = lead["name"].casefold().replace("_", "-")
    long = len(lead["lead"]) > 1 or re.fullmatch(f"[{DASHES}]", lead["lead"]) is not None
    bounded = lead.start() == free or BEFORE_A_FLAG.match(text, lead.start() - 1) is not None
    if not (long and bounded and not lead["gap"]):
        return _sloppy(text, lead, name, (long, bounded))
    if re.search(f"[{DASHES}]", lead["lead"]):
        return _strict(text, lead, name) if name in NAMES and AFTER_A_NAME.match(text, lead.end()) else None
    return _tier(lead, name) or _strict(text, lead, name)


def _tier(lead: re.Match[str], name: str) -> Flag | None:
    """`--pro` can only mean one thing."""
    return Flag(lead.start(), lead.end(), ("tier", name)) if name in set(Tier) else None


def _strict(text: str, lead: re.Match[str], name: str) -> Flag:
    if name not in NAMES:
        near = get_close_matches(name[:40], NAMES, n=1, cutoff=0.7)
        suggestion = CANONICAL[NAMES[near[0]]] if near else ""
        raise PersonCanFix("flag_unknown", flag="--" + short(lead["name"]), suggestion=suggestion)
    flag = _valued(text, lead, name)
    if flag is None:
        raise PersonCanFix("flag_value_missing", flag="--" + lead["name"])
    apply(Options(), flag.reading)
    return flag


def _sloppy(text: str, lead: re.Match[str], name: str, shape: tuple[bool, bool]) -> Flag | None:
    flag = _valued(text, lead, name) if NAMES.get(name) in VALUED and any(shape) else None
    if flag is None or not is_value(flag.reading):
        return None
    if lead["gap"]:
        return flag if shape == (True, True) and AHEAD.match(text, flag.end) else None
    return None if _in_an_address(text, lead.start()) else flag


def _in_an_address(text: str, at: int) -> bool:
    near = text[max(0, at - 200) : at]
    return not near[-1:].isspace() and "://" in near.split()[-1] if near.strip() else False


def _valued(text: str, lead: re.Match[str], name: str) -> Flag | None:
    """The flag with the value after it: quotes around a value fall away, a full stop after it stays."""
    option = NAMES[name]
    if option not in VALUED:
        return _unvalued(text, lead, option)
    if option == "ratio" and (ratio := A_RATIO.match(text, lead.end())):
        return Flag(lead.start(), ratio.end(), (option, ratio["value"]))
    word = A_WORD.match(text, lead.end())
    if word is None:
        return None
    typed = _bare(word["value"])
    value = typed.strip(AROUND)
    return Flag(lead.start(), word.start("value") + len(typed), (option, value)) if value else None


def _unvalued(text: str, lead: re.Match[str], option: str) -> Flag:
    """The flag alone: what follows is the prompt, unless a sign sticks it to the flag."""
    stuck = STUCK.match(text, lead.end())
    typed = _bare(stuck["value"]) if stuck else ""
    end = stuck.start("value") + len(typed) if stuck else lead.end()
    return Flag(lead.start(), end, (option, typed.strip(AROUND)))


def _bare(value: str) -> str:
    return value.rstrip(STOPS if value[:1] in AROUND else STOPS + AROUND)


def _cut(text: str, flag: Flag) -> str:
    before, after = text[: flag.start], text[flag.end :]
    if before[-1:] + after[:1] in PAIRS:
        before, after = before[:-1], after[1:]
    left, right = before.rstrip(), after.lstrip()
    if not left or not right:
        return left + right
    gaps = before[len(left) :], after[: len(after) - len(right)]
    gap = max(gaps, key=lambda each: each.count("\n")) or " "
    if "\n" not in gap and (SENTENCE_GOES_ON.match(right) or CLOSES.match(after)):
        return left.rstrip(",;") + right
    return left + gap + right
