"""How one fox is told from another: each has a number, which every message about it and every call for it carries."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.stories.story import Seen

NUMBER = re.compile(r"fox number (\d+) ")


def buttons(seen: Seen) -> list[dict[str, Any]]:
    """What can be pressed on a message."""
    return [
        {**element, "block_id": block.get("block_id", "")}
        for block in seen.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def number_of(seen: Seen) -> int:
    """The fox's number on a message."""
    return last_number(json.dumps(seen.message))


def last_number(text: str) -> int:
    """The last fox's number in it; 0 when there is none."""
    return int((NUMBER.findall(text) or ["0"])[-1])
