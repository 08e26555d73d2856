"""What Google would bill for an answer, worked out here so that the bot's own ledger can be checked against it.

Standard prices in US dollars per million tokens, as published in October 2026. Searches are counted but not priced:
the first 5,000 prompts of a month are free.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

MILLION = 1_000_000
# What is sent; words and thoughts that come back; pictures that come back.
PRICES = {
    "gemini-nano-banana-2.1": ("1.50", "7.50", "30"),
    "gemini-3.1-flash-image": ("0.50", "3", "60"),
    "gemini-3-pro-image": ("2", "12", "120"),
    "gemini-3.1-flash-lite-image": ("0.25", "1.50", "30"),
    "gemini-2.5-flash-image": ("0.30", "2.50", "30"),
}


def bill(model: str, used: dict[str, Any]) -> str:
    """Dollars for this usageMetadata, as a decimal string.

    Sent and drawn tokens are counted; all others of the total are words and thoughts. (candidatesTokenCount is no help:
    refusals repeat the thoughts in it.)
    """
    sent, words, pictures = map(Decimal, PRICES[model])
    prompt = used["promptTokenCount"]
    details = used.get("candidatesTokensDetails", [])
    drawn = sum(each["tokenCount"] for each in details if each["modality"] == "IMAGE")
    rest = used["totalTokenCount"] - prompt - drawn
    return str((prompt * sent + drawn * pictures + rest * words) / MILLION)


def searches(answer: dict[str, Any]) -> int:
    """How many searches an answer says it made."""
    candidates = answer.get("candidates") or [{}]
    found = candidates[0].get("groundingMetadata", {})
    return len(found.get("webSearchQueries", [])) + len(found.get("imageSearchQueries", []))
