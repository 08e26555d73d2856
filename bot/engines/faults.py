"""What Gemini's finish reasons, block reasons and error bodies mean, as errors grouped by who acts next.

What the model says is in `facts["words"]`, for people; what Google's API says in `facts["detail"]`, for the log.
"""

from __future__ import annotations

import json
import re
from typing import Any

from bot.engines.leniency import count, field, objects, text
from bot.engines.quotas import of_quota, seconds
from bot.errors import (
    ModelBusy,
    ModelDown,
    ModelRefused,
    NonsenseAnswer,
    OperatorMustFix,
    PersonCanFix,
    ThreadpaintError,
)

Kind = tuple[type[ThreadpaintError], str]
LONGEST = 3000  # characters of the model's words
FINISHES: dict[str, Kind] = {
    "SAFETY": (ModelRefused, "picture_filtered"),
    "IMAGE_SAFETY": (ModelRefused, "picture_filtered"),
    "PROHIBITED_CONTENT": (ModelRefused, "picture_forbidden"),
    "IMAGE_PROHIBITED_CONTENT": (ModelRefused, "picture_forbidden"),
    "BLOCKLIST": (ModelRefused, "picture_forbidden"),
    "SPII": (ModelRefused, "picture_forbidden"),
    "JAILBREAK": (ModelRefused, "picture_forbidden"),
    "RECITATION": (ModelRefused, "picture_copied"),
    "IMAGE_RECITATION": (ModelRefused, "picture_copied"),
    "ESCALATION": (OperatorMustFix, "account_blocked"),
    "PUP_LIMITED_DISABLED": (OperatorMustFix, "account_blocked"),
    "MODEL_ARMOR": (OperatorMustFix, "account_blocked"),
    "MAX_TOKENS": (PersonCanFix, "answer_cut"),
    "LANGUAGE": (PersonCanFix, "language_unknown"),
    "NO_IMAGE": (NonsenseAnswer, "no_picture"),
    "IMAGE_OTHER": (NonsenseAnswer, "picture_failed"),
    "OTHER": (NonsenseAnswer, "picture_failed"),
    "MALFORMED_RESPONSE": (NonsenseAnswer, "picture_failed"),
    "MISSING_THOUGHT_SIGNATURE": (NonsenseAnswer, "signature_refused"),
    "MALFORMED_FUNCTION_CALL": (NonsenseAnswer, "tools_confused"),
    "UNEXPECTED_TOOL_CALL": (NonsenseAnswer, "tools_confused"),
    "TOO_MANY_TOOL_CALLS": (NonsenseAnswer, "tools_confused"),
}
EMPTY: Kind = (NonsenseAnswer, "answer_empty")
BLOCKED: Kind = (ModelRefused, "prompt_blocked")
BLOCKS: dict[str, Kind] = {"MODEL_ARMOR": (OperatorMustFix, "account_blocked")}
NO_BLOCK = frozenset({"", "BLOCKED_REASON_UNSPECIFIED"})

CODES: dict[int, Kind] = {
    401: (OperatorMustFix, "key_refused"),
    402: (OperatorMustFix, "billing_missing"),
    403: (OperatorMustFix, "key_refused"),
    404: (OperatorMustFix, "model_retired"),
    407: (OperatorMustFix, "model_unreachable"),
    408: (ModelDown, "model_timeout"),
    409: (ModelBusy, "model_busy"),
    410: (OperatorMustFix, "model_retired"),
    413: (PersonCanFix, "request_too_large"),
    425: (ModelBusy, "model_busy"),
    499: (ModelDown, "model_timeout"),
    503: (ModelBusy, "model_overloaded"),
    504: (ModelDown, "model_timeout"),
    529: (ModelBusy, "model_overloaded"),
}
FAMILIES: dict[int, Kind] = {
    2: (NonsenseAnswer, "answer_unreadable"),
    3: (OperatorMustFix, "model_unreachable"),
    4: (NonsenseAnswer, "request_refused"),
}
BROKEN: Kind = (ModelDown, "model_broken")

