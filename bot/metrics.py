"""What `/metrics` tells of calls to models: how many, how they ended, how long they took."""

from __future__ import annotations

import time

from prometheus_client import Counter, Histogram

from bot.errors import ThreadpaintError
from bot.ports import Answer, Ask, Engine

CALLS = Counter("threadpaint_model_calls", "Calls to a model by how they ended.", ["model", "outcome"])
SECONDS = Histogram(
    "threadpaint_model_seconds",
    "Seconds until a model answered.",
    ["model"],
    buckets=(1, 2, 5, 10, 20, 40, 80, 160, 320),
)


class MeasuredEngine:
    """An engine whose calls are counted. Wrap it closest to the provider, where a retry is a call of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def route(self) -> str:
        """As the engine's own."""
        return self._engine.route

    async def paint(self, ask: Ask) -> Answer:
        """As the engine's own."""
        begun = time.monotonic()
        try:
            answer = await self._engine.paint(ask)
        except ThreadpaintError as fault:
            CALLS.labels(ask.model, fault.reason).inc()
            raise
        CALLS.labels(ask.model, answer.fault.reason if answer.fault else "picture").inc()
        SECONDS.labels(ask.model).observe(time.monotonic() - begun)
        return answer

    async def check(self, model: str) -> None:
        """As the engine's own."""
        await self._engine.check(model)
