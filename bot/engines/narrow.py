"""The way to Google: pictures are put in and taken out on the wire, and only so many answers come in at a time.

Two hundred pictures that are ready at one moment would otherwise all be in memory at once. An answer that has to wait
stays where it is, with the sender: nothing reads its socket beyond the first piece.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator

import httpx2

from bot.domain.lives import elapsed
from bot.engines.freight import FREIGHT, PIECE, Freight, encoded_length
from bot.engines.lifting import Lifter
from bot.engines.places import Places
from bot.errors import NonsenseAnswer, Paced

CONNECT = 10.0  # seconds to reach the other side
STALL = 30.0  # seconds between two pieces of a body, once it has begun
MOST = 256 * 1024 * 1024  # bytes of one answer
MOST_WORDS = 256 * 1024  # bytes of one error's body that are read
SOON = 0.5  # seconds after which what was too late may be asked again
BREATH = 1024 * 1024  # bytes after which others get a turn
SHORTEST = 8  # letters of a key; a shorter one, as in a test, would be found in ordinary words
SECRETS = ("x-goog-api-key", "authorization")
REPLACED = ("content-encoding", "content-length", "transfer-encoding", "content-type")


class Refused(Exception):
    """An HTTP answer other than 200: its code, its body and its Retry-After header."""

    def __init__(self, code: int, body: bytes, retry_after: str) -> None:
        super().__init__(code)
        self.code = code
        self.body = body
        self.retry_after = retry_after


class NarrowTransport(httpx2.AsyncBaseTransport):
    """Wraps a transport; `most` bodies are read at the same time, the headers of any number."""

    def __init__(self, transport: httpx2.AsyncBaseTransport, most: int) -> None:
        self._transport = transport
        self._places = Places(most)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request; its answer's body waits for a place. Raises Refused for all but 200.

        Raises Paced when it comes too late to be sent: the process was held up since the call was written down.
        """
        freight = FREIGHT.get()
        if freight and elapsed() > freight.until:
            raise Paced("model_busy", retry_after=SOON)
        request.headers["Accept-Encoding"] = (
            "identity"  # base64 hardly shrinks, and unpacking it costs more than all else
        )
        timeouts = request.extensions.setdefault("timeout", {})
        timeouts["connect"] = CONNECT
        response = await self._transport.handle_async_request(_loaded(request, freight) if freight else request)
        if response.status_code != 200:
            timeouts["read"] = STALL
            raise await _refused(request, response)
        return _answered(response, _Body(response, self._places, freight))

    async def aclose(self) -> None:
        """Close the wrapped transport."""
        await self._transport.aclose()


def _loaded(request: httpx2.Request, freight: Freight) -> httpx2.Request:
    """The request with its pictures. Its URL, headers and timeouts stay."""
    assert isinstance(request.stream, httpx2.ByteStream)
    pieces = freight.pieces(b"".join(request.stream))
    request.headers["Content-Length"] = str(sum(map(encoded_length, pieces)))
    return httpx2.Request(
        request.method, request.url, headers=request.headers, stream=_Load(pieces), extensions=request.extensions
    )


class _Load(httpx2.AsyncByteStream):
    def __init__(self, pieces: list[bytes | memoryview]) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
                continue
            for start in range(0, len(piece), PIECE):
                yield base64.urlsafe_b64encode(piece[start : start + PIECE])
                await asyncio.sleep(0)


async def _refused(request: httpx2.Request, response: httpx2.Response) -> Refused:
    """What the refusal says, as far as it can be read; a key that it repeats is blotted out."""
    body = bytearray()
    try:
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > MOST_WORDS:
                break
    except httpx2.HTTPError:
        pass  # the code says enough
    finally:
        await response.aclose()
    told = bytes(body)
    for name in SECRETS:
        secret = request.headers.get(name, "").removeprefix("Bearer ")
        if len(secret) >= SHORTEST:
            told = told.replace(secret.encode(), b"***")
    return Refused(response.status_code, told, response.headers.get("retry-after", ""))


def _answered(response: httpx2.Response, body: _Body) -> httpx2.Response:
    """JSON is UTF-8, whatever the header says."""
    headers = [(name, value) for name, value in response.headers.multi_items() if name.lower() not in REPLACED]
    headers.append(("content-type", "application/json; charset=utf-8"))
    return httpx2.Response(200, headers=headers, stream=body, extensions=response.extensions)


class _Body(httpx2.AsyncByteStream):
    def __init__(self, response: httpx2.Response, places: Places, freight: Freight | None) -> None:
        self._response = response
        self._places = places
        self._freight = freight

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = self._bounded()
        first = await anext(pieces, b"")  # who has nothing to read yet keeps no place from others
        async with self._places.one():
            if self._freight is None:
                yield first
                async for piece in pieces:
                    yield piece
                return
            lifter = Lifter(self._freight.runs)
            yield lifter.feed(first)
            async for piece in pieces:
                yield lifter.feed(piece)
            yield lifter.close()

    async def _bounded(self) -> AsyncIterator[bytes]:
        length = breath = 0
        async for piece in self._begun():
            length += len(piece)
            if length > MOST:
                raise NonsenseAnswer("answer_unreadable")
            if length - breath > BREATH:
                breath = length
                await asyncio.sleep(0)
            yield piece

    async def _begun(self) -> AsyncIterator[bytes]:
        """The body from its first piece that is more than white space on.

        Some gateways send headers and blanks at once, and the answer when the model has it: until then the call's own
        timeout holds, and STALL only from there.
        """
        pieces: AsyncIterator[bytes] = self._response.aiter_bytes()
        patience: float | None = None
        while (piece := await _next(pieces, patience)) is not None:
            if patience or piece.strip():
                patience = STALL
                yield piece

    async def aclose(self) -> None:
        await self._response.aclose()


async def _next(pieces: AsyncIterator[bytes], patience: float | None) -> bytes | None:
    async with asyncio.timeout(patience):
        return await anext(pieces, None)
