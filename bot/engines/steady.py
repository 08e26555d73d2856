"""Wraps any engine: tries again what may pass, inside one deadline. The only place where model calls are repeated."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable

import stamina

from bot.domain.spend import Errand
from bot.errors import ModelBusy, ModelDown, NonsenseAnswer, Paced
from bot.ports import Answer, Ask, Engine

ATTEMPTS = 4
AT_LEAST = 0.5  # seconds, and up to half as much again, where a provider names less: "0s" is no time to wait
MOMENT = 2.0  # seconds that are not worth giving a place at the model back for
ONCE_MORE = frozenset(
    {"no_picture", "picture_failed", "answer_empty"}
)  # it may do better the second time, not the fourth

Waiting = Callable[[Errand, float], None]


class SteadyEngine:
    """An engine that waits out what passes.

    Busy and broken are tried up to four times with growing waits and jitter; a delay that the provider names is kept
    to when it fits into what is left of the deadline (seconds), else the fault stands; `waiting` is told whom it
    concerns and until when (`time.time()`). An empty answer is tried once more. Refusals never are. Where a limit of
    our own is reached, no attempt is used up: a moment is waited for as often as it takes. More than that is the
    caller's as long as nothing was tried, and then waited for here: attempts and deadline would begin anew elsewhere.
    """

    def __init__(self, engine: Engine, deadline: float, waiting: Waiting) -> None:
        self._engine = engine
        self._deadline = deadline
        self._waiting = waiting

    @property
    def route(self) -> str:
        """As the engine's own."""
        return self._engine.route

    async def paint(self, ask: Ask) -> Answer:
        """As the engine's own, later. Raises ModelDown when the deadline has passed; before any try also Paced."""
        patience = _Patience(self._deadline, lambda until: self._waiting(ask.errand, until))
        try:
            async with asyncio.timeout(self._deadline):
                async for attempt in stamina.retry_context(
                    on=patience.wait, attempts=ATTEMPTS, timeout=self._deadline, wait_initial=1.0, wait_max=20.0
                ):
                    with attempt:
                        return await self._at_our_pace(ask, patience)
        except TimeoutError:
            raise ModelDown("model_timeout") from None
        raise AssertionError("stamina either returns or raises")  # pragma: no cover

    async def _at_our_pace(self, ask: Ask, patience: _Patience) -> Answer:
        while True:
            try:
                return await self._engine.paint(ask)
            except Paced as fault:
                pause = fault.retry_after or 0.0
                if pause > MOMENT:
                    patience.sit_out(fault, pause)
            await asyncio.sleep(pause)

    async def check(self, model: str) -> None:
        """As the engine's own."""
        await self._engine.check(model)


class _Patience:
    """Decides about one call's faults: not again (False), again with backoff (True), or again after seconds."""

    def __init__(self, deadline: float, waiting: Callable[[float], None]) -> None:
        self._until = time.monotonic() + deadline
        self._waiting = waiting
        self._empties = 0
        self._tried = False

    def sit_out(self, fault: Paced, pause: float) -> None:
        if not self._tried:
            raise fault
        self._waiting(time.time() + pause)

    def wait(self, fault: Exception) -> bool | float:
        if isinstance(fault, Paced):
            return False
        self._tried = True
        if isinstance(fault, ModelBusy) and fault.retry_after is not None:
            return self._named(_at_least(fault.retry_after))
        if isinstance(fault, NonsenseAnswer) and fault.reason in ONCE_MORE:
            self._empties += 1
            return self._empties == 1
        return isinstance(fault, ModelBusy | ModelDown)

    def _named(self, seconds: float) -> bool | float:
        if seconds >= self._until - time.monotonic():
            return False
        self._waiting(time.time() + seconds)
        return seconds


def _at_least(seconds: float) -> float:
    return seconds if seconds >= AT_LEAST else random.uniform(AT_LEAST, AT_LEAST * 1.5)  # noqa: S311 - no secret
