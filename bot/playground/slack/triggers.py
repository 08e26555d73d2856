"""Trigger ids: three seconds, one use."""

import secrets
import time
from collections.abc import Callable

from bot.playground.slack.refusals import Refusal

SECONDS = 3.0


class Triggers:
    """Trigger ids handed out with commands and clicks, and whose they are."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._known: dict[str, tuple[float, str]] = {}
        self._used: set[str] = set()

    def hand_out(self, person: str) -> str:
        """A fresh trigger id for something this person just did."""
        trigger = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._known[trigger] = (self._now(), person)
        return trigger

    def exchange(self, trigger: str) -> str:
        """Use a trigger up; returns whose it was. Refuses unknown, late and used ones with Slack's words."""
        if trigger not in self._known:
            raise Refusal("invalid_trigger_id")
        at, person = self._known[trigger]
        if self._now() - at > SECONDS:
            raise Refusal("expired_trigger_id")
        if trigger in self._used:
            raise Refusal("exchanged_trigger_id")
        self._used.add(trigger)
        return person
