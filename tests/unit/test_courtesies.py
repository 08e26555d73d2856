"""What is no request: thanks, emoji, punctuation; and what only looks like it."""

from __future__ import annotations

import pytest

from bot.domain.courtesies import courteous, wordless

WORDLESS = [
    ":+1:",
    "👍",
    "👍🏽",
    ":tada: :heart_eyes:",
    ":+1::skin-tone-3:",
    "!!",
    "…",
    ":)",
    "<@U0BEN> :eyes:",
    "🇩🇪",
    "❤️",
    ":ありがとう:",
    ":café: :+1:",
    "<https://example.com/a?b=c>",
    "<https://example.com/a> :eyes:",
]
THANKS = [
    "thanks!",
    "Thank you",
    "thx",
    "Perfect, thank you so much :heart:",
    "ok thanks",
    "thanks <@U0BEN>!",
    "Thanks again, all 🙏",
    "TY",
    "many thanks",
    "thanks, great!",
]
REQUESTS = [
    "thanks, now make it night",
    "thank you card with a fox",
    "thanks giving dinner",
    "add :fox_face: to it",
    "night :moon:",
    "16:9",
    "2",
    "more 👍",
    "great",
    "もっと明るく",
    "16:9:",
    "like <https://example.com/a> at night",
    "<https://example.com/a|a red fox>",
    "<https://example.com/a.png>もっと青くして",
    "https://example.com、もっと青く",
    "thanks " * 40,
]


@pytest.mark.parametrize("text", WORDLESS)
def test_without_words(text: str) -> None:
    assert wordless(text)
    assert courteous(text)


@pytest.mark.parametrize("text", THANKS)
def test_thanks(text: str) -> None:
    assert courteous(text)
    assert not wordless(text)


@pytest.mark.parametrize("text", REQUESTS)
def test_requests(text: str) -> None:
    assert not courteous(text)
    assert not wordless(text)


@pytest.mark.parametrize("text", ["", " ", "?", "??", ":+1:?"])
def test_nothing_at_all_and_a_question_are_answered_with_help(text: str) -> None:
    assert not courteous(text)


def test_long_texts_take_no_time() -> None:
    for text in ("!" * 40_000 + "a", ":a" * 20_000, ":é" * 20_000, "http://" * 5_000 + " a", "thanks, " * 5_000):
        assert not courteous(text)
