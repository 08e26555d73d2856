"""A painter that does what a test wrote down, call by call."""

from __future__ import annotations

import asyncio

from bot.ports import Answer, Ask, Given, Said, Usage

PAINTED = Answer((Said("", Given(b"jpeg", "image/jpeg"), b"signed"),), Usage(), 1.0)


class ScriptedEngine:
    """Raises or returns each of `script` in turn; an exhausted script paints. `calls` is what it was asked."""

    route = "gemini"

    def __init__(self, *script: Exception | Answer, seconds: float = 0.0) -> None:
        self._script = list(script)
        self._seconds = seconds
        self.calls: list[Ask] = []

    async def paint(self, ask: Ask) -> Answer:
        self.calls.append(ask)
        await asyncio.sleep(self._seconds)
        said = self._script.pop(0) if self._script else PAINTED
        if isinstance(said, Exception):
            raise said
        return said

    async def check(self, model: str) -> None:
        if self._script and isinstance(self._script[0], Exception):
            raise self._script[0]
