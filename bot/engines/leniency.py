"""Reads JSON that somebody else wrote: a field by either of its spellings, a number or nothing, never an exception."""

from __future__ import annotations

import re
from typing import Any

MOST = 1_000_000_000  # of anything that is counted in an answer: what is more could not be booked as money
CAPITAL = re.compile(r"[A-Z]")


def field(node: Any, name: str) -> Any:
    """What is under this camelCase name, or its snake_case; None where there is nothing."""
    if not isinstance(node, dict):
        return None
    found = node.get(name)
    return node.get(CAPITAL.sub(lambda letter: f"_{letter[0].lower()}", name)) if found is None else found


def objects(node: Any, name: str) -> list[dict[str, Any]]:
    """The objects of the list under this name."""
    found = field(node, name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text(node: Any, name: str) -> str:
    """The text under this name, or ""."""
    found = field(node, name)
    return found if isinstance(found, str) else ""


def texts(node: Any, name: str) -> list[str]:
    """The texts of the list under this name."""
    found = field(node, name)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def count(node: Any, name: str) -> int:
    """The number under this name, written as one or as text; 0 for anything else, and never more than MOST."""
    found = field(node, name)
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return 0
    try:
        return min(max(0, int(found)), MOST)
    except (ValueError, OverflowError):
        return 0
