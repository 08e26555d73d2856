"""Pictures that some gateways put into the text of an answer, as data URLs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.engines.runs import Runs
from bot.ports import Given, Said

MARK = "data:image/"
LEAST = 64  # bytes; no picture is smaller, but an example of such a URL in a sentence is
PREFIX = r"data:(image/[A-Za-z0-9.+-]+)(?:;[A-Za-z0-9=.-]+)*;base64,"
BRACKETS = r"!?\[[^\[\]\n]{0,500}\]"  # bounded, like what follows an address: a model may write nothing but brackets


def drawn(parts: Sequence[Said], runs: Runs) -> list[Said]:
    """The parts, where the last data URL that is a picture has become one.

    It has no signature: what its part was signed with is for the words as they came. No such URL is left in the words,
    nor the brackets Markdown puts around it.
    """
    if not any(MARK in part.text for part in parts):
        return list(parts)
    address = rf"{PREFIX}\s*((?:{runs.pattern}|[A-Za-z0-9+/_=-]++)++)"
    marked = re.compile(rf"{BRACKETS}\(\s*{address}[^)\n]{{0,500}}\)|{address}")
    out: list[Said] = []
    found = False
    for part in reversed(parts):
        given = None if part.thought or found else _last(marked, part.text, runs)
        found = found or given is not None
        if part.thought or not marked.search(part.text):
            out.append(part)
            continue
        words = Said(marked.sub("", part.text).strip(), None, None if given else part.signature)
        out += [Said("", given), words] if given else [words]
    return out[::-1]


def _last(marked: re.Pattern[str], told: str, runs: Runs) -> Given | None:
    for found in reversed(list(marked.finditer(told))):
        try:
            data = runs.data(found[2] or found[4])
        except ValueError:
            continue
        if len(data) >= LEAST:
            return Given(data, found[1] or found[3])
    return None