SIGNATURE = re.compile(r"thought[ _]?signature", re.IGNORECASE)
TOO_LARGE = re.compile(
    r"payload size|(request|content|body|payload)[^.]{0,40} too (large|long)|token count|maximum number of tokens"
    r"|exceeds the (maximum|limit)[^.]{0,40}(bytes|tokens)",
    re.IGNORECASE,
)
DIALECT = re.compile(r'Invalid JSON payload|Unknown name "|Cannot find field', re.IGNORECASE)
KEY = re.compile(r"API[ _]key (not valid|not found|expired|invalid)|invalid API[ _]key", re.IGNORECASE)
KEY_REASONS = frozenset({"API_KEY_INVALID", "API_KEY_EXPIRED", "API_KEY_SERVICE_BLOCKED"})
MODEL = re.compile(r"(?<![/\w])models?\b", re.IGNORECASE)  # not in a path, as in "Invalid URL (POST /v1/models/…)"
DEADLINE = re.compile(r"deadline (expired|exceeded)", re.IGNORECASE)
BILLING = re.compile(r"billing", re.IGNORECASE)


def stands(finish: str, block: str) -> bool:
    """Whether a picture that came with these is the answer, and not the draft of one that was refused or failed.

    With MAX_TOKENS it is: a picture comes whole or not at all, what was cut is what should have followed it, it is
    billed like any other, and nothing forbids it. So it is with a reason that nobody knows yet.
    """
    return block in NO_BLOCK and (finish == "MAX_TOKENS" or finish not in FINISHES)


def of_answer(finish: str, block: str, words: str, told: str = "") -> ThreadpaintError:
    """Why an answer holds no picture. `words` is what the model said instead, `told` what Google says about it."""
    if block:
        kind, reason = BLOCKS.get(block, BLOCKED)
    elif words and finish not in FINISHES:
        kind, reason = ModelRefused, "model_said"
    else:
        kind, reason = FINISHES.get(finish, EMPTY)
    return kind(reason, words=(words or told)[:LONGEST])


def of_response(code: int, body: bytes, retry_after: str = "") -> ThreadpaintError:
    """What an HTTP answer other than 200 means, whatever its body is. `retry_after` is the header of that name."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    return _of(code, _error(told), retry_after)


def of_body(told: Any) -> ThreadpaintError:
    """What an error means that came as if it were an answer."""
    error = _error(told)
    return _of(count(error, "code") or 500, error, "")


def _error(told: Any) -> dict[str, Any]:
    first = told[0] if isinstance(told, list) and told else told
    error = field(first, "error")
    return error if isinstance(error, dict) else {"message": error if isinstance(error, str) else ""}


def _of(code: int, error: dict[str, Any], retry_after: str) -> ThreadpaintError:
    message = text(error, "message")
    if code == 429 or (code < 500 and text(error, "status") == "RESOURCE_EXHAUSTED"):
        return of_quota(error, retry_after)
    kind, reason = _bad_request(error, message) if code == 400 else _by_code(code, message)
    facts = {"detail": message[:300]} if message else {}
    if kind is ModelBusy:
        return ModelBusy(reason, retry_after=seconds(retry_after), **facts)
    if reason == "route_unknown" and text(error, "status") == "NOT_FOUND":  # Google's API says so, no proxy or page
        facts["status"] = "NOT_FOUND"
    return kind(reason, **facts)


def _by_code(code: int, message: str) -> Kind:
    if code == 503 and DEADLINE.search(message):
        return ModelDown, "model_timeout"
    if code == 403 and BILLING.search(message):
        return OperatorMustFix, "billing_missing"
    if code in (404, 410) and not MODEL.search(message):  # address, version or project are wrong, and no model is gone
        return OperatorMustFix, "route_unknown"
    return CODES.get(code) or FAMILIES.get(code // 100) or BROKEN


def _bad_request(error: dict[str, Any], message: str) -> Kind:
    reasons = {text(detail, "reason") for detail in objects(error, "details")}
    if reasons & KEY_REASONS or KEY.search(message):
        return OperatorMustFix, "key_refused"
    if text(error, "status") == "FAILED_PRECONDITION":
        return OperatorMustFix, "billing_missing"
    if SIGNATURE.search(message):
        return NonsenseAnswer, "signature_refused"
    if DIALECT.search(message):
        return OperatorMustFix, "dialect_unknown"
    if TOO_LARGE.search(message):
        return PersonCanFix, "request_too_large"
    return NonsenseAnswer, "request_refused"
