"""The door of the studio: a request is written down, and only then is anyone told."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.requests import ImageRequest
from bot.ports import Accepted, Requests


class Submit:
    """Accepts requests. `wake` tells the worker that there may be something to do; losing a wake loses nothing."""

    def __init__(self, requests: Requests, wake: Callable[[], None]) -> None:
        self._requests = requests
        self._wake = wake

    async def __call__(self, request: ImageRequest) -> Accepted:
        """Write it down under its key. When this returns, the request survives a power cut."""
        accepted = await self._requests.accept(request)
        if accepted is Accepted.NEW:
            self._wake()
        return accepted
