"""What the painter is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commission:
    """`size` is the exact size in pixels; `references` are encoded pictures, the one to change last."""

    words: str
    size: tuple[int, int]
    finish: str
    signed: str
    mime: str
    references: tuple[bytes, ...]
    seed: int
    take: int = 0
