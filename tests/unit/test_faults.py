"""What Google's errors mean, whatever shape their bodies are in."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engines.answers import read
from bot.engines.faults import FINISHES, of_answer, of_response
from bot.engines.runs import Runs
from bot.errors import ModelBusy, OperatorMustFix, ThreadpaintError
from handlers.sentences import SENTENCES
from handlers.wording import sentence

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
WORDS = (
    "error details reason violations quotaId retryDelay candidates content parts inlineData data text finishReason "
    "promptFeedback blockReason usageMetadata candidatesTokensDetails tokenCount modality thoughtSignature mimeType x"
)
NAMES = st.sampled_from(WORDS.split())
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4))


CODES = st.sampled_from([100, 204, 302, 400, 401, 402, 403, 404, 408, 413, 418, 429, 500, 503, 504, 529, 600])


def failed(code: int, *, message: str = "", status: str = "", details: Any = None, wrap: bool = False) -> bytes:
    """An error body of Google's."""
    error = {"error": {"code": code, "message": message, "status": status, "details": details}}
    return json.dumps([error] if wrap else error).encode()


@given(CODES, JSON.map(lambda said: json.dumps(said).encode()) | st.binary(max_size=40), st.text(max_size=5))
def test_any_error_body_is_one_of_our_own_errors(code: int, body: bytes, retry_after: str) -> None:
    assert of_response(code, body, retry_after).reason in SENTENCES


@given(st.sampled_from(["", "STOP", *FINISHES, "NEW"]), st.sampled_from(["", "SAFETY", "NEW"]), st.text(max_size=9))
def test_any_answer_without_a_picture_has_a_sentence(finish: str, block: str, words: str) -> None:
    fault = of_answer(finish, block, words, "told")
    assert fault.reason in SENTENCES
    assert fault.facts["words"] == (words or "told")


@given(JSON.map(json.dumps) | st.text(max_size=50))
def test_any_body_is_an_answer_or_one_of_our_own_errors(body: str) -> None:
    assert _becomes(body) in {"a picture", *SENTENCES}


@given(JSON)
def test_any_details_of_a_quota_are_read(details: Any) -> None:
    for told in ({"violations": details}, {"retryDelay": details}):
        assert of_response(429, failed(429, details=[told])).reason in SENTENCES


def _becomes(body: str) -> str:
    try:
        answer = read(body, 1.0, Runs("none"))
    except ThreadpaintError as fault:
        return fault.reason
    return answer.fault.reason if answer.fault else "a picture"


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [
        ("2s", 2.0),
        ("0.5s", 0.5),
        ("37.123456789s", 37.123456789),
        ({"seconds": "37"}, 37.0),
        ({"seconds": 1, "nanos": 500_000_000}, 1.5),
        ("soon", None),
        ("", None),
        ("-3s", None),
        ("infs", None),
        ("nan", None),
        ({}, None),
        ([], None),
        (True, None),
    ],
)
def test_the_retry_delay_is_read(delay: Any, seconds: float | None) -> None:
    fault = of_response(429, failed(429, details=[{"retryDelay": delay}]))
    assert isinstance(fault, ModelBusy)
    assert fault.retry_after == seconds


def test_the_delay_in_the_header_and_in_the_words_is_read_as_well() -> None:
    by_header, by_words = of_response(429, b"", "7"), of_response(429, failed(429, message="Please retry in 20.04s."))
    assert isinstance(by_header, ModelBusy)
    assert isinstance(by_words, ModelBusy)
    assert (by_header.retry_after, by_words.retry_after) == (7.0, 20.04)


@pytest.mark.parametrize(
    ("said", "seconds"), [("459.68ms.", 0.45968), ("1m2.5s.", 62.5), ("1h2m3s", 3723.0), ("20.04s", 20.04), ("7S", 7.0)]
)
def test_a_delay_in_the_words_alone_is_understood_in_any_unit(said: str, seconds: float) -> None:
    fault = of_response(429, failed(429, message=f"Quota exceeded. Please retry in {said}"))
    assert isinstance(fault, ModelBusy)
    assert fault.retry_after == pytest.approx(seconds)


