"""Decides what an admitted request gets: a sketch, a canned picture, or what its fault says."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from bot.playground.gemini import answers, canned, composing, pixels
from bot.playground.gemini.asks import Ask
from bot.playground.gemini.magic import APOLOGY, Fault
from bot.playground.gemini.pictures import measure
from bot.playground.gemini.sketch import easel

Json = dict[str, Any]
REMEMBERED = 10_000
HUGE, PIXELS_4K = 20_000_000, 4096 * 4096  # bytes of a heavy picture, and how many pixels that is for
WORDS = "Here is your sketch."
EDIT_WORDS = "Here is the picture with that change."


class Studio:
    """Draws. The same request again gives the next take of it, so that four variations differ."""

    def __init__(self) -> None:
        self._takes: OrderedDict[str, int] = OrderedDict()
        self._canned_bytes: int | None = None

    def set_canned(self, canned: Json | None) -> None:
        """{"bytes": n}: answer with a picture of about n bytes drawn beforehand; None: draw."""
        self._canned_bytes = int(canned["bytes"]) if canned else None

    def forget(self) -> None:
        self._takes.clear()

    def answer(self, ask: Ask, fault: Fault) -> Json:
        """The body of a 200. Draws: keep off the event loop."""
        return self._disappoint(ask, fault) or self._please(ask, fault)

    def _disappoint(self, ask: Ask, fault: Fault) -> Json | None:
        if "block_reason" in fault:
            return answers.blocked(ask, str(fault["block_reason"]))
        if "finish_reason" in fault and "drafts" in fault:
            return answers.broken_off(ask, [self._draw(ask, fault)] * int(fault["drafts"]), str(fault["finish_reason"]))
        if "finish_reason" in fault:
            return answers.finished(
                ask, str(fault["finish_reason"]), fault.get("finish_message"), fault.get("text_only")
            )
        if fault.get("empty"):
            return answers.finished(ask, "STOP", None)
        if "text_only" in fault:
            return answers.with_words(ask, str(fault["text_only"] or APOLOGY))
        return None

    def _please(self, ask: Ask, fault: Fault) -> Json:
        if "IMAGE" not in ask.modalities:
            return answers.with_words(ask, f"A sketch could show: {ask.prompt[:200]}")
        if ask.config.get("maxOutputTokens", ask.model.output_tokens) < ask.model.sizes[ask.size or "1K"]:
            return answers.finished(ask, "MAX_TOKENS", None)
        words = EDIT_WORDS if ask.pictures else WORDS
        if fault.get("data_url"):
            return answers.as_address(ask, self._draw(ask, fault), words)
        drawn = [self._draw(ask, fault) for _ in range(int(fault.get("drafts", 0)) + 1)]
        return answers.with_pictures(ask, drawn, words)

    def _draw(self, ask: Ask, fault: Fault) -> bytes:
        ratio = choose_ratio(ask)
        measured = ask.model.measure(ratio, ask.size or "1K")
        size = pixels.stray(ratio, ask.model.measure) if fault.get("wrong_size") else measured
        about = HUGE * size[0] * size[1] // PIXELS_4K if fault.get("huge") else self._canned_bytes
        if about is not None:
            return canned.picture(size, about, ask.model.gives)
        return easel.paint(composing.commission(ask, size, self._next_take(ask)))

    def _next_take(self, ask: Ask) -> int:
        known = ask.fingerprint()
        take = self._takes.pop(known, -1) + 1
        self._takes[known] = take
        if len(self._takes) > REMEMBERED:
            self._takes.popitem(last=False)
        return take


def choose_ratio(ask: Ask) -> str:
    """The ratio asked for; else the one nearest to the last picture handed in or drawn; else square."""
    if ask.ratio:
        return ask.ratio
    for part in reversed(ask.pictures):
        size = measure(part.data or b"")
        if size:
            return pixels.nearest_ratio(*size, ask.model.ratios)
    return "1:1"
