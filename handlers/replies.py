"""Messages: mentions, replies in threads the bot works in, direct messages, and deletions.

Bolt tells Slack "ok" for an event before a listener runs, so a crash there would lose it. What must be written down is
therefore written in the listener's *middleware*, which runs before; when it raises, Slack gets no "ok" and sends the
event again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.domain.requests import Act, ImageRequest, Place
from bot.ports import Threads, Turns
from bot.studio.lineup import Lineup
from bot.studio.submit import Submit
from handlers import intake, wording
from handlers.delivery import SlackMessenger

Next = Callable[[], Awaitable[None]]


def register(
    app: AsyncApp, submit: Submit, threads: Threads, turns: Turns, messenger: SlackMessenger, lineup: Lineup
) -> None:
    """Listen to messages and mentions."""

    async def accept(event: dict[str, Any], context: AsyncBoltContext, next: Next) -> None:
        me = intake.Me(context.team_id or "", context.bot_user_id or "", context.bot_id or "")
        if event.get("subtype") == "message_deleted" and event.get("deleted_ts"):
            await turns.withdrawn(Place(me.team, event["channel"]), event["deleted_ts"])
        request = await _for_us(intake.of_message(event, me.team, me), threads)
        if request and not wording.asks_for_help(request.text, bool(request.attachments)):
            await submit(request)
        elif request:
            context["help_for"] = request
        await next()

    async def help_or_nothing(context: AsyncBoltContext) -> None:
        if asked := context.get("help_for"):
            await messenger.explain(asked, wording.usage(lineup.catalogue, "/imagine"))

    for name in ("app_mention", "message"):
        app.event(name, middleware=[accept])(help_or_nothing)


async def _for_us(heard: intake.Heard | None, threads: Threads) -> ImageRequest | None:
    """A reply is for us where the bot is at home; in people's own threads it waits to be called by name."""
    if heard is None:
        return None
    if heard.mentioned or (heard.direct and not heard.in_thread):
        return heard.request
    if heard.aside or not heard.in_thread:
        return None
    thread = await threads.find(heard.request.place)
    if heard.direct or (thread and thread.ours):
        return heard.request if thread else replace(heard.request, act=Act.LOST)
    return replace(heard.request, act=Act.LOST) if heard.under_me and thread is None else None
