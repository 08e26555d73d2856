"""Counts tokens the way Google bills them: a fixed price a picture, about four characters a token of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.playground.gemini.asks import Ask

OVERHEAD = 96  # candidatesTokenCount is observed to be larger than the sum of its details: they list pictures only
THINKING = {"MINIMAL": 88, "": 184, "LOW": 184, "MEDIUM": 291, "HIGH": 630}

FILTERS = frozenset({"IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """Tokens of what was sent."""

    text: int
    pictures: int

    @property
    def total(self) -> int:
        return self.text + self.pictures

    def fields(self) -> dict[str, Any]:
        details = [{"modality": "TEXT", "tokenCount": self.text}]
        if self.pictures:
            details.append({"modality": "IMAGE", "tokenCount": self.pictures})
        return {"promptTokenCount": self.total, "promptTokensDetails": details}


def count_words(text: str) -> int:
    return max(1, (len(text) + 3) // 4) if text else 0


def count_prompt(ask: Ask) -> Prompt:
    parts = [part for turn in ask.turns for part in turn.parts]
    text = sum(count_words(part.text) for part in parts) + count_words(ask.system)
    return Prompt(max(1, text), ask.model.tokens_per_reference * sum(part.data is not None for part in parts))


def count_thoughts(ask: Ask) -> int:
    """Thinking is billed whether or not it is shown; models without levels do not think."""
    return THINKING[ask.level] if ask.model.levels else 0


def with_thoughts(ask: Ask, fields: dict[str, Any]) -> dict[str, Any]:
    thoughts = count_thoughts(ask)
    if thoughts:
        fields["thoughtsTokenCount"] = thoughts
    return fields | {"serviceTier": ask.tier}


def for_pictures(ask: Ask, count: int, words: str) -> dict[str, Any]:
    """Usage of an answer with `count` pictures, interim drafts included: each is billed."""
    prompt, pictures = count_prompt(ask), count * ask.model.sizes[ask.size or "1K"]
    given = pictures + count_words(words) + OVERHEAD
    details = [{"modality": "IMAGE", "tokenCount": pictures}]
    total = prompt.total + given + count_thoughts(ask)
    fields = prompt.fields() | {"candidatesTokenCount": given, "candidatesTokensDetails": details}
    return with_thoughts(ask, fields | {"totalTokenCount": total})


def for_words(ask: Ask, words: str) -> dict[str, Any]:
    """Usage of a refusal in words: candidatesTokenCount repeats the thoughts, and only the total adds up."""
    prompt, thoughts = count_prompt(ask), count_thoughts(ask)
    given = thoughts or count_words(words)
    return with_thoughts(
        ask, prompt.fields() | {"candidatesTokenCount": given, "totalTokenCount": prompt.total + given}
    )


def for_nothing(ask: Ask, reason: str) -> dict[str, Any]:
    """Usage of an answer without content: pictures that were filtered are not billed, the thinking is.

    Recorded answers of the picture filter say 0 candidates; other refusals repeat the thoughts there, and only the
    total adds up.
    """
    prompt, thoughts = count_prompt(ask), count_thoughts(ask)
    given = 0 if reason in FILTERS else thoughts
    total = prompt.total + thoughts
    return with_thoughts(ask, prompt.fields() | {"candidatesTokenCount": given, "totalTokenCount": total})


def for_blocked_prompt(ask: Ask) -> dict[str, Any]:
    prompt = count_prompt(ask)
    return prompt.fields() | {"totalTokenCount": prompt.total, "serviceTier": ask.tier}
