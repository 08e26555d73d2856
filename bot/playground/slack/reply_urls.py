"""Response URLs: five uses in thirty minutes, good even where the app is no member."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.slack.refusals import Refusal

SECONDS = 30 * 60.0
USES = 5


@dataclass
class ReplyUrl:
    """Where a response URL leads: a channel, the person who acted, and the message with the button, if any."""

    channel: str
    person: str
    message_ts: str | None
    at: float
    uses: int = 0


class ReplyUrls:
    """The response URLs handed out so far."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._known: dict[str, ReplyUrl] = {}

    def hand_out(self, channel: str, person: str, message_ts: str | None) -> str:
        """The id of a fresh response URL."""
        token = secrets.token_urlsafe(18)
        self._known[token] = ReplyUrl(channel, person, message_ts, self._now())
        return token

    def look_up(self, token: str) -> ReplyUrl:
        """What this URL leads to. Refuses unknown, expired and used-up ones."""
        found = self._known.get(token)
        if found is None or self._now() - found.at > SECONDS:
            raise Refusal("expired_url")
        if found.uses >= USES:
            raise Refusal("used_url")
        return found
