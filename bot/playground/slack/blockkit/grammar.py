"""Stub."""

from typing import Any

INTERACTIVE = frozenset({"button"})


def problems(blocks: Any, surface: str) -> list[str]:
    return []
