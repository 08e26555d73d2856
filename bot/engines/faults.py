"""What Gemini's finish reasons, block reasons and error bodies mean, as errors grouped by who acts next."""

from __future__ import annotations

from typing import Any

from bot.errors import (
    ModelBusy,
    ModelDown,
    ModelRefused,
    NonsenseAnswer,
    OperatorMustFix,
    PersonCanFix,
    ThreadpaintError,
)

FINISHES: dict[str, tuple[type[ThreadpaintError], str]] = {
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
    "IMAGE_OTHER": (NonsenseAnswer, "no_picture"),
    "OTHER": (NonsenseAnswer, "no_picture"),
    "MALFORMED_RESPONSE": (NonsenseAnswer, "no_picture"),
}


def of_answer(finish: str, block: str, words: str) -> ThreadpaintError:
    """Why an answer holds no picture. `words` is what the model said instead."""
    kind: type[ThreadpaintError]
    if block:
        kind, reason = (
            (OperatorMustFix, "account_blocked") if block == "MODEL_ARMOR" else (ModelRefused, "prompt_blocked")
        )
    elif words and finish in ("", "STOP", "NO_IMAGE"):
        kind, reason = ModelRefused, "model_said"
    else:
        kind, reason = FINISHES.get(finish, (NonsenseAnswer, "answer_empty"))
    return kind(reason, words=words)


def of_response(code: int, status: str, message: str, body: Any) -> ThreadpaintError:
    """What an HTTP error means. `body` is Google's JSON, from which the retry delay and the quota's kind are read."""
    details = _details(body)
    if code == 429:
        return _of_quota(message, details)
    if code == 404:
        return OperatorMustFix("model_retired")
    if code in (401, 403) or _is_key_fault(details) or status == "FAILED_PRECONDITION":
        return OperatorMustFix("key_refused")
    if code == 400:
        return NonsenseAnswer("request_refused")
    if code == 503:
        return ModelBusy("model_overloaded")
    return ModelDown("model_timeout" if code == 504 else "model_broken")


def _of_quota(message: str, details: list[dict[str, Any]]) -> ThreadpaintError:
    lists = [detail.get("violations") for detail in details]
    quotas = [str(violation) for violations in lists if isinstance(violations, list) for violation in violations]
    delays = [str(detail["retryDelay"]) for detail in details if "retryDelay" in detail]
    if not delays or "limit: 0" in message or any("PerDay" in quota for quota in quotas):
        return OperatorMustFix("quota_spent")
    return ModelBusy("model_busy", retry_after=_seconds(delays[0]))


def _seconds(delay: str) -> float | None:
    try:
        return float(delay.removesuffix("s"))
    except ValueError:
        return None


def _is_key_fault(details: list[dict[str, Any]]) -> bool:
    return any(detail.get("reason") == "API_KEY_INVALID" for detail in details)


def _details(body: Any) -> list[dict[str, Any]]:
    first = body[0] if isinstance(body, list) and body else body
    error = first.get("error", {}) if isinstance(first, dict) else {}
    details = error.get("details", []) if isinstance(error, dict) else []
    return [detail for detail in details if isinstance(detail, dict)]
