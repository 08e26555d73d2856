"""Mishaps on demand: the next calls of a method fail in the way a test asked for."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.playground.slack.shapes import Json

KINDS = frozenset({"error", "retry_after", "status", "text", "kind", "hang", "drop", "delay", "messages"})
FAILED = "the pretend server failed as it was told to"


@dataclass
class Faults:
    """Faults waiting to happen, oldest first. A method of None or "*" means any method.

    `status` may have the answer's `text` and its `kind` beside it: what stands before Slack has pages of its own.
    """

    waiting: list[Json] = field(default_factory=list)

    def add(self, wanted: Json) -> None:
        """Add a fault as the control API describes it; raises ValueError for one that is not known."""
        fault = wanted.get("fault")
        if not isinstance(fault, dict) or not fault or set(fault) - KINDS:
            raise ValueError(f"unknown fault: {fault!r}")
        times = int(wanted.get("times", 1))
        self.waiting.append({"method": wanted.get("method"), "times": times, "fault": fault})

    def take(self, method: str) -> dict[str, Any]:
        """The fault for this call, used up by one, or an empty one."""
        for entry in self.waiting:
            if entry["method"] in (None, "*", method):
                entry["times"] -= 1
                if entry["times"] <= 0:
                    self.waiting.remove(entry)
                return dict(entry["fault"])
        return {}


async def suffer_before(fault: Json, request: web.Request) -> web.Response | None:
    """Do the part of a fault that comes before the work; an answer means the work must not be done."""
    await asyncio.sleep(float(fault.get("delay", 0)))
    if "hang" in fault:
        await asyncio.sleep(float(fault["hang"]))
        return cut(request)
    if fault.get("drop") == "before":
        return cut(request)
    if "status" in fault:
        kind = fault.get("kind", "text/plain")
        return web.Response(status=int(fault["status"]), text=fault.get("text", FAILED), content_type=kind)
    return None


def cut(request: web.Request) -> web.Response:
    """Cut the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
