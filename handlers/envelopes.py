"""Deliveries over HTTP: whether Slack signed them, and what is in them.

Bolt would read a body before it checks the signature, fall over what is no JSON, and lose a command whose words have
"payload" in them (slack_bolt 1.30, `parse_body`). So both are done here, and Bolt is handed the payload.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier


def is_signed(verifier: SignatureVerifier, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether Slack signed this body within the last five minutes."""
    at, signature = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
    if not (at.isascii() and at.isdigit() and len(at) < 12 and signature.isascii()):
        return False  # the verifier stumbles over anything but a number
    try:
        return verifier.is_valid(body, at, signature)
    except UnicodeDecodeError:
        return False  # Slack writes UTF-8


def is_a_look(body: bytes) -> bool:
    """Whether Slack only looks at our certificate, as it does from time to time: nothing in it is to be believed."""
    return b"ssl_check=1" in body.split(b"&")


def payload(body: bytes, content_type: str) -> dict[str, Any] | None:
    """What Slack wrote, as JSON or as a form; None when nobody could read it."""
    try:
        said = _read(body.decode(), content_type)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and isinstance(said.get("event", {}), dict) else None


def _read(text: str, content_type: str) -> Any:
    if content_type == "application/json" or text.startswith("{"):
        return json.loads(text)
    form = dict(parse_qsl(text, keep_blank_values=True))
    return json.loads(form["payload"]) if "payload" in form else form
