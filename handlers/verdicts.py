"""Which pictures people keep: the buttons Keep and Discard, and thumbs put on a message.

A press is written down before its ack. A reaction is an event, which Bolt acknowledges before a listener runs, so it is
written down in middleware, as messages are (see `replies`).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ThreadpaintError
from bot.ports import Verdicts
from handlers import thumbs, wording
from handlers.aftermath import Aftermath
from handlers.intake import Me
from handlers.slack import call
from handlers.tallies import Tallies
from handlers.thumbs import Thumb

log = structlog.get_logger()

LOOKS, PAUSE = 8, 0.25  # seconds; all in all less than Slack waits for an ack
YOUNG = 10_000_000  # microseconds: what a message shows is written down long before
ACTIONS = re.compile(f"^({thumbs.KEEP}|{thumbs.DISCARD})$")
Next = Callable[[], Awaitable[None]]


def register(app: AsyncApp, me: Me, verdicts: Verdicts) -> None:
    """Listen to Keep, to Discard, and to thumbs."""
    tallies = Tallies(verdicts)
    aftermath = Aftermath(verdicts, tallies)

    async def judge(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], client: AsyncWebClient) -> None:
        given = thumbs.of_press(body, action)
        known = await verdicts.give(given)
        await ack()
        if known:
            await tallies.show(client, body, [verdict.picture for verdict in given])
        else:
            await _say_forgotten(client, body)

    async def accept(event: dict[str, Any], context: AsyncBoltContext, next: Next) -> None:
        thumb = thumbs.of_reaction(event, me.team, me.user)
        if thumb and (pictures := await _shown(verdicts, thumb)):
            await verdicts.give(thumb.on(pictures))
            context["thumb"] = (thumb, pictures)
        await next()

    async def follow(context: AsyncBoltContext, client: AsyncWebClient) -> None:
        if judged := context.get("thumb"):
            await aftermath.follow(client, *judged)

    app.action(ACTIONS)(judge)
    for name in ("reaction_added", "reaction_removed"):
        app.event(name, middleware=[accept])(follow)


async def _say_forgotten(client: AsyncWebClient, body: dict[str, Any]) -> None:
    """Whisper it where the message is, as under the other buttons."""
    thread = {"thread_ts": ts} if (ts := body["message"].get("thread_ts")) else {}
    where = {"channel": body["channel"]["id"], "user": body["user"]["id"], **thread}
    try:
        await call(client, "chat.postEphemeral", text=wording.sentence("picture_unknown", {}), **where)
    except ThreadpaintError as fault:
        log.warning("whisper_not_heard", reason=fault.reason, **fault.facts)


async def _shown(verdicts: Verdicts, thumb: Thumb) -> tuple[str, ...]:
    """The pictures under this thumb. Somebody may be faster than we write down which message shows what."""
    for _ in range(LOOKS if _is_early(thumb) else 0):
        if pictures := await verdicts.at(thumb.place, thumb.post):
            return pictures
        await asyncio.sleep(PAUSE)
    return await verdicts.at(thumb.place, thumb.post)


def _is_early(thumb: Thumb) -> bool:
    return thumb.ours and thumb.moment - thumbs.moment(thumb.post) < YOUNG
