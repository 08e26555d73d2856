"""What happened: every call that came in, every delivery that went out."""

import time
from typing import Any

from bot.playground.slack.shapes import Json


class Journal:
    """Two lists, oldest first; the control API hands them out as they are."""

    def __init__(self) -> None:
        self.calls: list[Json] = []
        self.deliveries: list[Json] = []

    def note_call(self, at: float, method: str, args: Json, answer: Json, status: int) -> None:
        """Note an API call that came in `at` (seconds since 1970); tokens are not kept."""
        kept = {name: "(redacted)" if name == "token" else value for name, value in args.items()}
        entry: Json = {"at": at, "api": "slack", "method": method, "args": kept, "status": status}
        self.calls.append(entry | {"ok": bool(answer.get("ok")), "error": answer.get("error")})

    def note_delivery(self, kind: str, **facts: Any) -> None:
        """Note one attempt to hand something to the app."""
        self.deliveries.append({"at": time.time(), "kind": kind, **facts})

    def clear(self) -> None:
        """Forget both lists."""
        self.calls.clear()
        self.deliveries.clear()
