"""A transport through which only so many answers come in at the same time.

Two hundred pictures that are ready at one moment would otherwise all be in memory at once, as base64 text. An answer
that has to wait stays where it is, with the sender: nothing reads its socket.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx2


class NarrowTransport(httpx2.AsyncBaseTransport):
    """Wraps a transport; `most` bodies are read at the same time, the headers of any number."""

    def __init__(self, transport: httpx2.AsyncBaseTransport, most: int) -> None:
        self._transport = transport
        self._gate = asyncio.Semaphore(most)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request; its answer's body waits at the gate."""
        response = await self._transport.handle_async_request(request)
        stream = response.stream
        assert isinstance(stream, httpx2.AsyncByteStream)
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_Gated(stream, self._gate),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        await self._transport.aclose()


class _Gated(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, gate: asyncio.Semaphore) -> None:
        self._stream = stream
        self._gate = gate

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async with self._gate:
            async for chunk in self._stream:
                yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
