"""Messages: mentions, replies in threads the bot works in, direct messages, and deletions.

Bolt tells Slack "ok" for an event before a listener runs, so a crash there would lose it. What must be written down is
therefore written in the listener's *middleware*, which runs before; when it raises, Slack gets no "ok" and sends the
event again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.domain.courtesies import courteous, wordless
from bot.domain.inquiries import Inquiry, cancels, inquiry
from bot.domain.requests import Act, ImageRequest, Place
from bot.ports import Cancelled, Requests, Threads, Turns, Verdicts
from bot.studio.lineup import Lineup
from bot.studio.opening import turn_id
from bot.studio.spending import Spending
from bot.studio.submit import Submit
from handlers import costs, intake, waiting, wording
from handlers.delivery import SlackMessenger
from handlers.intake import Me

Next = Callable[[], Awaitable[None]]
NOTHING = (None, "")
FOUND_NOTHING = waiting.cancelled(Cancelled(0, 0))
OTHER = 1.0  # seconds: a mention may come as two events, and the other one may have found something


@dataclass(frozen=True, slots=True)
class Memory:
    """What there is to know about what people refer to."""

    requests: Requests
    threads: Threads
    turns: Turns
    verdicts: Verdicts


def register(
    app: AsyncApp, me: Me, submit: Submit, memory: Memory, messenger: SlackMessenger, lineup: Lineup, spending: Spending
) -> None:
    """Listen to messages and mentions."""

    async def accept(event: dict[str, Any], context: AsyncBoltContext, next: Next) -> None:
        if ts := intake.deleted(event):
            await forget(Place(me.team, event["channel"]), ts)
        heard = intake.of_message(event, me.team, me)
        if heard and not _comes_twice(heard, event) and not _is_courtesy(heard):
            request = await _for_us(heard, memory.threads)
            if request and context.get("stranger"):
                context["answer"] = (request, wording.sentence("stranger", {}))
            else:
                context["answer"] = (request, await answer(request)) if request else (heard.request, await hush(heard))
        await next()

    async def forget(place: Place, ts: str) -> None:
        """A message is gone: it shows no turn any more, and asks for nothing."""
        await memory.turns.withdrawn(place, ts)
        key = intake.key_of_message(place, ts)
        await memory.requests.withdraw(key, turn_id(key))

    async def answer(request: ImageRequest) -> str:
        """What is said at once; "" for what is written down, and will be answered with a picture."""
        if not request.attachments and (wording.asks_for_help(request.text) or wordless(request.text)):
            return wording.usage(lineup.catalogue, "/imagine")
        if not request.attachments and (asked := inquiry(request.text)):
            return await told(request, asked)
        if cancels(request.text) and not request.attachments and request.act is not Act.LOST:
            return waiting.cancelled(await memory.requests.cancel(_scope(request), request.asker, request.ts))
        await submit(request)
        return ""

    async def told(request: ImageRequest, asked: Inquiry) -> str:
        if asked.about == "report":
            return wording.sentence("report_elsewhere", {})
        return await costs.told(spending, request.place.team, request.asker, asked)

    async def hush(heard: intake.Heard) -> str:
        """A status that says "say cancel" also stands in people's own threads. There colleagues say so as well."""
        if not heard.in_thread or heard.aside or not cancels(heard.request.text):
            return ""
        found = await memory.requests.cancel(heard.request.place, heard.request.asker, heard.request.ts)
        return "" if found == Cancelled(0, 0) else waiting.cancelled(found)

    async def say(context: AsyncBoltContext) -> None:
        request, said = context.get("answer", NOTHING)
        if said == FOUND_NOTHING:
            await asyncio.sleep(OTHER)
        if said:
            await messenger.explain(request, said)

    for name in ("app_mention", "message"):
        app.event(name, middleware=[accept])(say)


def _comes_twice(heard: intake.Heard, event: dict[str, Any]) -> bool:
    """A mention is two events, and both may be written down, since that is once. Only one can say what it found.

    In a conversation of several people (mpim) Slack's documents do not agree on whether `app_mention` comes; where both
    do, whoever asked is answered once.
    """
    alone = heard.direct or event.get("channel_type") == "mpim"
    return event["type"] == "message" and heard.mentioned and not alone and cancels(heard.request.text)


def _is_courtesy(heard: intake.Heard) -> bool:
    """Under a picture, and where nobody else is addressed, people also say what asks for none."""
    return (heard.in_thread or heard.direct) and not heard.request.attachments and courteous(heard.request.text)


def _scope(request: ImageRequest) -> Place:
    """A word at the top of a channel is about the whole channel."""
    return replace(request.place, thread="") if request.place.thread == request.ts else request.place


async def _for_us(heard: intake.Heard, threads: Threads) -> ImageRequest | None:
    """A reply is for us where the bot is at home; in people's own threads it waits to be called by name."""
    if heard.mentioned or (heard.direct and not heard.in_thread):
        return heard.request
    if heard.aside or not heard.in_thread:
        return None
    thread = await threads.find(heard.request.place)
    if heard.direct or (thread and thread.ours):
        return heard.request if thread else replace(heard.request, act=Act.LOST)
    return replace(heard.request, act=Act.LOST) if heard.under_me and thread is None else None
