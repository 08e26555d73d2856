"""The bare words people put after a prompt: `a red fox 16:9 4k x4`, `a red fox, in 4K, aspect ratio 4:5`.

Only the last words count, and only where nothing before them claims them: after `of`, `a`, `says`, `score` and the
like (`a clock showing 4:5`, `a chip called 4k`) they are part of the sentence. A prompt's only word is never taken. In
an instruction such as `make it 4k` or `crop to 1:1` they are read and left standing, for the sentence needs them.
Bare names of tiers are never read (`a golf pro`), nor is a bare `512` (`room 512`).
"""

from __future__ import annotations

import re

from bot.domain.claims import CLAIMS, OBJECTS
from bot.domain.glyphs import COLONS, TIMES
from bot.domain.quotes import is_inside, quoted
from bot.domain.values import RATIOS, Reading

RATIO = "|".join(ratio.replace(":", f"[{COLONS}]") for ratio in RATIOS)
BY = f"[{TIMES}]"
TAIL = re.compile(
    rf"(?<![^\s,;(\[`])(?:--?)?(?:(?P<ratio>{RATIO}|16{BY}9|9{BY}16|21{BY}9)|(?P<size>512px|[124][kK])"
    r"|(?P<count>[x\u00d7][1-4]|[1-4][x\u00d7]))(?:,?\s+(?i:resolution|quality|format|aspect[\s-]ratio|ratio|please))*[\s)\].,;!`]*\Z"
)
IN_RATIO = r"in\s+|(?:(?:with|in|at)\s+)?(?:an?\s+)?(?:aspect\s+ratio|ratio)(?:\s+of)?[:=]?\s+"
IN_SIZE = r"in\s+|at\s+|(?:(?:in|at)\s+)?(?:size|resolution)(?:\s+of)?[:=]?\s+"
INTRODUCTIONS = {
    "ratio": re.compile(rf"\b(?:{IN_RATIO})\Z", re.IGNORECASE),
    "size": re.compile(rf"\b(?:{IN_SIZE})\Z", re.IGNORECASE),
    "count": re.compile(r"(?!)"),
}
INSTRUCTION = re.compile(
    r"(?:(?:please|now|then|and|ok|okay|can\s+you|could\s+you)[,\s]+)*(?:make|change|convert|turn|crop|resize|set|"
    r"switch|extend|expand|outpaint|zoom|upscale|render|redo|use|try|do|give)\b",
    re.IGNORECASE,
)
GAP = " \t\n,;([`"
SEPARATORS = "|/+>:-\u2013\u2014"
NEAR = 60  # how far back a bare word and what introduces it can stand, in characters


def take(text: str) -> tuple[str, list[Reading]]:
    """The text without its bare words, and what they say, in the order typed."""
    spans, readings = quoted(text), list[Reading]()
    while tail := TAIL.search(text, max(0, len(text) - NEAR)):
        option = str(tail.lastgroup)
        before = _introduced(text[: tail.start()], option)
        if is_inside(spans, tail.start(option)) or not re.search(r"\w", before):
            break
        if option != "count" and _instructs(before):
            readings.insert(0, (option, tail[option]))
            break
        if _last_word(before) in CLAIMS[option]:
            break
        readings.insert(0, (option, tail[option]))
        text = _ended(before)
    return text, readings


def _introduced(before: str, option: str) -> str:
    introduction = INTRODUCTIONS[option].search(before, max(0, len(before) - NEAR))
    return before[: introduction.start()] if introduction else before


def _ended(before: str) -> str:
    """Without the comma or the stroke that set the bare word apart; a stroke that belongs to a word (`C++`) stays."""
    words = before.rstrip(GAP)
    bare = words.rstrip(SEPARATORS)
    return bare.rstrip(GAP) if bare[-1:].isspace() else words


def _instructs(before: str) -> bool:
    return _last_word(before) in OBJECTS and INSTRUCTION.match(before) is not None


def _last_word(before: str) -> str:
    """The word right before the end of the text; none where a comma or a new line stands between."""
    near = before[-NEAR:].rstrip(" \t")
    return near.split()[-1].casefold() if near and not near[-1].isspace() else ""
