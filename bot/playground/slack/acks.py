"""What came back from the app for one delivery."""

from dataclasses import dataclass
from typing import Any

# The app has three seconds; after that the person is told and an event is sent again.
ACK_SECONDS = 3.0


@dataclass(frozen=True)
class Retry:
    """Says that a delivery is a repeated one: its number and why the one before it failed."""

    number: int
    reason: str


@dataclass(frozen=True)
class Ack:
    """`response` is the body the app answered with; `reason` is Slack's word for a failure; `final`: do not retry."""

    acked: bool
    response: Any = None
    reason: str = ""
    envelope_id: str | None = None
    status: int | None = None
    final: bool = False
