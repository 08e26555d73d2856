"""Slack's way to write text: what must be escaped, and how to cut and to quote what is."""

from __future__ import annotations

import re


def escape(text: str) -> str:
    """The three characters that Slack gives a meaning."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, most: int) -> str:
    """At most so many characters, never ending inside an escape such as `&amp;`."""
    return text if len(text) <= most else re.sub(r"&[a-z]{0,3}$", "", text[: most - 1]) + "…"


def quoted(words: str, most: int = 2000) -> str:
    """Someone's words, escaped, every line of them marked as a quotation; `most` characters, escapes included."""
    return "\n".join(f"> {line}" for line in cut(escape(words), most).splitlines() if line.strip())
