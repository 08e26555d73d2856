"""Errors in Google's words: what the REST API answers when it does not do what it was asked."""

from __future__ import annotations

import json
from typing import Any

RPC = "type.googleapis.com/google.rpc."
QUOTA_METRIC = "generativelanguage.googleapis.com/generate_requests_per_model"


PAGE = (
    "<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n  <title>Error {code} (Server Error)!!1</title>\n"
    "  <p><b>{code}.</b> <ins>That’s an error.</ins>\n  <p>The server encountered a temporary error and could not "
    "complete your request.<p>Please try again in 30 seconds.  <ins>That’s all we know.</ins>\n"
)


class Refusal(Exception):
    """An answer that is an error: HTTP code, Google's status name, message and details.

    `form` is how it is written: "json", "array" (some routes wrap it in a list), or "html" as a proxy's own page.
    """

    form = "json"

    def __init__(self, code: int, status: str, message: str, details: list[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message
        self.details = details or []

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object Google sends: {"error": {code, message, status, details?}}."""
        error: dict[str, Any] = {"code": self.code, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = self.details
        return {"error": error}

    @property
    def text(self) -> str:
        """The body as it is sent."""
        if self.form == "html":
            return PAGE.format(code=self.code)
        return json.dumps([self.body] if self.form == "array" else self.body, indent=2)


def invalid(message: str, details: list[dict[str, Any]] | None = None) -> Refusal:
    return Refusal(400, "INVALID_ARGUMENT", message, details)


def payload(problem: str, field: str) -> Refusal:
    """The JSON transcoder's complaint: it knows the field's place, and repeats itself in a BadRequest detail."""
    violation = {"field": field, "description": problem}
    return invalid(problem, [{"@type": RPC + "BadRequest", "fieldViolations": [violation]}])


def unknown_name(name: str, place: str) -> Refusal:
    where = f" at '{place}'" if place else ""
    return payload(f'Invalid JSON payload received. Unknown name "{name}"{where}: Cannot find field.', place)


def invalid_value(place: str, kind: str, value: object) -> Refusal:
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return payload(f"Invalid value at '{place}' ({kind}), {shown[:120]}", place)


def invalid_key() -> Refusal:
    info = {"@type": RPC + "ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}
    message = "API key not valid. Please pass a valid API key."
    return invalid(message, [info | {"metadata": {"service": "generativelanguage.googleapis.com"}}])


def unknown_model(model: str, version: str) -> Refusal:
    message = (
        f"models/{model} is not found for API version {version}, or is not supported for generateContent. "
        "Call ListModels to see the list of available models and their supported methods."
    )
    return Refusal(404, "NOT_FOUND", message)


def unknown_publisher_model(path: str) -> Refusal:
    """Vertex's 404, which names the whole path."""
    message = (
        f"Publisher Model `{path}` was not found or your project does not have access to it. "
        "Please ensure you are using a valid model version."
    )
    return Refusal(404, "NOT_FOUND", message)


def unauthenticated(reason: str) -> Refusal:
    """Vertex's 401; the reason is ACCESS_TOKEN_TYPE_UNSUPPORTED or ACCESS_TOKEN_EXPIRED."""
    message = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    info = {"@type": RPC + "ErrorInfo", "reason": reason, "domain": "googleapis.com"}
    return Refusal(401, "UNAUTHENTICATED", message, [info])


def exhausted(model: str, retry_delay: str, quota: str) -> Refusal:
    """429 with Help, QuotaFailure (quotaId holds PerMinute or PerDay) and, for a quota that refills soon, RetryInfo."""
    message = (
        "You exceeded your current quota, please check your plan and billing details. "
        f"Quota exceeded for metric: {QUOTA_METRIC}, limit: 10, model: {model}. "
        f"Please retry in {float(retry_delay.rstrip('s'))}s."
    )
    link = {
        "description": "Learn more about Gemini API quotas",
        "url": "https://ai.google.dev/gemini-api/docs/rate-limits",
    }
    violation = {
        "quotaMetric": QUOTA_METRIC,
        "quotaId": f"GenerateRequests{quota}PerProjectPerModel",
        "quotaDimensions": {"location": "global", "model": model},
        "quotaValue": "10",
    }
    details: list[dict[str, Any]] = [
        {"@type": RPC + "Help", "links": [link]},
        {"@type": RPC + "QuotaFailure", "violations": [violation]},
        {"@type": RPC + "RetryInfo", "retryDelay": retry_delay},
    ]
    return Refusal(429, "RESOURCE_EXHAUSTED", message, details)


BY_CODE: dict[int, tuple[str, str]] = {
    400: ("INVALID_ARGUMENT", "Request contains an invalid argument."),
    401: ("UNAUTHENTICATED", "Request had invalid authentication credentials."),
    403: ("PERMISSION_DENIED", "The caller does not have permission"),
    404: ("NOT_FOUND", "Requested entity was not found."),
    408: ("DEADLINE_EXCEEDED", "Request timeout."),
    429: ("RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
    409: ("ABORTED", "The operation was aborted."),
    499: ("CANCELLED", "The operation was cancelled."),
    500: (
        "INTERNAL",
        "An internal error has occurred. Please retry or report in https://ai.google.dev/troubleshooting",
    ),
    501: ("UNIMPLEMENTED", "Operation is not implemented, or supported, or enabled."),
    502: ("UNAVAILABLE", "Bad gateway."),
    503: ("UNAVAILABLE", "The model is overloaded. Please try again later."),
    504: ("DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
}


def by_code(code: int) -> Refusal:
    """The usual body for an HTTP code, in Google's words."""
    status, message = BY_CODE.get(code, ("UNKNOWN", "Unknown error."))
    return Refusal(code, status, message)
