"""Blocks as Slack gives them back: with more in them than was sent.

Slack measures pictures, resolves files to addresses and writes out the defaults of texts. What it adds to a picture it
does not take back: an app that sends a message's blocks again as it found them is refused with invalid_blocks.
"""

import copy
from typing import Any

from bot.playground.slack import sharing
from bot.playground.slack.file import File
from bot.playground.slack.model import Slack
from bot.playground.slack.shapes import Json

DEFAULTS: dict[str, Json] = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}


def dress(slack: Slack, blocks: list[Json]) -> list[Json]:
    """A copy of checked blocks with everything Slack adds."""
    dressed = copy.deepcopy(blocks)
    for block in dressed:
        _dress(slack, block)
    return dressed


def image_nodes(node: Any) -> list[Json]:
    """Every image block or element with a slack_file, wherever it lies in the blocks."""
    if isinstance(node, list):
        return [found for item in node for found in image_nodes(item)]
    if not isinstance(node, dict):
        return []
    here = [node] if node.get("type") == "image" and isinstance(node.get("slack_file"), dict) else []
    return here + [found for value in node.values() for found in image_nodes(value)]


def file_of(slack: Slack, node: Json) -> str | None:
    """The id of the file an image block shows."""
    wanted = node["slack_file"]
    if "id" in wanted:
        return str(wanted["id"])
    found = sharing.find_by_url(slack, str(wanted.get("url", "")))
    return found.id if found else None


def spell_out(text: Json) -> Json:
    """A text object with its defaults written out."""
    return DEFAULTS.get(text["type"], {}) | text


def _dress(slack: Slack, node: Any) -> None:
    if isinstance(node, list):
        for item in node:
            _dress(slack, item)
    elif isinstance(node, dict):
        for value in node.values():
            _dress(slack, value)
        _add(slack, node)


def _add(slack: Slack, node: Json) -> None:
    kind = node.get("type")
    if isinstance(kind, str) and kind in DEFAULTS and "text" in node:
        node.update(spell_out(node))
    elif kind == "image" and isinstance(node.get("slack_file"), dict):
        file = slack.files.get(file_of(slack, node) or "")
        node.update(_measured(slack, file) if file is not None else {"is_animated": False})
    elif kind == "image":
        node.update({"fallback": "image", "is_animated": False})


def _measured(slack: Slack, file: File) -> Json:
    wide, high = file.pixels or (0, 0)
    return {
        "slack_file": {"id": file.id, "url": file.described(slack.url)["url_private"]},
        "fallback": f"{wide}x{high}px image",
        "image_width": wide,
        "image_height": high,
        "image_bytes": len(file.data),
        "is_animated": file.mimetype == "image/gif",
    }
