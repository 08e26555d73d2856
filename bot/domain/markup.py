"""From the text as Slack hands it over to the words a person typed.

Slack escapes `&`, `<` and `>` and writes everything else it understood between `<` and `>`: mentions, channels, links
(docs.slack.dev, "Formatting message text"). Names and labels are what a person saw, so they are what is kept; an id
without a name (`<@U123>`) says nothing to a model and is dropped.
"""

from __future__ import annotations

import re

from bot.domain.glyphs import CONTROLS, DASHES, NEWLINES, SPACES, UNSEEN
from bot.domain.quotes import outside

MARK = re.compile(r"(?<![ \t])([ \t]*+)<([@#!]|[a-z][a-z0-9+.-]*:)([^<>|\n]*)(?:\|([^<>\n]*))?>", re.IGNORECASE)
ESCAPE = re.compile(r"&(amp|lt|gt);")
ESCAPED = {"amp": "&", "lt": "<", "gt": ">"}
NEWLINE = re.compile(f"\r\n|[{NEWLINES}]")
CONTROL = re.compile(f"[{CONTROLS}]")
ODD_SPACE = re.compile(f"[{SPACES}]")
NO_SPACE = re.compile("[\u00ad\u200b\u2060\ufeff]+")
# Joiners and direction marks matter inside emoji, Persian, Hindi, Arabic; beside ASCII they only hide flags.
STRAY = re.compile(f"(?<=[!-~])[{UNSEEN}]+|(?<![{UNSEEN}])[{UNSEEN}]++(?=[!-~])")
CODE = re.compile(rf"(`{{1,3}})((?=\s*[-{DASHES}])[^`]*)\1|\A\s*(`{{1,3}})([^`]*)\3\s*\Z")


def plain(text: str) -> str:
    """The words, without Slack's escaping, without what no database stores and no model reads."""
    words = ESCAPE.sub(lambda escape: ESCAPED[escape[1]], MARK.sub(_seen, text))
    words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return CONTROL.sub("", NEWLINE.sub("\n", words))


def tidy(text: str) -> str:
    """Ordinary spaces, nothing invisible and no code marks around flags; words in quotes stay as typed."""
    return CODE.sub(lambda code: code[2] or code[4] or "", outside(text, _ordinary)).strip(" \t\n,;")


def _ordinary(words: str) -> str:
    return STRAY.sub("", NO_SPACE.sub("", ODD_SPACE.sub(" ", words)))


def _seen(mark: re.Match[str]) -> str:
    space, kind, target, label = mark[1], mark[2], mark[3], mark[4]
    if kind in "@#!":
        name = label or (target if kind == "!" and target.isalpha() else "")
        sign = {"@": "@", "#": "#", "!": "" if label else "@"}[kind]
        return space + sign + name.removeprefix(sign) if name else ""
    return space + (label or kind + target)
