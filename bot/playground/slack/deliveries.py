"""Everything Slack hands to the app: once for what a person waits for, with retries for events."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import replace

from bot.playground.slack import webhooks
from bot.playground.slack.acks import ACK_SECONDS, Ack, Retry
from bot.playground.slack.journal import Journal
from bot.playground.slack.settings import Settings
from bot.playground.slack.shapes import Json
from bot.playground.slack.sockets import Sockets

# Slack's schedule: at once, a minute later, five minutes later.
RETRY_SECONDS = (0.0, 60.0, 300.0)
KINDS = {"event": "events_api", "command": "slash_commands", "action": "interactive"}


class Deliveries:
    """Delivers over the sockets, or by HTTP once `url` is set."""

    def __init__(self, sockets: Sockets, settings: Settings, journal: Journal) -> None:
        self._sockets = sockets
        self._settings = settings
        self._journal = journal
        self.url: str | None = None

    @property
    def mode(self) -> str:
        """How the app can be reached right now: "socket", "http" or "none"."""
        if self.url is not None:
            return "http"
        return "socket" if self._sockets.lines else "none"

    async def ask(self, kind: str, payload: Json, headers: Mapping[str, str] | None = None) -> Ack:
        """Deliver once, and once only: Slack repeats neither commands nor clicks."""
        return await self._attempt(kind, payload, None, headers or {}, patience=0.05)

    async def tell(self, payload: Json) -> None:
        """Deliver an event, again and again on Slack's schedule until it is acked."""
        ack = await self._first(payload)
        for number, delay in enumerate(RETRY_SECONDS, start=1):
            if ack.acked or ack.final:
                break
            await asyncio.sleep(delay * self._settings.retry_after_scale)
            ack = await self._attempt("event", payload, Retry(number, ack.reason), {}, patience=ACK_SECONDS)
        for number in range(1, self._settings.redeliver_times + 1):
            await self._attempt("event", payload, Retry(number, "http_timeout"), {}, patience=ACK_SECONDS)

    async def _first(self, payload: Json) -> Ack:
        if not self._settings.lose_first:
            return await self._attempt("event", payload, None, {}, patience=ACK_SECONDS)
        self._note("event", payload, None, Ack(acked=False, response="lost", reason="http_timeout"), 0.0)
        return Ack(acked=False, reason="http_timeout")

    async def _attempt(
        self, kind: str, payload: Json, retry: Retry | None, headers: Mapping[str, str], *, patience: float
    ) -> Ack:
        began = time.monotonic()
        ack = await self._send(KINDS[kind], payload, retry, headers, patience)
        self._note(kind, payload, retry, ack, time.monotonic() - began)
        return ack

    async def _send(
        self, kind: str, payload: Json, retry: Retry | None, headers: Mapping[str, str], patience: float
    ) -> Ack:
        if self.url is not None:
            sent = webhooks.retry_headers(retry) | dict(headers)
            return await webhooks.send(self.url, kind, payload, sent, self._settings.ack_seconds)
        said = {name.lower(): value for name, value in headers.items()}
        if retry is None and "x-slack-retry-num" in said:
            retry = Retry(int(said["x-slack-retry-num"]), said.get("x-slack-retry-reason", "timeout"))
        ack = await self._sockets.send(kind, payload, retry, patience, self._settings.ack_seconds)
        return replace(ack, response=ack.response if ack.acked else None)

    def _note(self, kind: str, payload: Json, retry: Retry | None, ack: Ack, seconds: float) -> None:
        event = payload.get("event")
        self._journal.note_delivery(
            time.time() - seconds,
            kind,
            type=event.get("type") if isinstance(event, dict) else payload.get("type") or payload.get("command"),
            envelope_id=ack.envelope_id,
            subtype=event.get("subtype") if isinstance(event, dict) else None,
            event_id=payload.get("event_id"),
            retry=retry.number if retry else 0,
            reason=retry.reason if retry else None,
            acked=ack.acked,
            ack_ms=round(seconds * 1000),
            response=ack.response,
            failure=ack.reason or None,
            status=ack.status,
        )
