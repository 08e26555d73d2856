"""From a pressed button or a reaction to a person's word on a picture: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.requests import Place
from bot.domain.spend import Verdict

KEEP, DISCARD = "keep", "discard"
UP, DOWN = frozenset({"+1", "thumbsup"}), frozenset({"-1", "thumbsdown"})
MOMENT = re.compile(r"(\d{1,11})(?:\.(\d+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Thumb:
    """A thumb put on a message, or taken off it; `post` is the message's timestamp, `ours` whether the bot wrote it."""

    place: Place
    post: str
    ours: bool
    person: str
    moment: int
    kept: bool | None
    said: bool | None

    def on(self, pictures: tuple[str, ...]) -> tuple[Verdict, ...]:
        """What it says of the pictures that the message shows."""
        by = (self.person, self.kept, self.moment)
        return tuple(Verdict(picture, *by, by_reaction=True, said=self.said) for picture in pictures)

    def taken_from(self, message: dict[str, Any]) -> Thumb:
        """Taken off, but another thumb of the same person still stands on the message: of both, that of the same word.

        Slack may leave people out who reacted where they are many; who is not named has none.
        """
        standing = {
            name in UP
            for each in message.get("reactions") or []
            if (name := _toneless(each.get("name"))) in UP | DOWN and self.person in (each.get("users") or ())
        }
        return replace(self, kept=self.said if self.said in standing else next(iter(standing), None))


def of_press(body: dict[str, Any], action: dict[str, Any]) -> tuple[Verdict, ...]:
    """What a press on Keep or Discard says of the pictures that its value names."""
    person, at = body["user"]["id"], moment(action["action_ts"])
    kept = action["action_id"] == KEEP
    return tuple(Verdict(picture, person, kept, at) for picture in pictures(action["value"]))


def of_reaction(event: dict[str, Any], team: str, me: str) -> Thumb | None:
    """A thumb on a message; None for any other reaction, and for the bot's own."""
    name = _toneless(event.get("reaction"))
    item, person = event.get("item") or {}, event.get("user")
    if name not in UP | DOWN or person in (None, "", me) or item.get("type") != "message":
        return None
    if not (item.get("channel") and item.get("ts")):
        return None
    place, ours, at = Place(team, item["channel"]), event.get("item_user") == me, moment(str(event.get("event_ts")))
    kept, said = (name in UP, None) if event["type"] == "reaction_added" else (None, name in UP)
    return Thumb(place, str(item["ts"]), ours, str(person), at, kept, said)


def pictures(value: str) -> tuple[str, ...]:
    """The pictures that a button's value names."""
    return tuple(filter(None, value.split(",")))


def _toneless(name: str | None) -> str:
    """ "+1::skin-tone-3" is the same thumb."""
    return str(name or "").partition("::")[0]


def moment(ts: str) -> int:
    """Slack's timestamp in microseconds since 1970; 0 for what is none."""
    if not (found := MOMENT.fullmatch(ts)):
        return 0
    return int(found[1]) * 1_000_000 + int((found[2] or "")[:6].ljust(6, "0"))
