"""What a grounded answer says of its sources. The addresses are reserved example ones: nothing is ever fetched."""

from __future__ import annotations

from html import escape
from typing import Any

from bot.playground.gemini.asks import Ask

LONGEST_QUERY = 80


def metadata(ask: Ask) -> dict[str, Any]:
    """groundingMetadata for a request that asked for web search, image search or both."""
    query = " ".join(ask.prompt.split())[:LONGEST_QUERY]
    found: dict[str, Any] = {"groundingChunks": [], "groundingSupports": []}
    if "web" in ask.searches:
        found["webSearchQueries"] = [query]
        found["groundingChunks"].append(
            {"web": {"uri": "https://example.com/what-it-looks-like", "title": "example.com"}}
        )
    if "image" in ask.searches:
        found["imageSearchQueries"] = [query]
        found["groundingChunks"].append({"image": image_source(query)})
    chip = f'<div class="container"><a class="chip" href="https://www.google.com/search?q=x">{escape(query)}</a></div>'
    found["searchEntryPoint"] = {"renderedContent": f"<style>.chip {{ padding: 4px }}</style>\n{chip}"}
    return found


def image_source(query: str) -> dict[str, str]:
    return {
        "sourceUri": "https://example.org/page-with-the-picture",
        "imageUri": "https://example.org/picture.jpg",
        "title": query,
        "domain": "example.org",
    }
