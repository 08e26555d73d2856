"""Wraps an engine so that every call is in the ledger: written down before it is made, settled after it."""

from __future__ import annotations

import asyncio
from asyncio import Task
from contextlib import suppress
from dataclasses import dataclass, replace
from secrets import token_hex

import structlog

from bot.catalogue import Catalogue, Model, cost, estimate, tokens
from bot.domain.lives import elapsed
from bot.domain.options import Size
from bot.domain.spend import Bill, Entry, Outcome
from bot.errors import ModelDown, ModelRefused, NonsenseAnswer, Paced, ThreadpaintError
from bot.ports import Answer, Ask, Engine, Ledger

log = structlog.get_logger()

MOMENT = 2.0  # seconds that an answer waits for its bill to be written; then it goes on, and the bill is written later
PROMPT = 4.0  # seconds in which a call is sent: it counts in the minute in which it was written down
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
    and the next start calls it unknown. Bills are written until they are written, also when whoever made the call is
    gone: while the ledger does not answer, a picture is not kept back for long, and no other attempt is begun.
    """

    def __init__(self, engine: Engine, ledger: Ledger, catalogue: Catalogue) -> None:
        self._engine = engine
        self._ledger = ledger
        self._catalogue = catalogue
        self._under_way: set[str] = set()
        self._settling: set[Task[None]] = set()
        self._left = False

    @property
    def route(self) -> str:
        """As the engine's own."""
        return self._engine.route

    async def paint(self, ask: Ask) -> Answer:
        """As the engine's own; an answer without a picture is raised as its fault.

        Whoever is held up between the row and the call, by an outage or a pause, does not make it: Paced, and asked
        again it is written down anew. After `leave` no call is made any more: who asks for one, as a retry does, waits
        for the end of the process.
        """
        if self._left:
            await asyncio.Event().wait()
        until = elapsed() + PROMPT
        call = await self._open(ask)
        self._under_way.add(call.id)
        try:
            answer = await self._engine.paint(replace(ask, until=until))
        except ThreadpaintError as fault:
            _tell(ask, fault)
            await asyncio.wait([self._settle(call.id, Bill(_without_answer(fault), reason=fault.reason))])
            raise
        except asyncio.CancelledError:
            await asyncio.wait([self._settle(call.id, Bill(Outcome.UNKNOWN, reason="cancelled"))], timeout=MOMENT)
            raise
        except Exception:  # a fault that nobody has thought of: the call may have been made all the same
            await asyncio.wait([self._settle(call.id, Bill(Outcome.UNKNOWN, reason="something_broke"))])
            raise
        finally:
            self._under_way.discard(call.id)
        settling = self._settle(call.id, _bill(call, answer))
        if answer.fault:
            _tell(ask, answer.fault)
            await asyncio.wait([settling])
            raise answer.fault
        with suppress(asyncio.CancelledError):  # who is cancelled now still takes what was paid for along
            await asyncio.wait([settling], timeout=MOMENT)
        return answer

    async def check(self, model: str) -> None:
        """As the engine's own."""
        await self._engine.check(model)

    async def leave(self) -> None:
        """Call it before the way to the provider is closed: nobody will hear what becomes of calls under way.

        It takes two seconds at most; what could not be written by then may still be while the database closes.
        """
        self._left = True
        for id in self._under_way:
            self._settle(id, Bill(Outcome.UNKNOWN, reason="stopped"))
        if self._settling:
            await asyncio.wait(self._settling, timeout=MOMENT)

    def _settle(self, id: str, bill: Bill) -> Task[None]:
        settling = asyncio.create_task(self._ledger.settle(id, bill))
        self._settling.add(settling)
        settling.add_done_callback(self._settled)
        return settling

    def _settled(self, settling: Task[None]) -> None:
        self._settling.discard(settling)
        if not settling.cancelled() and (fault := settling.exception()):
            log.error("call_not_settled", fault=type(fault).__name__)

    async def _open(self, ask: Ask) -> _Call:
        model = self._catalogue.model(ask.model)
        call = _Call(token_hex(12), model, ask.size or model.usual)
        held = estimate(model, call.size, _pictures(ask), _words(ask), queries=len(ask.search))
        await self._ledger.open(Entry(call.id, ask.errand, model.id, model.tier, self.route, call.size, held))
        return call


def _tell(ask: Ask, fault: ThreadpaintError) -> None:
    """What came of the call goes into the log: people read the reason's sentence, and only of the last attempt."""
    if not isinstance(fault, Paced):
        detail = {"detail": fault.facts["detail"]} if "detail" in fault.facts else {}
        log.warning("call_failed", turn=ask.errand.turn, model=ask.model, reason=fault.reason, **detail)


def _pictures(ask: Ask) -> int:
    painted = sum(said.given is not None for exchange in ask.history for said in exchange.answer)
    return len(ask.pictures) + painted + sum(len(exchange.pictures) for exchange in ask.history)


def _words(ask: Ask) -> int:
    said = sum(tokens(said.text) for exchange in ask.history for said in exchange.answer)
    return tokens(ask.text) + said + sum(tokens(exchange.text) for exchange in ask.history)


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
