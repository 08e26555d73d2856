"""What happened: every call that came in, every delivery that went out."""

import time
from typing import Any

from bot.playground.slack.shapes import Json

MOST = 50_000


class Journal:
    """Two lists, oldest first; the control API hands them out as they are."""

    def __init__(self) -> None:
        self.calls: list[Json] = []
        self.deliveries: list[Json] = []

    def open_call(self, method: str, path: str) -> Json:
        """Note a call as soon as it comes in; what became of it is noted on the same entry later."""
        entry: Json = {"at": time.time(), "api": "slack", "method": method, "path": path, "args": {}}
        entry |= {"ok": None, "error": None, "status": None}
        del self.calls[: -MOST + 1]
        self.calls.append(entry)
        return entry

    def note_delivery(self, at: float, kind: str, **facts: Any) -> None:
        """Note one attempt to hand something to the app, begun `at` (seconds since 1970)."""
        del self.deliveries[: -MOST + 1]
        self.deliveries.append({"at": at, "kind": kind, **facts})

    def clear(self) -> None:
        """Forget both lists."""
        self.calls.clear()
        self.deliveries.clear()


def redacted(args: Json) -> Json:
    """Arguments without the token."""
    return {name: "(redacted)" if name == "token" else value for name, value in args.items()}


def close_call(entry: Json, answer: Json, status: int) -> None:
    """Note how a call ended."""
    entry |= {"ok": bool(answer.get("ok")), "error": answer.get("error"), "status": status}
