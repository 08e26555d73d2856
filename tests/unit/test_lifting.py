"""Base64 taken out of JSON as it arrives: however it is cut and whatever it looks like, nothing is lost or changed."""

from __future__ import annotations

import base64
import itertools
import json
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.lifting import LEAST, Lifter
from bot.engines.runs import Runs, decoded

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
LONG = LEAST + 300


@st.composite
def pictures(draw: st.DrawFn) -> str:
    """Base64 as somebody may have written it."""
    data = draw(st.binary(min_size=1, max_size=40)) * draw(st.sampled_from([1, 30, 60, 90]))
    encode = draw(st.sampled_from([base64.b64encode, base64.urlsafe_b64encode]))
    text = encode(data).decode()
    return draw(st.sampled_from([text, text.rstrip("="), text + "=", "\n".join([text[:76], text[76:]]), f" {text}\n"]))


@st.composite
def lookalikes(draw: st.DrawFn) -> str:
    """What merely looks like base64, or stops doing so late."""
    run = draw(st.sampled_from(["A", "+", "-", "/_", "1", "1e", "=", "\\", "AQID", "é", '"']))
    return draw(st.text(max_size=8)) + run * draw(st.sampled_from([1, 400, LONG, LONG + 1])) + draw(st.text(max_size=8))


STRINGS = pictures() | lookalikes() | st.text(max_size=30)
JSON = st.recursive(
    STRINGS | st.integers() | st.floats(-1e9, 1e9) | st.just(int("1" * LONG)) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(STRINGS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def written(draw: st.DrawFn, of: st.SearchStrategy[Any] = JSON) -> bytes:
    """JSON, with the escapes and the white space that other writers use."""
    text = json.dumps(draw(of), ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 1])))
    for plain, escaped in draw(st.sampled_from([[], [("/", "\\/")], [("+", "\\u002b"), ("/", "\\u002F")]])):
        text = text.replace(plain, escaped)
    return text.encode()


def cuts(body: bytes, places: list[int]) -> list[bytes]:
    """The body in pieces."""
    ends = sorted({place % (len(body) + 1) for place in places} | {0, len(body)})
    return [body[start:end] for start, end in itertools.pairwise(ends)]


def lifted(pieces: list[bytes]) -> tuple[bytes, Runs]:
    """What is left of the pieces, and what was taken out."""
    runs = Runs("x9")
    lifter = Lifter(runs)
    out = [lifter.feed(piece) for piece in pieces]
    return b"".join(out) + lifter.close(), runs


def whole(node: Any, runs: Runs) -> Any:
    """The JSON with everything put back."""
    if isinstance(node, str):
        return runs.text(node)
    if isinstance(node, list):
        return [whole(each, runs) for each in node]
    return {runs.text(k): whole(v, runs) for k, v in node.items()} if isinstance(node, dict) else node


def told(data: str, runs: Runs) -> bytes | None:
    """The bytes, or None when it is no base64."""
    try:
        return runs.data(data)
    except ValueError:
        return None


@settings(max_examples=300)
@given(written(), st.lists(st.integers(0, 20_000), max_size=6))
def test_nothing_is_lost_however_it_is_cut(body: bytes, places: list[int]) -> None:
    rest, runs = lifted(cuts(body, places))
    assert whole(json.loads(rest), runs) == json.loads(body)


@settings(max_examples=300)
@given(written(pictures() | lookalikes()), st.lists(st.integers(0, 20_000), max_size=6))
def test_the_bytes_are_those_of_the_text(body: bytes, places: list[int]) -> None:
    rest, runs = lifted(cuts(body, places))
    assert told(json.loads(rest), runs) == told(json.loads(body), Runs("none"))


@given(st.binary(max_size=200) | written().map(lambda body: body[: len(body) // 2]), st.lists(st.integers(0, 999)))
def test_what_is_no_json_stays_none(body: bytes, places: list[int]) -> None:
    rest, _ = lifted(cuts(body, places))
    assert _parses(rest) == _parses(body)


def _parses(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("step", [1, 3, 1000, 65_536])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("length", [3000, 3001, 3002])
def test_a_picture_is_taken_out_and_comes_back(step: int, encode: Any, length: int) -> None:
    data = os.urandom(length)
    body = b'{"a": "b", "data": "' + encode(data) + b'", "c": 1}'
    rest, runs = lifted([body[start : start + step] for start in range(0, len(body), step)])
    assert len(rest) < 100
    assert json.loads(rest)["c"] == 1
    assert runs.data(json.loads(rest)["data"]) == data


def test_the_text_can_be_had_as_well_as_the_bytes() -> None:
    text = base64.urlsafe_b64encode(b"\xff" * 3001).decode()
    rest, runs = lifted([json.dumps(text).encode()])
    assert len(rest) < 50
    assert runs.text(json.loads(rest)) == text


def test_a_stretch_in_the_middle_of_words_is_taken_out() -> None:
    picture = base64.b64encode(os.urandom(6000)).decode()
    said = f"Here: ![fox](data:image/png;base64,{picture}) as asked."
    rest, runs = lifted([json.dumps({"text": said}).encode()])
    assert len(rest) < 100
    assert runs.text(json.loads(rest)["text"]) == said


def test_a_number_is_never_taken_for_a_picture() -> None:
    body = b"[" + b"1" * LONG + b", 2]"
    assert lifted([body[:700], body[700:]])[0] == body


def test_a_name_from_outside_is_no_name() -> None:
    _, runs = lifted([b"{}"])
    assert runs.text("<other:0>") == "<other:0>"


@pytest.mark.parametrize(
    ("text", "data"), [("QUI=", b"AB"), ("QUI", b"AB"), ("QU\nI=", b"AB"), ("-_-_", b"\xfb\xff\xbf"), ("", b"")]
)
def test_base64_is_read_as_people_write_it(text: str, data: bytes) -> None:
    assert decoded(text) == data


@pytest.mark.parametrize("text", ["Q", "QUI=QUI=", "Q=", "QU!I", "é"])
def test_what_is_no_base64_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(text)


@pytest.mark.parametrize("escape", ["\\n", "\\u00e9", "\\u0041", "\\\\", "\\/", '\\"'])
def test_an_escape_before_a_stretch_stays_whole(escape: str) -> None:
    body = f'["{escape}{"A" * LONG}", "{"B" * 900}{escape}{"C" * LONG}"]'.encode()
    for place in range(12):
        rest, runs = lifted([body[:place], body[place : place + 907], body[place + 907 :]])
        assert len(rest) < len(body) - 2 * LEAST
        assert whole(json.loads(rest), runs) == json.loads(body)
