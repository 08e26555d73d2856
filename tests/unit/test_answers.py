"""Google's answers, read: odd shapes end as our own errors, never as Python's."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engines import answers
from bot.engines.faults import FINISHES
from bot.engines.runs import Runs
from bot.errors import ModelRefused, NonsenseAnswer, ThreadpaintError
from bot.ports import Answer, Usage

NAMES = [
    *("candidates", "content", "parts", "inlineData", "data", "mimeType", "text", "thought", "thoughtSignature"),
    *("finishReason", "finishMessage", "promptFeedback", "blockReason", "usageMetadata", "totalTokenCount"),
    *("candidatesTokensDetails", "modality", "tokenCount", "promptTokenCount"),
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=12,
)


def read(body: str, seconds: float = 0.0) -> Answer:
    """Of a body from which nothing was taken."""
    return answers.read(body, seconds, Runs("none"))


def body(*parts: dict[str, Any], **rest: Any) -> str:
    """An answer with these parts."""
    return json.dumps({"candidates": [{"content": {"parts": list(parts)}, "finishReason": "STOP", **rest}]})


def picture(data: bytes, **rest: Any) -> dict[str, Any]:
    """A part that is a picture."""
    return {"inlineData": {"mimeType": "image/jpeg", "data": base64.b64encode(data).decode()}, **rest}


def test_the_last_picture_that_is_no_thought_is_the_answer() -> None:
    answer = read(body(picture(b"draft", thought=True), picture(b"first"), {"text": "so"}, picture(b"last")), 1.5)
    assert answer.picture is not None
    assert answer.picture.data == b"last"
    assert answer.words == "so"
    assert answer.seconds == 1.5


def test_a_signature_comes_back_as_its_bytes_in_either_alphabet() -> None:
    raw = bytes(range(250, 256)) * 3
    standard, for_urls = base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()
    assert standard != for_urls
    for told in (standard, for_urls):
        answer = read(body(picture(b"x", thoughtSignature=told)), 0)
        assert answer.parts[0].signature == raw


TORN = {"inlineData": {"mimeType": "image/jpeg", "data": "@@@"}}
PAPER = {"inlineData": {"mimeType": "application/pdf", "data": base64.b64encode(b"%PDF-1.4").decode()}}


@pytest.mark.parametrize("finish", ["STOP", "MAX_TOKENS", "NEVER_HEARD_OF", ""])
def test_a_picture_is_the_answer_when_nothing_says_that_it_was_refused(finish: str) -> None:
    answer = read(body(picture(b"fox"), finishReason=finish))
    assert answer.picture is not None
    assert answer.fault is None


@pytest.mark.parametrize("finish", sorted(set(FINISHES) - {"MAX_TOKENS"}))
def test_a_draft_of_what_was_refused_is_billed_and_not_shown(finish: str) -> None:
    answer = read(body(picture(b"fox"), {"text": "Here."}, picture(b"fox"), finishReason=finish))
    assert answer.fault is not None
    assert answer.fault.reason in {FINISHES[finish][1], "model_said"}
    assert (answer.picture, answer.usage.pictures) == (None, 2)


@pytest.mark.parametrize("told", ["not base64!", "x", "%%%"])
def test_a_torn_signature_is_none_and_the_picture_stays(told: str) -> None:
    answer = read(body({"text": "so", "thoughtSignature": told}, picture(b"fox", thoughtSignature=told)))
    assert answer.picture is not None
    assert [part.signature for part in answer.parts] == [None, None]


def test_what_a_thought_drew_is_not_even_decoded() -> None:
    answer = read(body({"text": "hm", "thought": True}, TORN | {"thought": True}, picture(b"fox")))
    assert [part.text for part in answer.parts if not part.given] == ["hm"]
    assert answer.usage.pictures == 1


@pytest.mark.parametrize("beside", [TORN, PAPER])
def test_what_is_torn_or_no_picture_is_left_out(beside: dict[str, Any]) -> None:
    answer = read(body(beside | {"thoughtSignature": "c2ln"}, picture(b"fox")))
    assert answer.picture is not None
    assert len(answer.parts) == 1


def test_a_document_after_the_picture_is_not_the_answer() -> None:
    answer = read(body(picture(b"fox"), PAPER))
    assert answer.picture is not None
    assert answer.picture.data == b"fox"


def test_a_picture_whose_kind_is_not_told_is_one() -> None:
    unknown = {"inlineData": {"mimeType": "application/octet-stream", "data": base64.b64encode(b"fox").decode()}}
    assert read(body(unknown)).picture is not None


def test_googles_own_words_about_a_block_are_kept() -> None:
    blocked = json.dumps(
        {"candidates": [{"content": {}, "finishReason": "IMAGE_SAFETY", "finishMessage": "Filtered."}]}
    )
    fault = read(blocked).fault
    assert isinstance(fault, ModelRefused)
    assert fault.facts["words"] == "Filtered."


def test_image_tokens_are_counted_from_the_details() -> None:
    details = [{"modality": "IMAGE", "tokenCount": 1120}, {"modality": "TEXT", "tokenCount": 7}]
    usage = {"promptTokenCount": 6, "totalTokenCount": 1300, "candidatesTokensDetails": details}
    said = json.loads(body(picture(b"x"))) | {"usageMetadata": usage}
    assert read(json.dumps(said), 0).usage == Usage(6, 1120, 1300, pictures=1)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"candidates": 3}', '{"candidates": [[]]}'])
def test_what_is_no_answer_is_unreadable_or_empty(text: str) -> None:
    with pytest.raises(NonsenseAnswer):
        raise read(text).fault or AssertionError("it was read")


@given(ANYTHING)
def test_nothing_else_ever_comes_out(said: Any) -> None:
    try:
        answer = read(json.dumps(said), 0)
    except ThreadpaintError:
        return
    assert (answer.picture is None) == (answer.fault is not None)
