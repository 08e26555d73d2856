"""Google's Gemini image models through google-genai: one call, and what becomes of it.

Facts it rests on, read in google-genai 3.4.0: without a `timeout` a call may last for ever; with aiohttp importable
the async client uses it and silently re-sends a dropped request, so an own httpx2 client is handed in; a call's own
`http_options` leave the client as it is. What is sent is made in `asking`, what comes back is read in `answers`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from bot.engines.access import ApiKey, Enterprise
from bot.engines.answers import read
from bot.engines.asking import config, contents
from bot.engines.echoes import silence
from bot.engines.faults import of_response
from bot.engines.freight import FREIGHT, Freight
from bot.engines.narrow import NarrowTransport, Refused
from bot.errors import ModelDown, NonsenseAnswer, OperatorMustFix, ThreadpaintError
from bot.ports import Answer, Ask

AT_ONCE = 8  # answers being read; any number may be waited for
ARRIVING = 60.0  # seconds that an answer may take to come in, once there is one
CHECK = 30.0  # seconds to say whether a model is served
UNREACHED = frozenset({"model_unreachable", "model_timeout", "answer_unreadable"})
LARGE = 1_000_000  # bytes that are worth a thread: others get their turn while they are put together


class GeminiEngine:
    """One long-lived client on the Gemini API or on Vertex AI. `close` it when the process ends."""

    def __init__(self, access: ApiKey | Enterprise) -> None:
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=8)
        self._http = httpx2.AsyncClient(transport=NarrowTransport(httpx2.AsyncHTTPTransport(limits=limits), AT_ONCE))
        self._client = access.client(self._http)
        self._route = access.route

    @property
    def route(self) -> str:
        """The name of the way to Google: "gemini" or "vertex"."""
        return self._route

    async def paint(self, ask: Ask) -> Answer:
        """One call, never sent again from here. Raises a ThreadpaintError when no answer came; see `faults`."""
        begun = time.monotonic()
        freight = Freight(ask.until)
        try:
            with _mapped():
                async with asyncio.timeout(ask.timeout + ARRIVING):
                    body = await self._answer(ask, freight)
            return await _read(body, time.monotonic() - begun, freight)
        except ThreadpaintError as fault:
            silence(fault, ask)
            raise

    async def check(self, model: str) -> None:
        """Ask Google whether it serves this model to us. Raises OperatorMustFix with the reason."""
        try:
            with _mapped():
                async with asyncio.timeout(CHECK):
                    await self._client.aio.models.get(model=model)
        except (ModelDown, NonsenseAnswer) as fault:
            raise OperatorMustFix("model_unreachable" if fault.reason in UNREACHED else fault.reason) from fault

    async def close(self) -> None:
        """Close the sockets."""
        await self._client.aio.aclose()
        await self._http.aclose()

    async def _answer(self, ask: Ask, freight: Freight) -> str:
        kept = FREIGHT.set(freight)
        try:
            response = await self._client.aio.models.generate_content(
                model=ask.model, contents=contents(ask, freight.token), config=config(ask)
            )
        finally:
            FREIGHT.reset(kept)
        return (response.sdk_http_response.body or "") if response.sdk_http_response else ""


async def _read(body: str, seconds: float, freight: Freight) -> Answer:
    if len(body) + freight.runs.length > LARGE:
        return await asyncio.to_thread(read, body, seconds, freight.runs)
    return read(body, seconds, freight.runs)


@contextmanager
def _mapped() -> Iterator[None]:
    """All that httpx2 and the SDK may raise, as our own errors. A refusal is read in `faults`."""
    try:
        yield
    except Refused as refused:
        raise of_response(refused.code, refused.body, refused.retry_after) from refused
    except (httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ConnectError) as error:
        raise ModelDown("model_unreachable") from error
    except (httpx2.TimeoutException, TimeoutError) as error:
        raise ModelDown("model_timeout") from error
    except httpx2.DecodingError as error:
        raise NonsenseAnswer("answer_unreadable") from error
    except (httpx2.UnsupportedProtocol, httpx2.InvalidURL) as error:
        raise OperatorMustFix("model_unreachable") from error
    except (httpx2.HTTPError, OSError, ExceptionGroup) as error:  # a group: each address of the host was tried in vain
        raise ModelDown("model_unreachable") from error
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise NonsenseAnswer("answer_unreadable") from error
