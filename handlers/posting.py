"""Posts a message once, whatever happens in between: an intent first, and a search before a second try."""

from __future__ import annotations

from copy import copy
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.requests import Place
from bot.errors import ChatDown, ChatRefused
from bot.ports import Posts
from handlers.pacing import Pacing
from handlers.slack import call, look

TRIES = 6  # of a message that Slack tells to wait; then the step is tried again later
PAGES = 5  # of 200 messages: how far back an earlier run's message is looked for


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
        for _ in range(TRIES):
            async with self._pacing.turn(place.channel):
                try:
                    return str((await call(self._sender, "chat.postMessage", **said))["ts"])
                except ChatDown as fault:
                    if "after" not in fault.facts:
                        raise
                    self._pacing.refused(place.channel, _seconds(fault.facts["after"]))
        raise ChatDown("chat_busy")

    async def _find(self, id: str, place: Place) -> str:
        """The message an earlier run may have posted, by its block id."""
        method, where = (
            ("conversations.replies", {"ts": place.thread}) if place.thread else ("conversations.history", {})
        )
        cursor = ""
        for _ in range(PAGES):
            try:
                data = await look(self._client, method, channel=place.channel, limit="200", cursor=cursor, **where)
            except ChatRefused:
                return ""
            for message in data.get("messages") or []:
                if any(block.get("block_id") == id for block in message.get("blocks") or []):
                    return str(message["ts"])
            cursor = (data.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return ""


def _seconds(after: str) -> float:
    """Slack's `Retry-After`: whole seconds. A second where it says nothing."""
    return float(after) if after.isdigit() else 1.0
