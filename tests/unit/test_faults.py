"""What Google's errors mean, whatever shape their bodies are in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engines.answers import read
from bot.engines.faults import FINISHES, of_answer, of_response
from bot.errors import ModelBusy, OperatorMustFix, ThreadpaintError
from handlers.sentences import SENTENCES

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
WORDS = (
    "error details reason violations quotaId retryDelay candidates content parts inlineData data text finishReason "
    "promptFeedback blockReason usageMetadata candidatesTokensDetails tokenCount modality thoughtSignature mimeType x"
)
NAMES = st.sampled_from(WORDS.split())
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4))


@given(st.sampled_from([400, 401, 403, 404, 418, 429, 500, 503, 504]), st.text(max_size=20), JSON)
def test_any_error_body_is_one_of_our_own_errors(code: int, status: str, body: Any) -> None:
    assert of_response(code, status, "limit: 0?", body).reason in SENTENCES


@given(st.sampled_from(["", "STOP", *FINISHES, "NEW"]), st.sampled_from(["", "SAFETY", "NEW"]), st.text(max_size=9))
def test_any_answer_without_a_picture_has_a_sentence(finish: str, block: str, words: str) -> None:
    assert of_answer(finish, block, words).reason in SENTENCES


@given(JSON.map(json.dumps) | st.text(max_size=50))
def test_any_body_is_an_answer_or_one_of_our_own_errors(body: str) -> None:
    assert _becomes(body) in {"a picture", *SENTENCES}


@given(st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4)))
def test_any_details_of_a_quota_are_read(details: Any) -> None:
    assert of_response(429, "", "", {"error": {"details": [{"violations": details}]}}).reason in SENTENCES
    assert of_response(429, "", "", {"error": {"details": [{"retryDelay": details}]}}).reason in SENTENCES


def _becomes(body: str) -> str:
    try:
        answer = read(body, 1.0)
    except ThreadpaintError as fault:
        return fault.reason
    return "a picture" if answer.picture else "nothing"


@pytest.mark.parametrize(
    ("delay", "seconds"), [("2s", 2.0), ("0.5s", 0.5), ("37.123456789s", 37.123456789), ("soon", None), ("", None)]
)
def test_the_retry_delay_is_read(delay: str, seconds: float | None) -> None:
    fault = of_response(429, "", "", {"error": {"details": [{"retryDelay": delay}]}})
    assert isinstance(fault, ModelBusy)
    assert fault.retry_after == seconds


@pytest.mark.parametrize(
    ("message", "details"),
    [
        ("limit: 0, model: x", [{"retryDelay": "2s"}]),
        ("", [{"violations": [{"quotaId": "RequestsPerDayPerProject"}]}, {"retryDelay": "2s"}]),
        ("", []),
    ],
)
def test_a_quota_that_does_not_refill_is_for_the_operator(message: str, details: list[Any]) -> None:
    assert isinstance(of_response(429, "", message, {"error": {"details": details}}), OperatorMustFix)


def test_an_error_in_a_list_is_read_as_well() -> None:
    body = [{"error": {"details": [{"reason": "API_KEY_INVALID"}]}}]
    assert of_response(400, "INVALID_ARGUMENT", "", body).reason == "key_refused"
