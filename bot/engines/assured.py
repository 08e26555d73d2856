"""Wraps an engine so that no call is made for work that has been taken from this process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.ports import Answer, Ask, Engine


class AssuredEngine:
    """Each attempt first waits for `assured`, which returns once it is certain that our work is still ours.

    A process that was paused in the middle of its attempts would otherwise go on with them, beside the one that has
    taken its place: a second bill, and a call too many under the limits.
    """

    def __init__(self, engine: Engine, assured: Callable[[], Awaitable[None]]) -> None:
        self._engine = engine
        self._assured = assured

    @property
    def route(self) -> str:
        """As the engine's own."""
        return self._engine.route

    async def paint(self, ask: Ask) -> Answer:
        """As the engine's own, once it is certain."""
        await self._assured()
        return await self._engine.paint(ask)

    async def check(self, model: str) -> None:
        """As the engine's own."""
        await self._engine.check(model)
