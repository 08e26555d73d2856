"""What people type, read: a prompt and the options beside it.

Flags stand anywhere (`bot.domain.flags`), bare words at the end (`bot.domain.endings`); a flag outweighs a bare word,
and of two that say the same thing the last one holds, as on any command line. Words in double quotes are lettering and
stay exactly as typed (`bot.domain.quotes`). The text may be Slack's (`bot.domain.markup`); the prompt is plain text,
without Slack's escaping, and must be escaped again to be shown there. So must the facts below.

The reasons of the errors, with their facts:

    prompt_empty                                  nothing but punctuation is left beside the flags
    flag_unknown        flag, suggestion          suggestion is "--ar" or another flag, or ""
    flag_value_missing  flag
    ratio_unknown       given, known              known is a list, joined by ", "
    size_unknown        given, known
    count_unknown       given, most
    tier_unknown        given, known
    think_unknown       given, known
    ground_unknown      given
    later_unknown       given
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import reduce

from bot.domain import endings, flags
from bot.domain.markup import plain, tidy
from bot.domain.options import Options
from bot.domain.values import Reading, apply
from bot.errors import PersonCanFix

SAYING = "LMNS"  # letters, marks, numbers and symbols (emoji are symbols): punctuation alone asks for nothing


@dataclass(frozen=True, slots=True)
class Parsed:
    """The prompt without its flags, and what they say."""

    prompt: str
    options: Options


def parse(text: str) -> Parsed:
    """Read what was typed. Raises PersonCanFix, and nothing else, for any text."""
    parsed = read(text)
    if not any(unicodedata.category(glyph)[0] in SAYING for glyph in parsed.prompt):
        raise PersonCanFix("prompt_empty")
    return parsed


def read(text: str) -> Parsed:
    """Read what was typed where a prompt may be missing: flags alone, beside a picture. Raises like `parse`."""
    words, before = plain(text), ""
    flagged: list[Reading] = []
    bare: list[Reading] = []
    while words != before:  # taking a flag out can bring another to light: `-n -n 2 2`
        before = words
        words, found = flags.take(tidy(words))
        flagged += found
        words, found = endings.take(words)
        bare = found + bare
    return Parsed(words, reduce(apply, bare + flagged, Options()))
