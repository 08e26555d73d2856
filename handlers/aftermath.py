"""After a thumb is written down: what still stands on its message decides, and the buttons there follow.

Slack tells of a reaction without the message it is on. To ask for that takes longer than a delivery may, so it comes
after the ack. It is a courtesy: where it fails the word stands as it was written down, and the log says so.
"""

from __future__ import annotations

from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ThreadpaintError
from bot.ports import Verdicts
from handlers.slack import look
from handlers.tallies import Tallies
from handlers.thumbs import Thumb

log = structlog.get_logger()


class Aftermath:
    """What is left to do for a thumb that was put on a message, or taken off it."""

    def __init__(self, verdicts: Verdicts, tallies: Tallies) -> None:
        self._verdicts = verdicts
        self._tallies = tallies

    async def follow(self, client: AsyncWebClient, thumb: Thumb, pictures: tuple[str, ...]) -> None:
        """Hear the person's other thumb, and count under these pictures. Never raises."""
        try:
            await self._follow(client, thumb, pictures)
        except ThreadpaintError as fault:
            log.warning("thumb_not_followed", reason=fault.reason, **fault.facts)
        except Exception as fault:
            log.warning("thumb_not_followed", exc_info=fault)

    async def _follow(self, client: AsyncWebClient, thumb: Thumb, pictures: tuple[str, ...]) -> None:
        message = await _message(client, thumb)
        if message is None:
            return
        if thumb.said is not None:
            await self._verdicts.give(thumb.taken_from(message).on(pictures))
        await self._tallies.show(client, {"channel": {"id": thumb.place.channel}, "message": message}, pictures)


async def _message(client: AsyncWebClient, thumb: Thumb) -> dict[str, Any] | None:
    """The message as it stands now; asked for by its own timestamp it comes alone, or at the top of its thread."""
    edges = {"oldest": thumb.post, "latest": thumb.post, "inclusive": "true", "limit": "2"}
    data = await look(client, "conversations.replies", channel=thumb.place.channel, ts=thumb.post, **edges)
    return next((message for message in data.get("messages") or [] if message.get("ts") == thumb.post), None)
