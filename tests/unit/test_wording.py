"""Sentences: escaped, cut where they must be, and never a gap that shows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.options import Options, Size
from bot.domain.requests import CLICKS, Act
from bot.ports import Progress
from handlers import captions, waiting, wording
from handlers.sentences import FALLBACK, SENTENCES
from tests.unit.made import CATALOGUE, painted, turn


@pytest.mark.parametrize("reason", SENTENCES)
def test_a_sentence_lacks_facts_without_falling_over(reason: str) -> None:
    said = wording.sentence(reason, {})
    assert said
    assert "{" not in said


def test_a_reason_without_a_sentence_has_one_all_the_same() -> None:
    assert wording.sentence("never_heard_of", {"name": "x"}) == FALLBACK


def test_facts_cannot_speak_slack() -> None:
    said = wording.sentence("file_broken", {"name": "<!channel> & {reason}"})
    assert "&lt;!channel&gt; &amp; {reason}" in said


def test_every_line_of_what_a_model_said_is_a_quotation() -> None:
    said = wording.sentence("model_said", {"words": "No.\n\n  Not <this> one.\r\nSorry."})
    assert said.splitlines()[1:] == ["> No.", ">   Not &lt;this&gt; one.", "> Sorry."]


def test_a_flag_that_is_nearly_right_is_named() -> None:
    assert "Did you mean `--ar`" in wording.sentence("flag_unknown", {"flag": "--at", "suggestion": "--ar"})
    assert "Did you mean" not in wording.sentence("flag_unknown", {"flag": "--zz", "suggestion": ""})


@given(st.text(max_size=6000))
def test_alt_texts_are_short_enough_and_one_line(words: str) -> None:
    asked = painted(prompt=words, words=words)
    alt = captions.alt(asked, asked.pictures[0])
    assert 0 < len(alt) <= 1000
    assert "\n" not in alt


@given(st.text(alphabet="&<>a", min_size=2500, max_size=2800))
def test_a_headline_never_ends_inside_an_escape(words: str) -> None:
    said = captions.headline(turn(prompt=words))
    assert len(said) <= 3000
    bare = said.removeprefix("<@U1>").replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert "&" not in bare
    assert "<" not in bare


@given(st.text(max_size=300), st.integers(0, 3), st.sampled_from(["image/png", "image/jpeg", "image/gif", "x/y"]))
def test_file_names_are_safe_anywhere(words: str, index: int, mime: str) -> None:
    name = captions.file_name(words, index, mime)
    assert name.isascii()
    assert len(name) < 80
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert not name.startswith(("-", "."))


@pytest.mark.parametrize("text", ["", " ", "help", "HELP!", "?", "  usage ", "help."])
def test_these_ask_for_help(text: str) -> None:
    assert wording.asks_for_help(text)


@pytest.mark.parametrize("text", ["help me paint", "a helping hand", "usage of light", "fox?"])
def test_these_do_not(text: str) -> None:
    assert not wording.asks_for_help(text)


def test_usage_names_every_flag_and_every_tier() -> None:
    said = wording.usage(CATALOGUE, "/imagine")
    for word in ("--ar", "--size", "--n", "--tier", "`lite`", "`flash`", "`pro`", "/imagine a red fox"):
        assert word in said


@pytest.mark.parametrize("act", sorted(CLICKS - {Act.PICK}))
def test_a_buttons_result_says_whose_click_it_was(act: Act) -> None:
    said = captions.headline(turn(act=act, asker="U2", options=Options(size=Size.FOUR)))
    assert said.startswith(f"<@U2> {captions.HEADLINES[act].format(size='4K')}: ")


@pytest.mark.parametrize("left", [0, 1, 9, 10, 59, 89, 91, 600, 3_599, 86_400])
@pytest.mark.parametrize("ahead", [None, 0, 1, 12, 99_999])
def test_a_status_is_as_short_as_slack_wants_it(ahead: int | None, left: int) -> None:
    """Slack refuses a loading message of more than 50 characters, and the status with it."""
    for later in (False, True):
        assert len(waiting.status(Progress(ahead, time.time() + left if left else 0.0, later))) <= 50


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress(), waiting.PAINTING),
        (Progress(later=True), waiting.PAINTING),
        (Progress(None), "is waiting in line…"),
        (Progress(None, later=True), "is letting others go first…"),
        (Progress(1), "is next in line…"),
        (Progress(3), "is waiting, number 3 in line…"),
        (Progress(1, later=True), "is letting others go first, next in line…"),
        (Progress(3, later=True), "is letting others go first, number 3 in line…"),
    ],
)
def test_a_status_says_who_waits_for_whom(progress: Progress, said: str) -> None:
    assert waiting.status(progress) == said
