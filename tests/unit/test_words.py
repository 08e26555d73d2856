"""How many tokens a text is held to be: never fewer than are billed, as far as anybody knows, and not many more."""

from __future__ import annotations

import base64
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import tokens
from bot.playground.gemini.usage import count_words

ENGLISH = "A red fox standing in the snow at dawn, with mountains behind it. Keep the composition, but make it night."
GERMAN = "Ein Fuchs steht bei Sonnenaufgang im Schnee, dahinter eine Hütte mit rauchendem Schornstein und eine Laterne."
BASE64 = base64.b64encode(Random(1).randbytes(3_000)).decode()


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        (ENGLISH, 3.6, 4.5),  # characters a token, as they are said to be billed
        (GERMAN, 3.0, 4.5),
        (BASE64, 1.8, 4.5),
        ("雪の中の赤い狐、夜明け。", 1.0, 2.0),
        ("🦊🌙🏔🎨", 1.0, 1.0),
        ("3141592653", 1.0, 1.0),
    ],
)
def test_a_text_is_held_at_no_less_than_it_is_billed_at_and_at_no_more_than_half_as_much_again(
    text: str, least: float, most: float
) -> None:
    assert len(text) / least <= tokens(text) <= 1.6 * len(text) / least
    assert tokens(text) >= len(text) / most


@given(st.text(max_size=3_000) | st.text("aB 1\n", max_size=300))
def test_four_characters_are_never_held_at_less_than_a_token(text: str) -> None:
    assert count_words(text) <= tokens(text) <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("fox", 1), ("a fox", 2), ("foxes", 2), ("Fox", 1), ("FOX", 1), ("McFox", 2), ("fox.", 2), ("\n\n", 2)],
)
def test_words_count_by_three_letters_and_all_else_one_by_one(text: str, expected: int) -> None:
    assert tokens(text) == expected


def test_a_long_text_of_nothing_is_counted_at_once() -> None:
    assert tokens(" " * 1_000_000) == 1_000_000
