"""Posts a message once, whatever happens in between: an intent first, and a search before a second try."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from copy import copy
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.requests import Place
from bot.errors import ChatDown, ChatRefused
from bot.ports import Posts
from handlers.pacing import Pacing
from handlers.slack import call, look

TRIES = 6  # of a message that Slack tells to wait; then the step is tried again later
PAGE = 999  # messages that Slack gives at once: https://docs.slack.dev/reference/methods/conversations.history
BACK = 1  # pages of a channel
DEEP = 100  # pages of a thread


class Once:
    """Posts messages whose first block carries their id as `block_id`."""

    def __init__(self, client: AsyncWebClient, posts: Posts) -> None:
        self._client = client
        self._sender = copy(client)
        self._sender.retry_handlers = []  # whoever is told to wait does so in its channel's lane
        self._posts = posts
        self._pacing = Pacing()

    async def post(self, id: str, place: Place, text: str, blocks: list[dict[str, Any]], **how: bool) -> str:
        """Post into the place's thread (or at the top of the channel) unless an earlier run did; its timestamp.

        `how` is passed to `chat.postMessage` as it is.
        """
        intent = await self._posts.intend(id)
        found = "" if intent.fresh else await self._find(id, place)
        return found or await self._send(place, text, [{**blocks[0], "block_id": id}, *blocks[1:]], **how)

    async def _send(self, place: Place, text: str, blocks: list[dict[str, Any]], **how: bool) -> str:
        thread = {"thread_ts": place.thread, **how} if place.thread else {}
        plain = {"unfurl_links": False, "unfurl_media": False}  # what people link to in their words is theirs to show
        said = {"channel": place.channel, "text": text, "blocks": blocks, **plain, **thread}
        async with aclosing(self._pacing.tries(place.channel, TRIES)) as tries:
            async for _ in tries:
                try:
                    return str((await call(self._sender, "chat.postMessage", **said))["ts"])
                except ChatDown as fault:
                    if "after" not in fault.facts:
                        raise
                    self._pacing.refused(place.channel, _seconds(fault.facts["after"]))
        raise ChatDown("chat_busy")

    async def _find(self, id: str, place: Place) -> str:
        """The message an earlier run may have posted, by its block id."""
        with suppress(ChatRefused):
            async for message in self._standing(place):
                if any(block.get("block_id") == id for block in message.get("blocks") or []):
                    return str(message["ts"])
        return ""

    async def _standing(self, place: Place) -> AsyncIterator[dict[str, Any]]:
        """The whole thread, since Slack gives its oldest messages first; of a channel the newest."""
        method, where, pages = "conversations.history", {"channel": place.channel, "limit": str(PAGE)}, BACK
        if place.thread:
            method, where, pages = "conversations.replies", {**where, "ts": place.thread}, DEEP
        cursor = ""
        for _ in range(pages):
            data = await look(self._client, method, cursor=cursor, **where)
            for message in data.get("messages") or []:
                yield message
            cursor = (data.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return


def _seconds(after: str) -> float:
    """Slack's `Retry-After`: whole seconds. One at least, also where it says nothing: no refusal is over at once."""
    return max(1.0, float(after)) if after.isdecimal() else 1.0
