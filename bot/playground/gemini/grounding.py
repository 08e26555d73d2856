"""What a grounded answer says of its sources. The addresses are reserved example ones: nothing is ever fetched."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import quote_plus

from bot.playground.gemini.asks import Ask

LONGEST_QUERY = 80
MOST_QUERIES = 3  # one request may search several times, and each time is billed
MAGIC = re.compile(r"\[[a-z0-9 ]+\]", re.IGNORECASE)
BETWEEN = re.compile(r"[.;,\n]+|\band\b")
STYLE = "<style>\n.container { align-items: center; display: flex; }\n.chip { padding: 4px 12px; }\n</style>"


def metadata(ask: Ask) -> dict[str, Any]:
    """groundingMetadata for a request that asked for web search, image search or both."""
    wanted = queries(ask.wish)
    found: dict[str, Any] = {"groundingChunks": []}
    if "web" in ask.searches:
        found["webSearchQueries"] = wanted
        found["groundingChunks"] += [{"web": web_source(query)} for query in wanted]
    if "image" in ask.searches:
        found["imageSearchQueries"] = wanted[:1]
        found["groundingChunks"].append({"image": image_source(wanted[0])})
    chips = "\n".join(chip(query) for query in wanted)
    found["searchEntryPoint"] = {"renderedContent": f'{STYLE}\n<div class="container">\n{chips}\n</div>'}
    supported = {"segment": {"endIndex": len(wanted[0]), "text": wanted[0]}, "groundingChunkIndices": [0]}
    return found | {"groundingSupports": [supported]}


def queries(words: str) -> list[str]:
    """What would be searched for: the prompt's own words, a query a clause."""
    pieces = [" ".join(piece.split()) for piece in BETWEEN.split(MAGIC.sub(" ", words))]
    found = [piece[:LONGEST_QUERY] for piece in pieces if piece]
    return list(dict.fromkeys(found))[:MOST_QUERIES] or ["picture"]


def chip(query: str) -> str:
    return f'<a class="chip" href="https://www.google.com/search?q={quote_plus(query)}">{escape(query)}</a>'


def web_source(query: str) -> dict[str, str]:
    return {"uri": f"https://example.com/about?q={quote_plus(query)}", "title": "example.com", "domain": "example.com"}


def image_source(query: str) -> dict[str, str]:
    return {
        "sourceUri": "https://example.org/page-with-the-picture",
        "imageUri": "https://example.org/picture.jpg",
        "title": query,
        "domain": "example.org",
    }
