"""The places at the models, shared by all processes of one database."""

from __future__ import annotations

from typing import Protocol

from bot.domain.fairness import Ticket


class Places(Protocol):
    """Gives places by the rule of `bot.domain.fairness`. A ticket's `number`, `since` and `process` are set here."""

    async def take(self, ticket: Ticket) -> None:
        """Return once this ticket has a place: at once when one is free. Cancelled: it may still have to `leave`."""

    def leave(self, id: str) -> None:
        """Give up the place, or the wait for it. Nothing happens to one that is not here."""

    def ahead(self, id: str) -> int | None:
        """How this one stands: 1 is the next in line, 0 does not wait. None where that is not known yet."""
