"""Words in double quotes: lettering for the picture, which nobody but the person may change.

A quote that is never closed quotes nothing, and neither does the inch mark of `a 5" screen`: an opening mark stands
before a word and not after one, a closing mark after something and not before a word. Single quotes are apostrophes
too often to mean anything.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable

Span = tuple[int, int]

MARKS = re.compile('["“”„«»]')
ALWAYS_OPEN = "“„«"
ALWAYS_CLOSE = "”»"


def quoted(text: str) -> list[Span]:
    """Where the quotes stand, marks included, in order."""
    spans: list[Span] = []
    opened: int | None = None
    for mark in MARKS.finditer(text):
        at = mark.start()
        if opened is not None and _closes(text, at):
            spans.append((opened, at + 1))
            opened = None
        elif _opens(text, at):
            opened = at
    return spans


def is_inside(spans: list[Span], at: int) -> bool:
    """Whether this place is in one of the spans."""
    before = bisect(spans, (at, len(spans) and spans[-1][1])) - 1
    return before >= 0 and spans[before][0] <= at < spans[before][1]


def outside(text: str, change: Callable[[str], str]) -> str:
    """The text with everything changed that is not in quotes."""
    pieces, done = [], 0
    for start, end in quoted(text):
        pieces += [change(text[done:start]), text[start:end]]
        done = end
    return "".join([*pieces, change(text[done:])])


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    bare = not before.isalnum() and bool(after) and not after.isspace()
    return text[at] in ALWAYS_OPEN or (text[at] in '"”' and bare)


def _closes(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] in ALWAYS_CLOSE or (text[at] in '"“' and not before.isspace() and not after.isalnum())
