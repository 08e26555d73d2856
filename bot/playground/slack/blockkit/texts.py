"""Composition objects: texts, options, confirm dialogs, pictures. Limits are those of Slack's reference."""

import ipaddress
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bot.playground.slack.blockkit.rules import (
    Rule,
    Shape,
    at,
    boolean,
    exactly_one,
    items,
    one_of,
    string,
    typed,
)

ID = string(255)


def plain(most: int, least: int = 1) -> Rule:
    """A plain_text object."""
    return typed({"plain_text": Shape({"text": string(most, least)}, {"emoji": boolean})})


def words(most: int) -> Rule:
    """A plain_text or mrkdwn object."""
    kinds = {
        "plain_text": Shape({"text": string(most)}, {"emoji": boolean}),
        "mrkdwn": Shape({"text": string(most)}, {"verbatim": boolean}),
    }
    return typed(kinds)


CONFIRM = Shape(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
SLACK_FILE = Shape({}, {"id": string(255), "url": string(3000)}, (exactly_one("id", "url"),))


def option(text: Rule) -> Shape:
    """One choice; `text` is the rule for its label."""
    return Shape({"text": text, "value": string(150)}, {"description": plain(75)})


def options(least: int, most: int) -> Rule:
    """Choices with plain labels."""
    return items(option(plain(75)), least, most)


GROUPS = items(Shape({"label": plain(75), "options": options(1, 100)}), 1, 100)


def reachable(value: Any, pointer: str) -> Iterator[str]:
    """An address Slack can fetch a picture from: public http or https."""
    yield from string(3000)(value, pointer)
    scheme, host = _split(value)
    if isinstance(value, str) and (scheme not in ("http", "https") or not _is_public(host)):
        yield at(pointer, "downloading image failed")


def link(value: Any, pointer: str) -> Iterator[str]:
    """An address that a person may be sent to."""
    yield from string(3000)(value, pointer)
    if isinstance(value, str) and not _split(value)[0]:
        yield at(pointer, "must be a valid url")


def _split(value: Any) -> tuple[str, str | None]:
    try:
        parts = urlsplit(str(value))
    except ValueError:
        return "", None
    return parts.scheme, parts.hostname


def _is_public(host: str | None) -> bool:
    if not host or "." not in host or host.endswith((".local", ".internal")):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True
