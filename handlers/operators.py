"""Speaks to the one who runs the bot: in the log, and in Slack where there is a conversation for it."""

from __future__ import annotations

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.turns import Trouble
from bot.ports import Posts
from handlers import ids, wording
from handlers.patience import within
from handlers.slack import call

log = structlog.get_logger()

PATIENCE = 5.0  # seconds: someone's picture waits meanwhile
PRIVATE = frozenset({"words"})  # what people or the model said is nobody else's
MOST = 200  # characters of one fact


class SlackOperator:
    """The Operator port. `channel` is a channel's or a person's id; with an empty one only the log is told."""

    def __init__(self, client: AsyncWebClient, posts: Posts, channel: str) -> None:
        self._client = client
        self._posts = posts
        self._channel = channel

    async def tell(self, id: str, trouble: Trouble) -> None:
        """Say it once for each `id`. Never raises; what Slack does not take within five seconds is in the log."""
        facts = {name: fact[:MOST] for name, fact in trouble.facts.items() if name not in PRIVATE}
        try:
            await within(PATIENCE, self._once(id, trouble.reason, facts))
        except Exception as fault:
            log.error("operator_not_told", id=id, reason=trouble.reason, facts=facts, exc_info=fault)

    async def _once(self, id: str, reason: str, facts: dict[str, str]) -> None:
        if not (await self._posts.intend(ids.operator(id))).fresh:
            return
        log.error("operator_must_act", id=id, reason=reason, facts=facts)
        if self._channel:
            text = wording.to_operator(reason, facts)
            plain = {"unfurl_links": False, "unfurl_media": False}
            await call(self._client, "chat.postMessage", channel=self._channel, text=text, **plain)
