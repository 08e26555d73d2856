"""Socket Mode: one WebSocket to Slack after the other, each at an address that was asked for anew.

The SDK's client (slack_sdk 3.47, `socket_mode.aiohttp`) goes on trying an address that is used up when a handshake has
failed, and is deaf for ever; turned away, it asks for the next address at once, dozens of times a second.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.errors import ThreadpaintError
from handlers.proxies import proxy
from handlers.slack import knock

log = structlog.get_logger()

WAITS = (0.0, 0.0, 1.0, 1.0, 2.0, 3.0, 5.0, 8.0)  # seconds before each try; people wait meanwhile
LONGEST = 300.0  # seconds that Slack may have us wait for an address
LONG = 10.0  # seconds: a socket that stood for as long was a good one
PATIENCE = 10.0  # seconds until Slack has given an address, and said hello there
HEARTBEAT = 10.0  # seconds between pings
GOODBYE = aiohttp.ClientWSTimeout(ws_close=2.0)  # seconds until a line is closed without Slack's word
ACKS = 3.0  # seconds within which Slack wants an ack
PLANNED = frozenset({"warning", "refresh_requested"})  # Slack asks for a new socket every few hours
LINGER = 12.0  # seconds: Slack goes on using the old one for about ten, and then closes it


class Socket:
    """Hears what Slack delivers, and answers what Bolt answers. `open` is set for as long as a socket is heard."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._app = app
        self._client = copy(app.client)
        self._client.retry_handlers = []  # told to wait, the loop does so itself
        self._after = 0.0
        self._app_token = app_token
        self._taking: set[asyncio.Task[None]] = set()
        self._parting: set[asyncio.Task[None]] = set()
        self._heard: set[aiohttp.ClientWebSocketResponse] = set()
        self._greeted = float("-inf")
        self._said: set[str] = set()
        self.open = asyncio.Event()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Begin once there is a socket; at the end give what was taken the time for its ack."""
        task = asyncio.create_task(self._listen())
        try:
            await self.open.wait()
            yield
        finally:
            await _ended(*self._parting)  # before the session that they share with the present one is closed
            await _ended(task)

    async def _listen(self) -> None:
        tries = 0
        async with aiohttp.ClientSession() as session:
            while True:
                await asyncio.sleep(max(WAITS[min(tries, len(WAITS) - 1)], self._after))
                self._after = 0.0
                began = time.monotonic()
                self._tell(await self._once(session))
                tries = 1 if began <= self._greeted < time.monotonic() - LONG else tries + 1

    async def _once(self, session: aiohttp.ClientSession) -> str:
        """One socket, until it ends; why it did."""
        try:
            async with asyncio.timeout(PATIENCE) as until:
                address = await knock(self._client, self._app_token)
                way = proxy(address)
                line = await session.ws_connect(address, heartbeat=HEARTBEAT, timeout=GOODBYE, proxy=way)
                return await self._use(line, until)
        except ThreadpaintError as fault:
            self._after = _seconds(fault.facts.get("after", ""))
            return fault.facts.get("code") or fault.reason
        except aiohttp.WSServerHandshakeError as fault:
            return f"handshake refused with {fault.status}"
        except (aiohttp.ClientError, OSError, TimeoutError) as fault:
            return type(fault).__name__
        except Exception as fault:
            log.error("socket_broke", exc_info=fault)
            return type(fault).__name__

    async def _use(self, line: aiohttp.ClientWebSocketResponse, until: asyncio.Timeout) -> str:
        """Hear it until it ends. One that Slack is about to close is heard beside the next: it may bring more."""
        reason = ""
        try:
            reason = await self._hear(line, until)
        finally:
            if reason in PLANNED:
                parting = asyncio.create_task(self._part(line))
                self._parting.add(parting)
                parting.add_done_callback(self._parting.discard)
            else:
                await self._close(line)
        return reason

    async def _part(self, line: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async with asyncio.timeout(LINGER) as until:
                await self._hear(line, until)
        except TimeoutError:
            log.info("socket_lingered")
        finally:
            await self._close(line)

    async def _hear(self, line: aiohttp.ClientWebSocketResponse, until: asyncio.Timeout) -> str:
        async for said in line:
            message = _read(said.data)
            if message.get("type") == "disconnect":
                return str(message.get("reason"))
            if message.get("type") == "hello":
                until.reschedule(None)
                self._welcome(line)
            elif request := _delivery(message):
                self._begin(line, request)
        return f"closed with {line.close_code}"

    async def _close(self, line: aiohttp.ClientWebSocketResponse) -> None:
        """Leave it. Where it is dead, no ack gets through any more, and people wait for the next one."""
        self._heard.discard(line)
        if not self._heard:
            self.open.clear()
        if self._taking and not line.closed:
            await asyncio.wait(self._taking, timeout=ACKS)
        await line.close()

    def _welcome(self, line: aiohttp.ClientWebSocketResponse) -> None:
        self._said.clear()
        self._greeted = time.monotonic()
        self._heard.add(line)
        self.open.set()
        log.info("socket_open")

    def _tell(self, reason: str) -> None:
        """Once for each reason until there is a socket again, however often it is tried."""
        if reason not in self._said:
            self._said.add(reason)
            (log.info if reason in PLANNED else log.warning)("socket_lost", reason=reason)

    def _begin(self, line: aiohttp.ClientWebSocketResponse, request: SocketModeRequest) -> None:
        task = asyncio.create_task(self._take(line, request))
        self._taking.add(task)
        task.add_done_callback(self._taking.discard)

    async def _take(self, line: aiohttp.ClientWebSocketResponse, request: SocketModeRequest) -> None:
        try:
            answer = await run_async_bolt_app(self._app, request)
            if answer.status == 200:
                await line.send_str(json.dumps(_ack(request, answer)))
        except (aiohttp.ClientError, OSError) as fault:
            log.warning("ack_not_heard", fault=type(fault).__name__)
        except Exception as fault:
            log.error("delivery_not_taken", exc_info=fault)


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)


def _seconds(after: str) -> float:
    """Slack's `Retry-After`, as far as it makes sense: nobody is heard meanwhile."""
    return min(float(after), LONGEST) if after.isdecimal() else 0.0


def _read(data: Any) -> dict[str, Any]:
    try:
        said = json.loads(data) if isinstance(data, str) else None
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, dict) else {}


def _delivery(message: dict[str, Any]) -> SocketModeRequest | None:
    """None for what brings nothing: the SDK's own reading stumbles over a payload that is none."""
    return SocketModeRequest.from_dict(message) if isinstance(message.get("payload"), dict) else None


def _ack(request: SocketModeRequest, answer: BoltResponse) -> dict[str, Any]:
    """Slack's form of it: what Bolt answered beside the ack is the envelope's payload."""
    envelope = {"envelope_id": request.envelope_id}
    if not answer.body:
        return envelope
    return envelope | {"payload": _read(answer.body) or {"text": answer.body}}
