"""What people read while they wait, and when they have had enough of it."""

from __future__ import annotations

import time
from math import ceil

from bot.ports import Cancelled, Progress

PAINTING = "is painting…"
LOADING = (
    "Mixing colours…",
    "Sketching the composition…",
    "Laying in the light…",
    "Working on the details… (say “cancel” to stop)",
)
STOPPING = "What is already painted still appears, and what a model has begun may cost money all the same."


def status(progress: Progress) -> str:
    """What the thread's status says: who waits for what, or that the model paints; 1 ahead means it is the next."""
    left = progress.until - time.time()
    if left > 0:
        return f"is waiting: the model is busy for another {_seconds(left)}…"
    if progress.ahead == 0:
        return PAINTING
    return _in_line(progress)


def loading(status: str) -> tuple[str, ...]:
    """What stands beside the bot's name while it is at this: Slack shows these by themselves, without the name."""
    if status == PAINTING:
        return LOADING
    said = status.removeprefix("is ")
    return (said[0].upper() + said[1:],)


def cancelled(found: Cancelled) -> str:
    """What was called off. What is painted is shown, and what a model has begun may be billed: people ought to know."""
    stopped = f"I am stopping {_requests(found.at_work)} of yours. {STOPPING}"
    left = f"I have dropped {_requests(found.waiting)} of yours that had not begun."
    said = " ".join((stopped,) * bool(found.at_work) + (left,) * bool(found.waiting))
    return said or "Nothing of yours is waiting or being painted here."


def _in_line(progress: Progress) -> str:
    if progress.ahead is None:
        return "is letting others go first…" if progress.later else "is waiting in line…"
    place = "next" if progress.ahead == 1 else f"number {progress.ahead}"
    if progress.later:
        return f"is letting others go first, {place} in line…"
    return f"is {place} in line…" if progress.ahead == 1 else f"is waiting, {place} in line…"


def _requests(count: int) -> str:
    return f"{count} request{'s' if count > 1 else ''}"


def _seconds(left: float) -> str:
    """In steps of ten, so that the status is not renewed for each second."""
    if left <= 90:
        return f"{10 * ceil(left / 10)} s"
    return f"{ceil(left / 60)} min" if left <= 5400 else f"{ceil(left / 3600)} h"
