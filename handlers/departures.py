"""The workspace takes the bot out, or comes back.

This bot serves one workspace with the token it was started with, and keeps none in its database: there is none to
delete. What was asked for is called off, and nothing more is accepted until Slack lets us in again. What people made is
kept for some days, and then forgotten. The events are written down in middleware, before their ack (see `replies`);
Slack sends them in any order, and one of them may be all that comes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.forgetting import Forgotten
from bot.errors import ChatRefused
from bot.studio.leaving import Leaving
from handlers.intake import Me
from handlers.patience import within
from handlers.slack import call

log = structlog.get_logger()

GONE = frozenset({"account_inactive", "token_revoked", "invalid_auth", "not_authed"})
PATIENCE = 1.0  # seconds: whoever asks for a picture waits meanwhile
Next = Callable[[], Awaitable[None]]


def register(app: AsyncApp, me: Me, leaving: Leaving) -> None:
    """Listen to the bot being taken out."""

    async def accept(event: dict[str, Any], context: AsyncBoltContext, next: Next) -> None:
        if context.team_id == me.team and _is_for_us(event):  # the app may be installed elsewhere, with another token
            await leaving.leaves(me.team)
        await next()

    async def nothing_more() -> None: ...

    for name in ("app_uninstalled", "tokens_revoked"):
        app.event(name, middleware=[accept])(nothing_more)


async def clear_up(client: AsyncWebClient, leaving: Leaving, forget: Callable[[], Awaitable[Forgotten]]) -> Forgotten:
    """The daily work: whoever lets us in has not left; then what is due is forgotten.

    Raises ChatDown, and forgets nothing, when Slack does not say whether we are still let in.
    """
    await _let_in(client, leaving)
    return await forget()


async def is_back(client: AsyncWebClient, leaving: Leaving) -> bool:
    """Whether Slack lets us in, and says so within a second; then whoever had left has not."""
    try:
        return await within(PATIENCE, _let_in(client, leaving))
    except Exception as fault:
        log.warning("not_known_to_be_back", exc_info=fault)
        return False


async def _let_in(client: AsyncWebClient, leaving: Leaving) -> bool:
    try:
        who = await call(client, "auth.test")
    except ChatRefused as fault:
        if fault.facts.get("code") not in GONE:
            raise
        return False
    await leaving.is_here(who["team_id"])
    return True


def _is_for_us(event: dict[str, Any]) -> bool:
    """People's own tokens may be revoked while the bot stays."""
    revoked = event.get("tokens")
    return event["type"] == "app_uninstalled" or (isinstance(revoked, dict) and bool(revoked.get("bot")))
