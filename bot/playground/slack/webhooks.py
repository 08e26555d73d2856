"""HTTP mode: signed requests to the app's one URL."""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.playground import keys
from bot.playground.slack.acks import ACK_SECONDS, Ack, Retry
from bot.playground.slack.shapes import Json

FORM = "application/x-www-form-urlencoded"
MOST_REDIRECTS = 2


async def send(url: str, kind: str, payload: Json, headers: Mapping[str, str], limit: float = ACK_SECONDS) -> Ack:
    """Post one delivery and wait up to `limit` seconds.

    `headers` are added last, so that a test may spoil the signature with them.
    """
    body, content_type = _encode(kind, payload)
    wanted = _signed(body) | {"Content-Type": content_type} | dict(headers)
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=limit)) as session,
            session.post(url, data=body.encode(), headers=wanted, max_redirects=MOST_REDIRECTS) as answer,
        ):
            return await _read(answer)
    except TimeoutError:
        return Ack(acked=False, reason="http_timeout")
    except aiohttp.TooManyRedirects:
        return Ack(acked=False, reason="too_many_redirects")
    except aiohttp.ClientError:
        return Ack(acked=False, reason="connection_failed")


def retry_headers(retry: Retry | None) -> dict[str, str]:
    """The two headers that mark a repeated delivery."""
    if retry is None:
        return {}
    return {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}


async def verify(url: str) -> bool:
    """Slack's handshake with a new request URL: the challenge must come back."""
    challenge = secrets.token_urlsafe(24)
    ack = await send(url, "events_api", {"type": "url_verification", "challenge": challenge}, {})
    answered = ack.response.get("challenge") if isinstance(ack.response, dict) else ack.response
    return ack.acked and answered == challenge


def _encode(kind: str, payload: Json) -> tuple[str, str]:
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    if kind == "slash_commands":
        return urlencode({name: "" if value is None else str(value) for name, value in payload.items()}), FORM
    return urlencode({"payload": json.dumps(payload)}), FORM


def _signed(body: str) -> dict[str, str]:
    at = str(int(time.time()))
    digest = hmac.new(keys.SIGNING_SECRET.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={digest}",
    }


async def _read(answer: aiohttp.ClientResponse) -> Ack:
    body = await answer.text()
    final = answer.headers.get("X-Slack-No-Retry") == "1"
    if not 200 <= answer.status < 300:
        return Ack(acked=False, response=body, reason="http_error", status=answer.status, final=final)
    return Ack(acked=True, response=_parsed(body), status=answer.status, final=final)


def _parsed(body: str) -> Any:
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body
