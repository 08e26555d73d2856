"""A provider's complaint may repeat what it complains of: what was said in a conversation belongs in no log."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.errors import ThreadpaintError
from bot.ports import Ask

RUN = 12  # characters in a row that are the same by no chance
SHORTEST = 3  # characters of a prompt that can be told from the complaint's own words


def silence(fault: ThreadpaintError, ask: Ask) -> None:
    """Cut `facts["detail"]` off where it begins to repeat words of this call."""
    if detail := fault.facts.get("detail"):
        fault.facts["detail"] = detail[: _echo(detail, tuple(_said(ask)))]


def _echo(detail: str, said: tuple[str, ...]) -> int:
    """Where the echo begins; the length of the detail where there is none."""
    short = (detail.find(text) for text in said if SHORTEST <= len(text) < RUN)
    runs = (at for at in range(len(detail) - RUN + 1) if any(detail[at : at + RUN] in text for text in said))
    return min([len(detail), *(at for at in short if at >= 0), *list(runs)[:1]])


def _said(ask: Ask) -> Iterator[str]:
    """All texts of the call, as they are and as JSON writes them."""
    answers = (said.text for exchange in ask.history for said in exchange.answer)
    for text in (ask.text, *(exchange.text for exchange in ask.history), *answers):
        yield text
        yield json.dumps(text)[1:-1]
