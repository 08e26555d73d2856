"""The whole check of a message's or a view's blocks, and the ids Slack fills in."""

import json
from typing import Any

from bot.playground import keys
from bot.playground.slack import dressing, sharing
from bot.playground.slack.blockkit import grammar
from bot.playground.slack.blockkit.elements import INTERACTIVE
from bot.playground.slack.clock import fresh_id
from bot.playground.slack.file import SHOWABLE
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}


def message_blocks(slack: Slack, blocks: Any, *, files: bool = True) -> list[Json]:
    """Check the blocks of a message; `files` says whether slack_file may be used where they go."""
    checked = surface_blocks(blocks, "message")
    for at, node in _slack_files(checked, "/blocks"):
        if not files or not _showable(slack, node):
            refuse(f"invalid slack file [json-pointer:{at}]")
    return checked


def surface_blocks(blocks: Any, surface: str) -> list[Json]:
    """Check shapes, lengths and counts; returns a copy with every block_id and action_id filled in."""
    if isinstance(blocks, str):
        blocks = _parsed(blocks)
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise Refusal("invalid_blocks_format")
    if len(blocks) > MOST_BLOCKS[surface]:
        reason = f"no more than {MOST_BLOCKS[surface]} items allowed [json-pointer:/blocks]"
        raise Refusal.because("msg_blocks_too_many" if surface == "message" else "invalid_arguments", reason)
    problems = grammar.problems(blocks, surface)
    if problems and surface == "message":
        refuse(*problems)
    if problems:
        raise Refusal.because("invalid_arguments", *problems)
    copied: list[Json] = json.loads(json.dumps(blocks))
    for block in copied:
        block.setdefault("block_id", fresh_id("B")[-5:])
        _fill_action_ids(block)
    return copied


def refuse(*problems: str) -> None:
    """Refuse blocks in Slack's words: the reasons stand in `errors` and in `response_metadata`."""
    reasons = [f"[ERROR] {problem}" for problem in problems]
    raise Refusal("invalid_blocks", errors=list(problems), response_metadata={"messages": reasons})


def _parsed(blocks: str) -> Any:
    try:
        return json.loads(blocks)
    except ValueError:
        raise Refusal("invalid_blocks_format") from None


def _fill_action_ids(node: Any) -> None:
    if isinstance(node, list):
        for item in node:
            _fill_action_ids(item)
    elif isinstance(node, dict):
        if node.get("type") in INTERACTIVE:
            node.setdefault("action_id", fresh_id("A")[-5:])
        for value in node.values():
            _fill_action_ids(value)


def _slack_files(node: Any, at: str) -> list[tuple[str, Json]]:
    if isinstance(node, list):
        return [found for i, item in enumerate(node) for found in _slack_files(item, f"{at}/{i}")]
    if not isinstance(node, dict):
        return []
    here = [(f"{at}/slack_file", node)] if isinstance(node.get("slack_file"), dict) else []
    return here + [found for name, value in node.items() for found in _slack_files(value, f"{at}/{name}")]


def _showable(slack: Slack, node: Json) -> bool:
    file = slack.files.get(dressing.file_of(slack, node) or "")
    if file is None or not file.completed or not file.ready or file.mimetype not in SHOWABLE:
        return False
    return file.pixels is not None and sharing.visible_to(slack, keys.BOT_USER, file)
