"""The errors that can be ordered by name: those whose body matters more than their HTTP code."""

from __future__ import annotations

from collections.abc import Callable

from bot.playground.gemini import refusals
from bot.playground.gemini.refusals import QUOTA_METRIC, RPC, Refusal

SERVICE = {"service": "generativelanguage.googleapis.com"}
NO_FREE_TIER = (
    "Gemini API free tier is not available in your country. Please enable billing on your project in Google AI Studio."
)
RESTRICTED = (
    "Requests to this API generativelanguage.googleapis.com method "
    "google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent are blocked."
)


def wrong_key(_model: str) -> Refusal:
    return refusals.invalid_key()


def no_billing(_model: str) -> Refusal:
    return Refusal(400, "FAILED_PRECONDITION", NO_FREE_TIER)


def forbidden(_model: str) -> Refusal:
    info = {"@type": RPC + "ErrorInfo", "reason": "API_KEY_SERVICE_BLOCKED", "domain": "googleapis.com"}
    return Refusal(403, "PERMISSION_DENIED", RESTRICTED, [info | {"metadata": SERVICE}])


def leaked(_model: str) -> Refusal:
    return Refusal(403, "PERMISSION_DENIED", "Your API key was reported as leaked. Please use another API key.")


def limit_zero(model: str) -> Refusal:
    """No image model is on the free tier: a quota of nothing, which no waiting refills, whatever the words say."""
    refusal = refusals.exhausted(model, "20.04s", "PerDay")
    message = refusal.message.replace("limit: 10", "limit: 0")
    helps, quota, _retry = refusal.details
    violation = quota["violations"][0] | {"quotaMetric": f"{QUOTA_METRIC}_free_tier", "quotaValue": "0"}
    violation["quotaId"] += "-FreeTier"
    return Refusal(429, refusal.status, message, [helps, quota | {"violations": [violation]}])


def spent(_model: str) -> Refusal:
    """The limit on spending, which says nothing of when it is over."""
    return refusals.by_code(429)


def late(_model: str) -> Refusal:
    return Refusal(503, "UNAVAILABLE", "Deadline expired before operation could complete.")


def gone(model: str) -> Refusal:
    return refusals.unknown_model(model, "v1beta")


def unsigned(_model: str) -> Refusal:
    return refusals.invalid("Image part is missing a thought_signature in content position 2, part position 1.")


def field(_model: str) -> Refusal:
    """As the API's version v1 has been seen to answer what image models are asked with."""
    return refusals.unknown_name("responseModalities", "generation_config")


NAMED: dict[str, Callable[[str], Refusal]] = {
    "key": wrong_key,
    "billing": no_billing,
    "forbidden": forbidden,
    "leaked": leaked,
    "limit_zero": limit_zero,
    "spend": spent,
    "late": late,
    "gone": gone,
    "unsigned": unsigned,
    "field": field,
}
