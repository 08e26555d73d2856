"""How the pretend Slack says no."""

from typing import Any


class Refusal(Exception):
    """An answer `{"ok": false, "error": …}`; everything in `extra` is sent beside the error code."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra

    @classmethod
    def because(cls, error: str, *reasons: str) -> "Refusal":
        """Refuse with Slack's list of reasons, as `response_metadata.messages` carries them."""
        return cls(error, response_metadata={"messages": [f"[ERROR] {reason}" for reason in reasons]})
