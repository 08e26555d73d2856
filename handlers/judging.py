"""The buttons Keep and Discard, with how many people pressed each: pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import labels
from handlers.thumbs import DISCARD, KEEP, pictures

Block = dict[str, Any]
SHOWN = ("type", "block_id", "alt_text", "title")  # of an image block; Slack adds more than it takes back


def buttons(ids: Sequence[str], tally: tuple[int, int] = (0, 0)) -> list[Block]:
    """The two buttons for these pictures; `tally` is how many keep and how many discard."""
    value = ",".join(ids)
    return [
        {
            "type": "button",
            "action_id": act,
            "text": {"type": "plain_text", "text": labels.judging(act, len(ids), count)},
            "value": value,
        }
        for act, count in zip((KEEP, DISCARD), tally, strict=True)
    ]


def retallied(blocks: Sequence[Block], tally: tuple[int, int]) -> list[Block]:
    """A message's blocks as Slack told them, fit to be handed back, with this tally on the buttons."""
    return [_recounted(_handed_back(block), tally) for block in blocks]


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
