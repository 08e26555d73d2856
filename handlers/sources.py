"""Where a model looked before it drew, as links: Google's terms ask that sources and searches are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote, quote_plus, urlsplit

from bot.domain.pictures import Picture
from handlers.mrkdwn import cut, escape

MOST = 10
ROOM = 2800  # characters of one line; Slack takes 3,000
MOST_QUERY = 200
SEARCH = "https://www.google.com/search?q="
# What stands in an address as it is; what would end a link of Slack's, or its address, is percent-encoded.
PLAIN = "%:/?#[]@!$&'()*+,;=~-._"


def lines(pictures: Sequence[Picture]) -> Iterator[str]:
    """One line of pages and one of searches, where there were any; nothing is named twice."""
    pages = _apart(_page(source.title, source.uri) for picture in pictures for source in picture.sources)
    searches = dict.fromkeys(_search(query) for picture in pictures for query in picture.queries)
    for start, links in (("Looked at", pages), ("Searched for", searches)):
        if found := [link for link in links if link]:
            yield f"{start}: {_listed(found)}"


def _apart(links: Iterable[str]) -> list[str]:
    """Each once; pages of one name are told apart by a number."""
    seen: Counter[str] = Counter()
    told = []
    for link in dict.fromkeys(links):
        label = link.partition("|")[2]
        seen[label] += 1
        told.append(link if seen[label] == 1 else f"{link[:-1]} ({seen[label]})>")
    return told


def _page(title: str, uri: str) -> str:
    """A link, or "" for what no browser should be sent to."""
    try:
        parts = urlsplit(uri.strip())
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    return _link(quote(uri.strip(), safe=PLAIN, errors="replace"), title.strip() or parts.hostname)


def _search(query: str) -> str:
    words = " ".join(query.split())[:MOST_QUERY]
    return _link(SEARCH + quote_plus(words, errors="replace"), words) if words else ""


def _link(address: str, label: str) -> str:
    shown = cut(escape(" ".join(label.split()).replace("|", "/")), 80)
    return f"<{escape(address)}|{shown}>"


def _listed(links: Iterable[str]) -> str:
    """As many as there is room for, and how many more there were."""
    shown: list[str] = []
    more = 0
    for link in links:
        if len(shown) < MOST and len(", ".join([*shown, link])) <= ROOM:
            shown.append(link)
        else:
            more += 1
    if not shown:
        return f"{more} page{'' if more == 1 else 's'} without a short address"
    return ", ".join(shown) + (f" and {more} more" if more else "")