def test_of_several_delays_the_longest_holds() -> None:
    told = failed(429, message="Please retry in 2s.", details=[{"retryDelay": "1s"}, {"retryDelay": "37s"}])
    first, second = of_response(429, told), of_response(429, told, "40")
    assert isinstance(first, ModelBusy)
    assert isinstance(second, ModelBusy)
    assert (first.retry_after, second.retry_after) == (37.0, 40.0)


@pytest.mark.parametrize(("delay", "seconds"), [("61s", 61), ("3600s", 3600), ("9" * 300 + "s", 31_536_000)])
def test_people_are_told_when_a_long_delay_is_over(delay: str, seconds: int) -> None:
    fault = of_response(429, failed(429, details=[{"retryDelay": delay}]))
    assert 0 <= int(fault.facts["resets"]) - time.time() - seconds < 5
    assert f"after <!date^{fault.facts['resets']}^" in sentence(fault.reason, fault.facts)


def test_a_short_delay_is_a_minute() -> None:
    fault = of_response(429, failed(429, details=[{"retryDelay": "60s"}]))
    assert "in a minute" in sentence(fault.reason, fault.facts)


@pytest.mark.parametrize(
    ("message", "details"),
    [
        ("limit: 0, model: x", [{"retryDelay": "2s"}]),
        ("", [{"violations": [{"quotaId": "RequestsPerDayPerProject"}]}, {"retryDelay": "2s"}]),
        ("", [{"violations": [{"quotaId": "X", "quotaValue": "0"}]}, {"retryDelay": "2s"}]),
        ("Your project has exceeded its monthly spending cap.", [{"retryDelay": "2s"}]),
        ("Spend limit reached", [{"retryDelay": "2s"}]),
        ("Resource has been exhausted (e.g. check quota).", []),
    ],
)
def test_a_quota_that_does_not_refill_is_for_the_operator(message: str, details: list[Any]) -> None:
    fault = of_response(429, failed(429, message=message, details=details))
    assert isinstance(fault, OperatorMustFix)
    assert fault.reason == "quota_spent"


def test_a_limit_above_nothing_is_no_limit_of_nothing() -> None:
    told = failed(429, message="limit: 0.5, limit: 05", details=[{"retryDelay": "2s"}])
    assert isinstance(of_response(429, told), ModelBusy)


GONE = (
    "models/x is not found for API version v1beta, or is not supported for generateContent.",
    "Publisher Model `projects/p/locations/global/publishers/google/models/x` was not found",
    "The model `x` does not exist or you do not have access to it.",
)
LOST = (
    "Requested entity was not found.",
    "Not Found",
    "Method not found.",
    "Project `paint-project` not found.",
    "Invalid URL (POST /v1/models/x:generateContent)",
    "",
)


@pytest.mark.parametrize(
    ("message", "reason"), [*((said, "model_retired") for said in GONE), *((said, "route_unknown") for said in LOST)]
)
@pytest.mark.parametrize("code", [404, 410])
def test_only_what_speaks_of_a_model_says_that_it_is_gone(code: int, message: str, reason: str) -> None:
    fault = of_response(code, failed(code, message=message))
    assert isinstance(fault, OperatorMustFix)
    assert fault.reason == reason


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        (failed(404, message="Not Found", status="NOT_FOUND"), {"detail": "Not Found", "status": "NOT_FOUND"}),
        (failed(404, status="NOT_FOUND"), {"status": "NOT_FOUND"}),
        (failed(404, message="Not Found"), {"detail": "Not Found"}),
        (b"<html>Not Found</html>", {}),
    ],
)
def test_what_google_itself_does_not_find_is_told_from_what_somebody_else_does_not(
    body: bytes, facts: dict[str, str]
) -> None:
    fault = of_response(404, body)
    assert (fault.reason, fault.facts) == ("route_unknown", facts)


def test_an_error_in_a_list_is_read_as_well() -> None:
    body = failed(400, details=[{"reason": "API_KEY_INVALID"}], wrap=True)
    assert of_response(400, body).reason == "key_refused"


@pytest.mark.parametrize("body", [b"", b"<html>Sign in</html>", b"[]", b"null", b'"no"', b"\xff\xfe", b"[" * 100_000])
@pytest.mark.parametrize(
    ("code", "reason"), [(400, "request_refused"), (302, "model_unreachable"), (502, "model_broken")]
)
def test_a_body_that_is_none_leaves_the_code(body: bytes, code: int, reason: str) -> None:
    assert of_response(code, body).reason == reason
