"""A pretend OAuth: access tokens for Vertex, so that Google's own Application Default Credentials can be used.

`POST /token` takes the two grants those credentials use: a service account's signed assertion (RFC 7523) and an
authorised user's refresh token (RFC 6749, section 6). The assertion's claims are checked, its RSA signature is not: the
world has no certificate of the account's key.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import time
from typing import Any

from aiohttp import web

from bot.playground import keys
from bot.playground.gemini import refusals

LIFE = 3599.0
LONGEST = 3600 + 60  # seconds an assertion may be good for, with a minute for clocks that differ
ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer"
GOOGLES = "https://oauth2.googleapis.com/token"  # what google-auth names as audience, wherever its token_uri leads
SCOPE = "https://www.googleapis.com/auth/cloud-platform"


class Tokens:
    """The access tokens handed out, and how many seconds each is good for."""

    def __init__(self) -> None:
        self.life = LIFE
        self._until: dict[str, float] = {}

    def issue(self) -> str:
        """A fresh access token."""
        token = f"ya29.{secrets.token_urlsafe(24)}"
        self._until[token] = time.monotonic() + self.life
        return token

    def check(self, token: str) -> None:
        """Raises Refusal for a token that was never handed out, or is over."""
        if token == keys.GOOGLE_TOKEN:
            return
        if token not in self._until:
            raise refusals.unauthenticated("ACCESS_TOKEN_TYPE_UNSUPPORTED")
        if time.monotonic() > self._until[token]:
            raise refusals.unauthenticated("ACCESS_TOKEN_EXPIRED")

    async def answer(self, request: web.Request) -> web.Response:
        """`POST /token`: a token, or 400 in OAuth's words."""
        form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        wrong = problem(form, str(request.url))
        if wrong:
            return web.json_response({"error": wrong[0], "error_description": wrong[1]}, status=400)
        granted: dict[str, Any] = {"access_token": self.issue(), "expires_in": int(self.life), "token_type": "Bearer"}
        return web.json_response(granted | {"scope": SCOPE})


def problem(form: dict[str, str], url: str) -> tuple[str, str] | None:
    """What is wrong with a grant: OAuth's error and its description; None for a good one."""
    match form.get("grant_type"):
        case "refresh_token":
            return wrong_refresh(form)
        case kind if kind == ASSERTION:
            return wrong_assertion(read_claims(form.get("assertion", "")), url)
        case kind:
            return "unsupported_grant_type", f"Invalid grant_type: {kind}"


def wrong_refresh(form: dict[str, str]) -> tuple[str, str] | None:
    if (form.get("client_id"), form.get("client_secret")) != (keys.CLIENT_ID, keys.CLIENT_SECRET):
        return "invalid_client", "The OAuth client was not found."
    if form.get("refresh_token") != keys.REFRESH_TOKEN:
        return "invalid_grant", "Token has been expired or revoked."
    return None


def read_claims(assertion: str) -> dict[str, Any]:
    """The claims of a JSON Web Token; {} for one that is none."""
    pieces = assertion.split(".")
    if len(pieces) != 3 or not pieces[2]:
        return {}
    try:
        claims = json.loads(base64.urlsafe_b64decode(pieces[1] + "=" * (-len(pieces[1]) % 4)))
    except (binascii.Error, ValueError):
        return {}
    return claims if isinstance(claims, dict) else {}


def wrong_assertion(claims: dict[str, Any], url: str) -> tuple[str, str] | None:
    issued, until = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int) or not isinstance(until, int):
        return "invalid_grant", "Invalid JWT: Failed audience check or malformed token."
    if claims.get("iss") != keys.SERVICE_ACCOUNT:
        return "invalid_grant", "Invalid grant: account not found"
    if claims.get("aud") not in (url, GOOGLES):
        return "invalid_grant", "Invalid JWT: Failed audience check."
    if not issued - 60 <= time.time() <= until or until - issued > LONGEST:
        return (
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.",
        )
    if SCOPE not in str(claims.get("scope", "")).split():
        return "invalid_scope", "Invalid OAuth scope or ID token audience provided."
    return None
