"""What a person typed, as Slack passes it on: escaped, links marked, and as a rich_text block."""

import re
from collections.abc import Iterable

from bot.playground.slack.cast import Person
from bot.playground.slack.channel import Channel
from bot.playground.slack.shapes import Json

_ENTITY = re.compile(r"<(?:[@#][A-Z0-9]+(?:\|[^<>|]*)?|![a-z]+)>")
_LINK = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\"']")
_TOKEN = re.compile(r"<(@[A-Z0-9]+|#[A-Z0-9]+|![a-z]+|https?://[^>|]+)(?:\|([^>]*))?>|:([\w+'-]+):")


def escape(typed: str) -> str:
    """Escape &, < and > as Slack does, keep mentions such as <@U0ANA>, and put links into <…>."""
    parts: list[str] = []
    at = 0
    for entity in _ENTITY.finditer(typed):
        parts += [_plain(typed[at : entity.start()]), entity.group()]
        at = entity.end()
    return "".join([*parts, _plain(typed[at:])])


def escape_command(typed: str, people: Iterable[Person], channels: Iterable[Channel]) -> str:
    """The text of a command declared with should_escape: @ana and #general become ids, links are marked."""
    for person in people:
        typed = re.sub(rf"(?<!\S)@{re.escape(person.name)}\b", f"<@{person.id}|{person.name}>", typed)
    for room in channels:
        name = room.name if room.kind == "channel" else ""
        typed = re.sub(rf"(?<!\S)#{re.escape(room.name)}\b", f"<#{room.id}|{name}>", typed)
    return escape(typed)


def rich_text(text: str, block_id: str) -> Json:
    """The rich_text block that Slack's composer makes of a message."""
    elements: list[Json] = []
    at = 0
    for token in _TOKEN.finditer(text):
        _add_words(elements, text[at : token.start()])
        elements.append(_element(token))
        at = token.end()
    _add_words(elements, text[at:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _plain(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINK.sub(lambda link: f"<{link.group()}>", text)


def _add_words(elements: list[Json], text: str) -> None:
    if text:
        words = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        elements.append({"type": "text", "text": words})


def _element(token: "re.Match[str]") -> Json:
    what, label, emoji = token.groups()
    if emoji:
        return {"type": "emoji", "name": emoji}
    if what[0] == "@":
        return {"type": "user", "user_id": what[1:]}
    if what[0] == "#":
        return {"type": "channel", "channel_id": what[1:]}
    if what[0] == "!":
        return {"type": "broadcast", "range": what[1:]}
    link: Json = {"type": "link", "url": what.replace("&amp;", "&")}
    return link | ({"text": label} if label else {})
