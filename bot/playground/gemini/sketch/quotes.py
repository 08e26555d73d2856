"""Finds the words that are to be lettered in the picture."""

from __future__ import annotations

import re

MARKED = re.compile(r"\[[^\]]*\]")
QUOTED = re.compile(
    r"“([^”]{1,120})”|\"([^\"]{1,120})\"|«([^»]{1,120})»|(?:(?<=\s)|^)['‘]([^'’]{1,120})['’](?=[\s.,;!?]|$)"
)
ASKED = re.compile(
    r"\b(?:text|words?|caption|title|lettering|headline|slogan|inscription|saying|says|titled)\b"
    r"(?:\s+(?:of|that\s+says|saying|reading|which\s+says|with))?\s*:?\s+([^\n,;]{1,80})",
    re.IGNORECASE,
)
SHOUTED = re.compile(r"\b(?:reading|reads|label|labell?ed|sign|poster|banner|logo)\b\s*:?\s+([A-Z][^\n,;]{1,80})")
LOW = re.compile(r"\b(?:(?:at|on|along|across|to) the bottom|underneath|below it|as a footer)\b", re.IGNORECASE)
CAPITALS = re.compile(r"^((?:[A-Z0-9][A-Z0-9!?&%'+.-]*)(?:\s+[A-Z0-9][A-Z0-9!?&%'+.-]*)*)")
TAIL = re.compile(r"\s+(?:in|on|at|to|across|above|below|under|over|near|with|and)\s.*$", re.IGNORECASE)


def take_lettering(words: str) -> tuple[tuple[str, ...], str]:
    """The lettered words, and the rest of the sentence without them."""
    rest = MARKED.sub(" ", words)
    found = [next(group for group in match.groups() if group).strip() for match in QUOTED.finditer(rest)]
    rest = QUOTED.sub(" ", rest)
    if not found:
        asked = ASKED.search(rest) or SHOUTED.search(rest)
        wanted = plain_words(asked.group(1)) if asked else ""
        if asked and wanted:
            found = [wanted]
            rest = rest[: asked.start()] + " " + rest[asked.start(1) + len(wanted) :]
    return tuple(text for text in found if text), rest


def words_place(sentence: str) -> str:
    """ "bottom" when the words are to go there, "" when nobody says so."""
    return "bottom" if LOW.search(MARKED.sub(" ", sentence)) else ""


def plain_words(said: str) -> str:
    """Without quotes, what is lettered is the words in capitals, or else all up to the next preposition."""
    capitals = CAPITALS.match(said)
    if capitals and len(capitals.group(1)) > 1:
        return capitals.group(1).rstrip(".")
    return TAIL.sub("", said).strip().rstrip(".")
