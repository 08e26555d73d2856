"""The line "Threadpaint is painting…" in a thread."""

import time
from dataclasses import dataclass, field

from bot.playground.slack.shapes import Json

SECONDS = 120.0


@dataclass(frozen=True)
class Status:
    """A status of a thread; it vanishes after two minutes, or when the app posts there."""

    text: str
    loading_messages: list[str]
    at: float = field(default_factory=time.monotonic)

    def shown(self) -> Json:
        return {"text": self.text, "loading_messages": self.loading_messages}
