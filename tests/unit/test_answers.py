"""Google's answers, read: odd shapes end as our own errors, never as Python's."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engines import answers
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
