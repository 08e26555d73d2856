"""The door of the studio: a request is written down, and only then is anyone told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain.requests import ImageRequest
from bot.ports import Accepted, Requests


class Submit:
    """Accepts requests. `wake` tells the worker that there may be something to do; losing a wake loses nothing.

    `back` finds out whether a workspace that has left has let us in again, and remembers it if so.
    """

    def __init__(self, requests: Requests, wake: Callable[[], None], back: Callable[[], Awaitable[bool]]) -> None:
        self._requests = requests
        self._wake = wake
        self._back = back

    async def __call__(self, request: ImageRequest) -> Accepted:
        """Write it down under its key. When this returns, the request survives a power cut, unless it is GONE."""
        accepted = await self._requests.accept(request)
        if accepted is Accepted.GONE and await self._back():
            accepted = await self._requests.accept(request)
        if accepted is Accepted.NEW:
            self._wake()
        return accepted
