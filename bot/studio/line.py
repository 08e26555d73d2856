"""The line in front of the models: everyone takes turns, and can see how they stand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from secrets import token_hex

from bot.domain.fairness import Ticket
from bot.domain.spend import Errand
from bot.domain.turns import Turn
from bot.ports import Places, Progress
from bot.studio.minutes import Minutes


class Line:
    """Lets turns through as the places at the models allow. One turn is one place, however many pictures it has."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._minutes = Minutes()
        self._models: dict[str, str] = {}  # of the turns that wait for a model's minute
        self._tickets: dict[str, Ticket] = {}
        self._held_up: dict[str, float] = {}

    async def until_paced(self, turn: Turn, since: float) -> None:
        """Wait until its model may be called, without a place. `since` (`time.monotonic()`) is when it came."""
        self._models[turn.id] = turn.model
        try:
            await self._minutes.wait(turn.model, turn.id, (turn.place.team, turn.asker), since)
        finally:
            del self._models[turn.id]

    def put_off(self, model: str, seconds: float) -> None:
        """This model has been called as often as it may be, and may be again in so many seconds."""
        self._minutes.put_off(model, seconds)

    @asynccontextmanager
    async def wait(self, turn: Turn) -> AsyncIterator[None]:
        """Wait for a place and hold it for as long as the context lasts."""
        # A turn that is taken over by another process may for a while be at work twice: two tickets, since both call.
        ticket = Ticket(f"{turn.id}/{token_hex(6)}", turn.place.team, turn.asker, turn.model, later=turn.options.later)
        self._tickets[turn.id] = ticket
        try:
            await self._places.take(ticket)
            yield
        finally:
            self._places.leave(ticket.id)
            self._tickets.pop(turn.id, None)
            self._held_up.pop(turn.id, None)

    def hold_up(self, errand: Errand, until: float) -> None:
        """The model wants this turn to wait until then (`time.time()`)."""
        self._held_up[errand.turn] = until

    def progress(self, turn: str) -> Progress:
        """How the turn with this id stands: 1 ahead is the next in line."""
        if model := self._models.get(turn):
            place, free = self._minutes.stands(model, turn)
            return Progress(until=free) if place == 1 else Progress(place)
        ticket, until = self._tickets.get(turn), self._held_up.get(turn, 0.0)
        return Progress(self._places.ahead(ticket.id), until, ticket.later) if ticket else Progress(until=until)
