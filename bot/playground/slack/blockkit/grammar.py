"""What is wrong with a list of blocks: every block by itself, then all of them together."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.playground.slack.blockkit.blocks import SURFACES
from bot.playground.slack.blockkit.elements import INTERACTIVE
from bot.playground.slack.blockkit.rules import at, typed
from bot.playground.slack.shapes import Json

MOST_MARKDOWN = 12_000


def problems(blocks: list[Json], surface: str) -> list[str]:
    """Every problem in Slack's words, in the order of the blocks."""
    rule = typed(SURFACES[surface])
    found = [problem for i, block in enumerate(blocks) for problem in rule(block, f"/blocks/{i}")]
    return found or [*_twins(blocks), *_together(blocks)]


def _twins(blocks: list[Json]) -> Iterator[str]:
    named = Counter(block["block_id"] for block in blocks if "block_id" in block)
    for block_id, times in named.items():
        if times > 1:
            yield at("/blocks", f"block_id must be unique, found {times} times: {block_id}")
    for i, block in enumerate(blocks):
        for action_id, times in Counter(_action_ids(block)).items():
            if times > 1:
                yield at(f"/blocks/{i}", f"action_id must be unique in a block, found {times} times: {action_id}")


def _together(blocks: list[Json]) -> Iterator[str]:
    written = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if written > MOST_MARKDOWN:
        yield at("/blocks", f"markdown text must be less than {MOST_MARKDOWN + 1} characters in total")
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield at("/blocks", "only one table allowed")


def _action_ids(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _action_ids(item)
    elif isinstance(node, dict):
        if node.get("type") in INTERACTIVE and "action_id" in node:
            yield node["action_id"]
        for value in node.values():
            yield from _action_ids(value)
