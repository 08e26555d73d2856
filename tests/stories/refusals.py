"""Every way in which a call to Gemini can end without a picture, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

BUSY = frozenset({"Try again", "Try on Lite", "Try on Pro"})
NO = frozenset({"Try again"})
ONE, TWO, FOUR = 1, 2, 4


@dataclass(frozen=True)
class Row:
    """What Google does, how often it is then called, the sentence that people read, and the buttons under it."""

    fault: dict[str, Any]
    calls: int
    sentence: str
    buttons: frozenset[str] = NO


def finish(reason: str, message: str = "") -> dict[str, Any]:
    """An answer that ended for this reason."""
    return {"finish_reason": reason} | ({"finish_message": message} if message else {})


FILTERED = "The picture was filtered out by the model's safety rules. Please put it differently."
FORBIDDEN = "The model's rules do not allow this picture."
COPIED = "The picture came out too close to an existing work. Please ask for something more your own."
BLOCKED = "The model did not accept this request, so nothing was drawn. Please put it differently."
ACCOUNT = "The provider's account settings blocked this. Please tell whoever runs me."
QUOTA = "The quota for this model is used up for now. Please tell whoever runs me."
KEY = "My access to the model was refused. Please tell whoever runs me."
BILLING = "The account I make pictures with needs attention. Please tell whoever runs me."
UNCLEAR = "The model could not work with this request. Try again, or put it differently."
STORY = "The model did not accept the story of this thread. Attach its picture in a reply and tell me what to do."
SEARCH = "The model lost its way among its tools. Please try again, or put it differently."
DIALECT = "The model does not understand how I speak to it. Please tell whoever runs me."
NOWHERE = "My way to the model leads nowhere. Please tell whoever runs me."
OVERLOADED = "The model is overloaded right now. Please try again in a few minutes."
BROKEN = "The model had a fault of its own. Please try again in a minute."
LATE = "The model took too long to answer. Please try again."
UNREACHABLE = "I could not reach the model. Please try again in a minute."
CROWDED = "The model has more requests than it can take right now. Please try again in a minute."
EMPTY = "The model came back with nothing. Please try again."

ROWS: dict[str, Row] = {
    # finish reasons
    "STOP, words alone": Row({"text_only": "By day or by night?"}, ONE, "> By day or by night?"),
    "STOP, nothing": Row({"empty": True}, TWO, EMPTY, BUSY),
    "NO_IMAGE": Row(finish("NO_IMAGE"), TWO, "The model drew nothing this time.", BUSY),
    "NO_IMAGE, and words": Row(
        finish("NO_IMAGE") | {"text_only": "Sure, here is your fox."},
        TWO,
        "Say plainly what should be in the picture and try again.\n> Sure, here is your fox.",
        BUSY,
    ),
    "SAFETY": Row(finish("SAFETY"), ONE, FILTERED),
    "IMAGE_SAFETY": Row(finish("IMAGE_SAFETY", "Filtered by policy."), ONE, f"{FILTERED}\n> Filtered by policy."),
    "IMAGE_PROHIBITED_CONTENT": Row(finish("IMAGE_PROHIBITED_CONTENT"), ONE, FORBIDDEN),
    "PROHIBITED_CONTENT": Row(finish("PROHIBITED_CONTENT"), ONE, FORBIDDEN),
    "BLOCKLIST": Row(finish("BLOCKLIST"), ONE, FORBIDDEN),
    "SPII": Row(finish("SPII"), ONE, FORBIDDEN),
    "JAILBREAK": Row(finish("JAILBREAK"), ONE, FORBIDDEN),
    "IMAGE_RECITATION": Row(finish("IMAGE_RECITATION"), ONE, COPIED),
    "RECITATION": Row(finish("RECITATION"), ONE, COPIED),
    "IMAGE_OTHER": Row(finish("IMAGE_OTHER"), TWO, "", BUSY),
    "OTHER": Row(finish("OTHER"), TWO, "", BUSY),
    "MALFORMED_RESPONSE": Row(finish("MALFORMED_RESPONSE"), TWO, "", BUSY),
    "MAX_TOKENS": Row(finish("MAX_TOKENS"), ONE, "cut off. Try a smaller size or fewer pictures.", BUSY),
    "LANGUAGE": Row(finish("LANGUAGE"), ONE, "The model does not understand this language. Please try another one."),
    "MISSING_THOUGHT_SIGNATURE": Row(finish("MISSING_THOUGHT_SIGNATURE"), ONE, STORY),
    "MALFORMED_FUNCTION_CALL": Row(finish("MALFORMED_FUNCTION_CALL"), ONE, SEARCH),
    "UNEXPECTED_TOOL_CALL": Row(finish("UNEXPECTED_TOOL_CALL"), ONE, SEARCH),
    "TOO_MANY_TOOL_CALLS": Row(finish("TOO_MANY_TOOL_CALLS"), ONE, SEARCH),
    "CONTINUATION": Row(finish("CONTINUATION"), TWO, EMPTY, BUSY),
    "ESCALATION": Row(finish("ESCALATION"), ONE, ACCOUNT),
    "PUP_LIMITED_DISABLED": Row(finish("PUP_LIMITED_DISABLED"), ONE, ACCOUNT),
    "MODEL_ARMOR": Row(finish("MODEL_ARMOR"), ONE, ACCOUNT),
    "a reason nobody knows yet": Row(finish("IMAGE_TOO_LOVELY"), TWO, EMPTY, BUSY),
    # a prompt that was blocked
    **{
        f"blocked: {reason}": Row({"block_reason": reason}, ONE, BLOCKED)
        for reason in ("SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "JAILBREAK")
    },
    "blocked: MODEL_ARMOR": Row({"block_reason": "MODEL_ARMOR"}, ONE, ACCOUNT),
    # errors
    "400 API_KEY_INVALID": Row({"error": "key"}, ONE, KEY),
    "400 INVALID_ARGUMENT": Row({"status": 400}, ONE, UNCLEAR),
    "400 unsigned": Row({"error": "unsigned"}, ONE, STORY),
    "400 FAILED_PRECONDITION": Row({"error": "billing"}, ONE, BILLING),
    "400 of an unknown field": Row({"error": "field"}, ONE, DIALECT),
    "403 PERMISSION_DENIED": Row({"error": "forbidden"}, ONE, KEY),
    "403 leaked key": Row({"error": "leaked"}, ONE, KEY),
    "404 of nobody in the tier": Row({"status": 404}, TWO, NOWHERE),
    "404 from a proxy": Row({"status": 404, "as": "html"}, ONE, NOWHERE),
    "413": Row({"status": 413}, ONE, "That is more than the model takes at once."),
    "429 per minute": Row({"status": 429, "retry_delay": "1s", "quota": "PerMinute"}, FOUR, CROWDED, BUSY),
    "429 per day": Row({"status": 429, "retry_delay": "43200s", "quota": "PerDay"}, ONE, QUOTA, BUSY),
    "429 limit 0": Row({"error": "limit_zero"}, ONE, QUOTA, BUSY),
    "429 without details": Row({"error": "spend"}, ONE, QUOTA, BUSY),
    "500 INTERNAL": Row({"status": 500}, FOUR, BROKEN, BUSY),
    "502 from a proxy": Row({"status": 502, "as": "html"}, FOUR, BROKEN, BUSY),
    "503 UNAVAILABLE": Row({"status": 503}, FOUR, OVERLOADED, BUSY),
    "503 in a list": Row({"status": 503, "as": "array"}, FOUR, OVERLOADED, BUSY),
    "503 deadline expired": Row({"error": "late"}, FOUR, LATE, BUSY),
    "504 DEADLINE_EXCEEDED": Row({"status": 504}, FOUR, LATE, BUSY),
    "cut off before drawing": Row({"drop": "before"}, FOUR, UNREACHABLE, BUSY),
    "cut off after drawing": Row({"drop": "after"}, FOUR, UNREACHABLE, BUSY),
    "half an answer": Row({"bad_json": True}, ONE, "The model's answer could not be read. Please try again.", BUSY),
}
