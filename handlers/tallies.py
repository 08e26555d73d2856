"""The buttons Keep and Discard, with how many people pressed each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ThreadpaintError
from bot.ports import Verdicts
from handlers import wording
from handlers.slack import call
from handlers.thumbs import DISCARD, KEEP, pictures

log = structlog.get_logger()

Block = dict[str, Any]
SHOWN = ("type", "block_id", "alt_text", "title")  # of an image block; Slack adds more than it takes back
MOST_TEXT = 3900  # characters that chat.update takes, with room for escapes


def buttons(ids: Sequence[str], tally: tuple[int, int] = (0, 0)) -> list[Block]:
    """The two buttons for these pictures; `tally` is how many keep and how many discard."""
    value = ",".join(ids)
    return [
        {
            "type": "button",
            "action_id": act,
            "text": {"type": "plain_text", "text": wording.judging(act, len(ids), count)},
            "value": value,
        }
        for act, count in zip((KEEP, DISCARD), tally, strict=True)
    ]


def retallied(blocks: Sequence[Block], tally: tuple[int, int]) -> list[Block]:
    """A message's blocks as Slack told them, fit to be handed back, with this tally on the buttons."""
    return [_recounted(_handed_back(block), tally) for block in blocks]


class Tallies:
    """Shows tallies under pictures. While one message is at work, further clicks on it only ask to look again."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._verdicts = verdicts
        self._stale: set[str] = set()
        self._at_work: set[str] = set()

    async def show(self, client: AsyncWebClient, body: dict[str, Any], ids: Sequence[str]) -> None:
        """Bring the pressed message's buttons up to date with what is written down. Never raises: it is a courtesy."""
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
        text=wording.cut(message.get("text") or "", MOST_TEXT),
        blocks=retallied(message.get("blocks") or [], tally),
    )


def _handed_back(block: Block) -> Block:
    if block.get("type") != "image" or "slack_file" not in block:
        return block
    kept = {name: block[name] for name in SHOWN if block.get(name)}
    file = block["slack_file"]
    return {**kept, "slack_file": {"id": file["id"]} if "id" in file else {"url": file["url"]}}


def _recounted(block: Block, tally: tuple[int, int]) -> Block:
    elements = block.get("elements") or []
    if block.get("type") != "actions" or not any(element.get("action_id") == KEEP for element in elements):
        return block
    value = next(element["value"] for element in elements if element.get("action_id") == KEEP)
    return {**block, "elements": buttons(pictures(value), tally)}
