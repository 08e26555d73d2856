"""Where the model looked before it drew: pages and searches, bounded, for people to follow."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bot.domain.pictures import Source
from bot.engines.leniency import field, objects, text, texts

MOST = 20
LONGEST_URI = 2000  # characters; a cut link leads nowhere, so a longer one is left out
LONGEST_TITLE = 300
LONGEST_QUERY = 300


def sources(candidate: dict[str, Any]) -> tuple[Source, ...]:
    """The pages, each once. Of a picture that was found it is the page it stands on, as Google's terms ask."""
    found: dict[str, Source] = {}
    for chunk in objects(field(candidate, "groundingMetadata"), "groundingChunks"):
        if source := _source(chunk):
            found.setdefault(source.uri, source)
    return tuple(found.values())[:MOST]


def queries(candidate: dict[str, Any]) -> tuple[str, ...]:
    """What was searched for, each once."""
    asked = (" ".join(query.split())[:LONGEST_QUERY] for query in _asked(candidate))
    return tuple(dict.fromkeys(query for query in asked if query))[:MOST]


def searches(candidate: dict[str, Any]) -> int:
    """How many searches were made; each is billed."""
    return len(_asked(candidate))


def _asked(candidate: dict[str, Any]) -> list[str]:
    metadata = field(candidate, "groundingMetadata")
    return texts(metadata, "webSearchQueries") + texts(metadata, "imageSearchQueries")


def _source(chunk: dict[str, Any]) -> Source | None:
    for kind, name in (("web", "uri"), ("image", "sourceUri")):
        told = field(chunk, kind)
        uri = text(told, name).strip()
        if _is_link(uri):
            title = " ".join((text(told, "title") or text(told, "domain") or urlsplit(uri).netloc).split())
            return Source(title[:LONGEST_TITLE], uri)
    return None


def _is_link(uri: str) -> bool:
    if len(uri) > LONGEST_URI or not uri.isprintable() or " " in uri:
        return False
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
