"""What may be typed for an option, and what it means.

A *reading* is an option's name with what was typed for it. Phones and word processors write ratios with full-width
colons or a multiplication sign and put digits in full width; all of these are understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from bot.domain.glyphs import COLONS, TIMES, UNSEEN
from bot.domain.options import AUTO, MOST_PICTURES, Options, Size, Think, Tier
from bot.errors import PersonCanFix

Reading = tuple[str, str]

# Every ratio that any model of the catalogue paints.
RATIOS = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", "1:4", "4:1", "1:8", "8:1")

SIZES = {
    "512": Size.HALF, "512px": Size.HALF, "0.5k": Size.HALF, ".5k": Size.HALF,
    "1k": Size.ONE, "1024": Size.ONE, "1024px": Size.ONE,
    "2k": Size.TWO, "2048": Size.TWO, "2048px": Size.TWO,
    "4k": Size.FOUR, "4096": Size.FOUR, "4096px": Size.FOUR,
}  # fmt: skip

THINKING = {"low": Think.LOW, "minimal": Think.LOW, "high": Think.HIGH}

YES = frozenset({"", "yes", "true", "on", "1"})  # `--ground` and `--later` say all there is to say, some add `=true`

A_RATIO = re.compile(rf"([0-9]{{1,5}})\s*[{COLONS}{TIMES}/]\s*([0-9]{{1,5}})")
A_COUNT = re.compile(rf"[{TIMES}]?([0-9]{{1,5}})[{TIMES}]?")
LONGEST_FACT = 40


def apply(options: Options, reading: Reading) -> Options:
    """The options with this reading in them. Raises PersonCanFix when what was typed is no value of the option."""
    option, given = reading
    return READERS[option](options, given)


def is_value(reading: Reading) -> bool:
    """Whether what was typed is a value of the option."""
    try:
        apply(Options(), reading)
    except PersonCanFix:
        return False
    return True


def short(words: str) -> str:
    """What a person typed, short enough to be quoted back."""
    return words if len(words) <= LONGEST_FACT else words[: LONGEST_FACT - 1] + "…"


def _ratio(options: Options, given: str) -> Options:
    plain = _plain(given)
    if plain == AUTO:
        return replace(options, ratio=AUTO)
    if typed := A_RATIO.fullmatch(plain):
        width, height = int(typed[1]), int(typed[2])
        for ratio in RATIOS:
            across, down = map(int, ratio.split(":"))
            if height and width * down == height * across:
                return replace(options, ratio=ratio)
    raise PersonCanFix("ratio_unknown", given=short(given), known=", ".join((*RATIOS, AUTO)))


def _size(options: Options, given: str) -> Options:
    size = SIZES.get(_plain(given))
    if size is None:
        raise PersonCanFix("size_unknown", given=short(given), known=", ".join(Size))
    return replace(options, size=size)


def _count(options: Options, given: str) -> Options:
    typed = A_COUNT.fullmatch(_plain(given))
    if not typed or not 1 <= int(typed[1]) <= MOST_PICTURES:
        raise PersonCanFix("count_unknown", given=short(given), most=str(MOST_PICTURES))
    return replace(options, count=int(typed[1]))


def _tier(options: Options, given: str) -> Options:
    plain = _plain(given)
    if plain not in set(Tier):
        raise PersonCanFix("tier_unknown", given=short(given), known=", ".join(Tier))
    return replace(options, tier=Tier(plain))


def _think(options: Options, given: str) -> Options:
    think = THINKING.get(_plain(given))
    if think is None:
        raise PersonCanFix("think_unknown", given=short(given), known=", ".join(Think))
    return replace(options, think=think)


def _ground(options: Options, given: str) -> Options:
    if _plain(given) not in YES:
        raise PersonCanFix("ground_unknown", given=short(given))
    return replace(options, ground=True)


def _later(options: Options, given: str) -> Options:
    if _plain(given) not in YES:
        raise PersonCanFix("later_unknown", given=short(given))
    return replace(options, later=True)


def _plain(given: str) -> str:
    return re.sub(f"[{UNSEEN}]", "", unicodedata.normalize("NFKC", given)).strip().casefold()


READERS: dict[str, Callable[[Options, str], Options]] = {
    "ratio": _ratio,
    "size": _size,
    "count": _count,
    "tier": _tier,
    "think": _think,
    "ground": _ground,
    "later": _later,
}
