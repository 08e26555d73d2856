"""Reactions: who put which emoji under a message, and what the app hears of it."""

import re

from bot.playground.slack import events, messages
from bot.playground.slack.channel import Channel
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Message

MOST_BY_ONE = 23  # Slack's limits on one message: emoji by one person, and different ones in all
MOST_KINDS = 50
ALIASES = {"thumbsup": "+1", "thumbsdown": "-1"}
_NAME = re.compile(r"^((?:(?![A-Z])[\w+'-]){1,100})(::skin-tone-[2-6])?$")


def react(slack: Slack, person: str, channel: Channel, ts: str, name: str) -> None:
    """Add a reaction, or take it back when it is already theirs: what a click on the page does."""
    message = find_message(channel, ts)
    put(slack, channel, message, person, name, on=not _has(message, person, canonical(name)))


def put(slack: Slack, channel: Channel, message: Message, person: str, name: str, *, on: bool) -> None:
    """Add or take away one person's reaction and tell the app, if it listens to reactions.

    Refuses with already_reacted, no_reaction, invalid_name or too_many_emoji, as Slack does.
    """
    name = canonical(name)
    if _has(message, person, name) is on:
        raise Refusal("already_reacted" if on else "no_reaction")
    if on:
        _check_room(message, person, name)
    counts: dict[str, list[str]] = {r["name"]: list(r["users"]) for r in message.get("reactions", [])}
    counts[name] = [other for other in counts.get(name, []) if other != person] + ([person] if on else [])
    message["reactions"] = [{"name": n, "users": u, "count": len(u)} for n, u in counts.items() if u]
    if not message["reactions"]:
        del message["reactions"]
    messages.show_again(slack, channel, message["ts"])
    _tell(slack, channel, message, "reaction_added" if on else "reaction_removed", person, name)


def canonical(name: str) -> str:
    """The name Slack knows an emoji by, skin tone included, such as "+1::skin-tone-3"."""
    found = _NAME.match(name.strip().removeprefix(":").removesuffix(":"))
    if found is None:
        raise Refusal("invalid_name")
    return ALIASES.get(found[1], found[1]) + (found[2] or "")


def find_message(channel: Channel, ts: str) -> Message:
    """A message that can be reacted to: one that everybody sees and nobody has deleted."""
    message = channel.messages.get(ts)
    if message is None or message.get("subtype") == "tombstone":
        raise Refusal("message_not_found")
    return message


def _has(message: Message, person: str, name: str) -> bool:
    return any(r["name"] == name and person in r["users"] for r in message.get("reactions", []))


def _check_room(message: Message, person: str, name: str) -> None:
    given = message.get("reactions", [])
    if sum(person in r["users"] for r in given) >= MOST_BY_ONE:
        raise Refusal("too_many_emoji")
    if len(given) >= MOST_KINDS and name not in {r["name"] for r in given}:
        raise Refusal("too_many_reactions")


def _tell(slack: Slack, channel: Channel, message: Message, kind: str, person: str, name: str) -> None:
    if channel.has_app:
        item = {"type": "message", "channel": channel.id, "ts": message["ts"]}
        event = {"type": kind, "user": person, "reaction": name, "item": item, "item_user": message["user"]}
        events.tell(slack, event)
