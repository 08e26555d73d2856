"""Socket Mode: the app's WebSockets, each envelope going to exactly one of them."""

import asyncio
import contextlib
import json
import secrets
import time
import uuid
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from bot.playground import keys
from bot.playground.slack.acks import Ack, Retry
from bot.playground.slack.shapes import Json

MOST_SOCKETS = 10
TICKET_SECONDS = 30.0
WARNING_SECONDS = 10.0
DEBUG = {"host": "playground", "build_number": 1, "approximate_connection_time": 18060}


class Line:
    """One open WebSocket and the envelopes sent over it that wait for their ack."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.request = request
        self.leaving = False
        self.warned = False  # and not closed yet: Slack may still use it
        self.timer: asyncio.TimerHandle | None = None
        self.waiting: dict[str, asyncio.Future[Any]] = {}

    def hear(self, text: str) -> None:
        """Take an ack; anything else the app says is ignored, as Slack does."""
        try:
            said = json.loads(text)
        except ValueError:
            return
        waiting = self.waiting.get(str(said.get("envelope_id"))) if isinstance(said, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(said.get("payload"))

    def cut_later(self, seconds: float) -> None:
        """Cut this line after a while, unless it ends before."""
        self.timer = asyncio.get_running_loop().call_later(seconds, self.cut)

    def cut(self) -> None:
        """Cut this line without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()

    def drop(self) -> None:
        """Nothing more comes over this line: give up on every ack still waited for."""
        if self.timer is not None:
            self.timer.cancel()
        for waiting in self.waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError())


class Sockets:
    """The open lines. Slack promises no pattern in which line gets what; here they take turns.

    `watch` is called whenever a line came or went.
    """

    def __init__(self) -> None:
        self._tickets: dict[str, float] = {}
        self.lines: list[Line] = []
        self._changed = asyncio.Condition()
        self.enabled = True
        self.watch: Callable[[], None] = lambda: None

    def ticket(self) -> str:
        """A ticket for one WebSocket, good for half a minute."""
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = time.monotonic() + TICKET_SECONDS
        return ticket

    def tear(self, ticket: str) -> bool:
        """Use up a ticket, whatever comes of it; whether it was good."""
        return self._tickets.pop(ticket, 0.0) >= time.monotonic()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer a WebSocket request, whose ticket was good, until the line ends."""
        socket = web.WebSocketResponse(heartbeat=10.0, timeout=1.0)
        await socket.prepare(request)
        if not self.enabled or len(self.lines) >= MOST_SOCKETS:
            return await _turn_away(socket, "too_many_websockets" if self.enabled else "link_disabled")
        await self._listen(Line(socket, request))
        return socket

    async def send(self, kind: str, payload: Json, retry: Retry | None, patience: float, limit: float) -> Ack:
        """Send one envelope over one line; waits `patience` seconds for a line and `limit` seconds for the ack."""
        line = await self._pick(patience)
        if line is None:
            return Ack(acked=False, reason="connection_failed")
        envelope = _envelope(kind, payload, retry)
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        line.waiting[envelope["envelope_id"]] = waiting
        try:
            return await _exchange(line, envelope, waiting, limit)
        finally:
            del line.waiting[envelope["envelope_id"]]

    async def disconnect(self, reason: str) -> None:
        """End every open line: "abrupt" cuts them, "warning" leaves ten seconds, the rest say so and close."""
        for line in list(self.lines):
            line.leaving = True
            if reason == "abrupt":
                line.cut()
                continue
            with contextlib.suppress(ConnectionError):
                await line.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": DEBUG})
            if reason == "warning":
                line.warned = True
                line.cut_later(WARNING_SECONDS)
            else:
                await line.socket.close()

    async def close(self) -> None:
        """Close every line, saying nothing."""
        await asyncio.gather(*(line.socket.close() for line in list(self.lines)))

    async def wait_for(self, number: int) -> None:
        """Wait until at least so many lines are open."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.lines) >= number)

    async def _listen(self, line: Line) -> None:
        await line.socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.lines) + 1,
                "connection_info": {"app_id": keys.APP_ID},
                "debug_info": DEBUG,
            }
        )
        self.lines.append(line)
        await self._tell_change()
        try:
            async for said in line.socket:
                if said.type == WSMsgType.TEXT:
                    line.hear(said.data)
        finally:
            self.lines.remove(line)
            line.drop()
            await self._tell_change()

    async def _pick(self, patience: float) -> Line | None:
        async with self._changed:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait_for(self._usable), patience)
        usable = self._usable()
        if not usable:
            return None
        self.lines.remove(usable[0])
        self.lines.append(usable[0])
        return usable[0]

    def _usable(self) -> list[Line]:
        open_lines = [line for line in self.lines if not line.socket.closed]
        return [line for line in open_lines if not line.leaving] or [line for line in open_lines if line.warned]

    async def _tell_change(self) -> None:
        self.watch()
        async with self._changed:
            self._changed.notify_all()


def _envelope(kind: str, payload: Json, retry: Retry | None) -> Json:
    envelope: Json = {
        "envelope_id": str(uuid.uuid4()),
        "type": kind,
        "payload": payload,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        envelope |= {"retry_attempt": retry.number if retry else 0, "retry_reason": retry.reason if retry else ""}
    return envelope


async def _exchange(line: Line, envelope: Json, waiting: "asyncio.Future[Any]", limit: float) -> Ack:
    envelope_id = envelope["envelope_id"]
    try:
        await line.socket.send_json(envelope)
        response = await asyncio.wait_for(waiting, limit)
    except TimeoutError:
        return Ack(acked=False, reason="timeout", envelope_id=envelope_id)
    except ConnectionError:
        return Ack(acked=False, reason="connection_failed", envelope_id=envelope_id)
    return Ack(acked=True, response=response, envelope_id=envelope_id)


async def _turn_away(socket: web.WebSocketResponse, reason: str) -> web.WebSocketResponse:
    await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": DEBUG})
    await socket.close()
    return socket
