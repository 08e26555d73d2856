"""How many people keep or discard what a message shows: on its buttons, as it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ThreadpaintError
from bot.ports import Verdicts
from handlers.judging import retallied
from handlers.mrkdwn import cut
from handlers.slack import call

log = structlog.get_logger()

MOST_TEXT = 3900  # characters that chat.update takes, with room for escapes


class Tallies:
    """Shows tallies under pictures. While one message is at work, further clicks on it only ask to look again."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._verdicts = verdicts
        self._stale: set[str] = set()
        self._at_work: set[str] = set()

    async def show(self, client: AsyncWebClient, body: dict[str, Any], ids: Sequence[str]) -> None:
        """Bring this message's buttons up to date with what is written down. Never raises: it is a courtesy."""
        message = f"{body['channel']['id']}/{body['message']['ts']}"
        self._stale.add(message)
        if message in self._at_work:
            return
        self._at_work.add(message)
        try:
            await self._catch_up(client, body, ids, message)
        except ThreadpaintError as fault:
            log.warning("tally_not_shown", reason=fault.reason, **fault.facts)
        except Exception as fault:
            log.warning("tally_not_shown", exc_info=fault)
        finally:
            self._at_work.discard(message)
            self._stale.discard(message)

    async def _catch_up(self, client: AsyncWebClient, body: dict[str, Any], ids: Sequence[str], message: str) -> None:
        """Until what is shown is what is written down: another process may have shown an older tally in between."""
        shown = None
        while message in self._stale:
            self._stale.discard(message)
            tally = await self._verdicts.tally(ids)
            if tally != shown:
                await _update(client, body, tally)
                shown = tally
                self._stale.add(message)


async def _update(client: AsyncWebClient, body: dict[str, Any], tally: tuple[int, int]) -> None:
    message = body["message"]
    await call(
        client,
        "chat.update",
        channel=body["channel"]["id"],
        ts=message["ts"],
        text=cut(message.get("text") or "", MOST_TEXT),
        blocks=retallied(message.get("blocks") or [], tally),
    )
