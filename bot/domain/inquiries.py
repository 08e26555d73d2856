"""What people may say besides what to paint: ask what was spent, or cancel what they asked for.

Whatever comes in is read by these, so each place where two ways to match could overlap is possessive: a message of
ninety signs could otherwise keep everybody waiting for minutes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bot.domain.glyphs import DASHES, HYPHENS
from bot.domain.markup import plain, tidy

SEPARATOR = rf"[{HYPHENS}{DASHES}./]"
ASKED = re.compile(r"\W*+(cost|report)s?\b\W*+(?:(?:for|of|in)\s++)?((?:\w.{0,38}\w|\w)?)\W*+", re.IGNORECASE)
NOW = re.compile(r"(?:now|today|(?:this )?month|so far|here|this channel|all|summary)?", re.IGNORECASE)
POLITE = re.compile(r"(?:\W*\b(?:please|pls|thanks))++$", re.IGNORECASE)  # of the forty signs at most that say when
A_MONTH = re.compile(rf"([0-9]{{4}})(?:{SEPARATOR}| )([0-9]{{1,2}})")
A_DATE = rf"[0-9]{{1,4}}(?:{SEPARATOR}[0-9]{{1,4}}){{1,2}}"
A_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
A_WHILE = r"(?:[0-9]{1,3} )?(?:day|week|month|quarter|year)s?"
A_SPAN = rf"yesterday|all time|q[1-4](?: [0-9]{{4}})?|(?:this|(?:the )?last|past) {A_WHILE}"
A_YEAR = r"[0-9]{4}"
A_NAMED_DATE = rf"(?:[0-9]{{1,2}}\.? )?{A_NAME}(?:[.,]{{0,2}} {A_YEAR})?|{A_YEAR},? {A_NAME}"
BEFORE = r"ok(?:ay)?|oh|no|sorry|wait|actually|please|pls|(?:can|could) you"
VERB = rf"cancel|stop|abort|never[ {HYPHENS}]?mind"
AFTER = (
    r"it|that|this|these|those|them|all of(?= (?:it|this|that|these|those|them|my|the)\b)|all|both"
    r"|everything|mine|my|the|last|ones?|requests?|pictures?|images?|painting"
    r"|drawing|now|please|pls|thanks|thank you|(?::[\w+-]++:)++"
)
GAP = r"(?:[^\w:]|:(?![\w+-]++:))++"  # what stands between words, up to the colon that an emoji begins with
END = r"(?:!++1*+|[\W_])*+"  # with the sign that a shift key let go of too early gives
CANCEL = re.compile(
    rf"[\W_]*+(?:(?:{BEFORE})\W++){{0,4}}(?:{VERB})(?:{GAP}(?:{VERB}|{AFTER})){{0,6}}{END}", re.IGNORECASE
)
DATED = re.compile(rf"{A_DATE}|{A_YEAR}(?: [0-9]{{1,2}}|[0-9]{{2}})?|{A_NAMED_DATE}|{A_SPAN}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """`cost`: what I spent; `report`: what this channel spent. `month` is "2026-11", or "" for this one.

    Another date or name of a time is kept as it was typed: whoever asks for its cost wants no picture.
    """

    about: Literal["cost", "report"]
    month: str = ""


def inquiry(text: str) -> Inquiry | None:
    """The question these words ask, None when they ask for a picture (as "report card on a desk" does)."""
    asked = ASKED.fullmatch(unicodedata.normalize("NFKC", tidy(plain(text))))
    if asked is None:
        return None
    when = POLITE.sub("", asked[2])
    if not (NOW.fullmatch(when) or DATED.fullmatch(when)):
        return None
    return Inquiry("cost" if asked[1].casefold() == "cost" else "report", _month(when))


def cancels(text: str) -> bool:
    """Whether these words ask for nothing but to stop (as "stop sign at dusk" does not)."""
    return CANCEL.fullmatch(unicodedata.normalize("NFKC", tidy(plain(text)))) is not None


def _month(typed: str) -> str:
    if NOW.fullmatch(typed):
        return ""
    named = A_MONTH.fullmatch(typed)
    return f"{named[1]}-{named[2]:0>2}" if named else typed
