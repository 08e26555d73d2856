"""Wraps an engine so that every call is in the ledger: written down before it is made, settled after it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from secrets import token_hex

from bot.catalogue import Catalogue, Model, cost, estimate
from bot.domain.options import Size
from bot.domain.spend import Bill, Entry, Outcome
from bot.errors import ModelDown, ModelRefused, NonsenseAnswer, ThreadpaintError
from bot.ports import Answer, Ask, Engine, Ledger

BROKE = frozenset({"answer_unreadable"})  # it may have been painted, and billed, but nobody can tell


@dataclass(frozen=True, slots=True)
class _Call:
    """One row of the ledger."""

    id: str
    model: Model
    size: Size


class BookedEngine:
    """Wrap it directly around what is measured, inside of what retries: each attempt is a row of its own.

    A call that would pass a budget is not made: PersonCanFix. When the process dies during a call its row stays open,
    and the next start calls it unknown.
    """

    def __init__(self, engine: Engine, ledger: Ledger, catalogue: Catalogue) -> None:
        self._engine = engine
        self._ledger = ledger
        self._catalogue = catalogue
        self._under_way: set[str] = set()
        self._left = False

    @property
    def route(self) -> str:
        """As the engine's own."""
        return self._engine.route

    async def paint(self, ask: Ask) -> Answer:
        """As the engine's own; an answer without a picture is raised as its fault.

        After `leave` no call is made any more: who asks for one, as a retry does, waits for the end of the process.
        """
        if self._left:
            await asyncio.Event().wait()
        call = await self._open(ask)
        self._under_way.add(call.id)
        try:
            answer = await self._engine.paint(ask)
        except ThreadpaintError as fault:
            await self._ledger.settle(call.id, Bill(_without_answer(fault), reason=fault.reason))
            raise
        except asyncio.CancelledError:
            unknown = Bill(Outcome.UNKNOWN, reason="cancelled")
            await asyncio.shield(self._ledger.settle(call.id, unknown))
            raise
        finally:
            self._under_way.discard(call.id)
        await self._ledger.settle(call.id, _bill(call, answer))
        if answer.fault:
            raise answer.fault
        return answer

    async def check(self, model: str) -> None:
        """As the engine's own."""
        await self._engine.check(model)

    async def leave(self) -> None:
        """Call it before the way to the provider is closed: nobody will hear what becomes of calls under way."""
        self._left = True
        unknown = Bill(Outcome.UNKNOWN, reason="stopped")
        await asyncio.gather(*(self._ledger.settle(id, unknown) for id in self._under_way))

    async def _open(self, ask: Ask) -> _Call:
        model = self._catalogue.model(ask.model)
        call = _Call(token_hex(12), model, ask.size or model.usual)
        held = estimate(model, call.size, _pictures(ask), _characters(ask), queries=len(ask.search))
        await self._ledger.open(Entry(call.id, ask.errand, model.id, model.tier, self.route, call.size, held))
        return call


def _pictures(ask: Ask) -> int:
    painted = sum(said.given is not None for exchange in ask.history for said in exchange.answer)
    return len(ask.pictures) + painted + sum(len(exchange.pictures) for exchange in ask.history)


def _characters(ask: Ask) -> int:
    said = sum(len(said.text) for exchange in ask.history for said in exchange.answer)
    return len(ask.text) + said + sum(len(exchange.text) for exchange in ask.history)


def _bill(call: _Call, answer: Answer) -> Bill:
    price = cost(call.model, answer.usage, call.size)
    if answer.fault is None:
        return Bill(Outcome.PAID, answer.usage, price)
    outcome = Outcome.REFUSED if isinstance(answer.fault, ModelRefused) else Outcome.FAILED
    return Bill(outcome, answer.usage, price, answer.fault.reason)


def _without_answer(fault: ThreadpaintError) -> Outcome:
    """What was turned away costs nothing; what broke on the way has no price that anyone could know."""
    broke = isinstance(fault, ModelDown) or (isinstance(fault, NonsenseAnswer) and fault.reason in BROKE)
    return Outcome.FAILED if broke else Outcome.FREE
