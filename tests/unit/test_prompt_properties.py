"""What holds for every text a person could type."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.flags import render
from bot.domain.options import MOST_PICTURES, Options, Size, Think, Tier
from bot.domain.prompt import Parsed, parse
from bot.domain.quotes import quoted
from bot.domain.values import RATIOS
from bot.errors import PersonCanFix
from handlers import captions

REASONS = {
    "prompt_empty": set(),
    "flag_unknown": {"flag", "suggestion"},
    "flag_value_missing": {"flag"},
    "ratio_unknown": {"given", "known"},
    "size_unknown": {"given", "known"},
    "count_unknown": {"given", "most"},
    "tier_unknown": {"given", "known"},
    "think_unknown": {"given", "known"},
    "ground_unknown": {"given"},
    "later_unknown": {"given"},
}
PIECES = [
    "--ar", "--n", "--size", "--tier", "--pro", "--x", "-ar", "-n", "--", "-", "\u2014", "\u2014ar", "\u2013 size",
    "--ground", "-ground", "\u2014ground", "--search", "ground", "--think", "\u2014think", "high", "low", "--original",
    "--later", "-later", "\u2014later", "--no-hurry", "later",
    "--foo", "16:9", "1:1", "4k", "2K", "x4", "4x", "3", "pro", "lite", "auto", "512px", "16x9", "9", "0", ":", "=",
    "a", "fox", "of", "in", "at", "make", "it", "crop to", "aspect ratio", "please", "resolution", "/",
    '"', "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb", "'", "\u2019", "`", "```", "(", ")", "[", "]", ",", ".",
    "&amp;", "&lt;", "<@U1>", "<#C1|a>", "<https://x.y|z>", "<", ">", "|", "\n", "\t", " ", "  ", "\u00a0", "\u200b",
    "\u200d", "\u200e", "\ufeff", "\u2028", "\r", "\x00", "\ud800", "\U0001f98a", "\u00e9", "\u0664", "\u00bd",
    "\u00d7", ";", "!", "x", "*", "_", "|", "https://a.b/c",
]  # fmt: skip
TYPED = st.lists(st.sampled_from(PIECES), max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)
ANY = TYPED | st.text(st.characters(exclude_categories=()))
OPTIONS = st.builds(
    Options,
    ratio=st.none() | st.sampled_from([*RATIOS, "auto"]),
    size=st.none() | st.sampled_from(Size),
    count=st.integers(1, MOST_PICTURES),
    tier=st.none() | st.sampled_from(Tier),
    think=st.none() | st.sampled_from(Think),
    ground=st.booleans(),
    later=st.booleans(),
)


def understood(text: str) -> Parsed | None:
    try:
        return parse(text)
    except PersonCanFix:
        return None


def as_slack_writes(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@given(ANY)
def test_a_complaint_has_a_known_reason_with_all_its_facts(text: str) -> None:
    try:
        parse(text)
    except PersonCanFix as complaint:
        fault = complaint
    else:
        return
    assert set(fault.facts) == REASONS[fault.reason]
    assert all(len(fact) <= 120 for fact in fault.facts.values())


@given(ANY)
def test_what_is_read_can_be_stored_and_sent(text: str) -> None:
    parsed = understood(text)
    if parsed is None:
        return
    assert parsed.prompt == parsed.prompt.strip() != ""
    assert "\x00" not in parsed.prompt
    parsed.prompt.encode()
    assert parsed.options.ratio in {None, "auto", *RATIOS}
    assert 1 <= parsed.options.count <= MOST_PICTURES


@given(ANY)
@example("make it 4k --size 1k")
@example('fox 5" --ar 1:1 "--n 2" x')
def test_a_prompt_read_again_is_the_same_prompt(text: str) -> None:
    if parsed := understood(text):
        assert parse(as_slack_writes(parsed.prompt)).prompt == parsed.prompt


@given(ANY, OPTIONS)
@example("4k", Options())
@example("x3 foo", Options(count=4))
@example("=true foo", Options(ground=True))
@example("4:5 foo", Options(ground=True))
@example(":no foo", Options(later=True))
def test_rendered_flags_and_the_prompt_come_back(text: str, options: Options) -> None:
    if parsed := understood(text):
        words = as_slack_writes(parsed.prompt)
        plain = parse(words).options
        expected = Options(
            options.ratio or plain.ratio,
            options.size or plain.size,
            options.count,
            options.tier,
            options.think,
            options.ground,
            options.later,
        )
        flags = render(options)
        assert parse(f"{flags} {words}") == Parsed(parsed.prompt, expected)
        assert parse(f"{words} {flags}") == Parsed(parsed.prompt, expected)


@given(OPTIONS)
def test_options_as_they_are_shown_can_be_typed(options: Options) -> None:
    assert parse("a fox" + captions.flags(options)) == Parsed("a fox", options)


@given(st.lists(st.sampled_from([*PIECES[:45], "fox", '"', "\u201c"]), max_size=12).map(" ".join))
def test_quoted_words_stay_as_typed(text: str) -> None:
    typed = f"a sign \u201c{text}\u201d --n 2"
    if "\u201c" in text or '"' in text:
        return
    parsed = parse(typed)
    assert parsed == Parsed(f"a sign \u201c{text}\u201d", Options(count=2))


@given(st.text('"\u201c\u201d\u201e\u00ab\u00bb a5('))
def test_quotes_are_in_order_and_never_overlap(text: str) -> None:
    ends = [0] + [place for span in quoted(text) for place in span]
    assert ends == sorted(ends)
    assert all(end - start >= 2 for start, end in quoted(text))


@pytest.mark.parametrize(
    "piece",
    ["--n 1 ", "4k ", '"', ' "a', "`", "-", "- ", "<", "<@", "&", "a", " ", "\n", ",", "--x", "\u2014", "a-", "please ",
     ":1", "\u200b", "\u200e", "[(", "in ", "4k,,,,", "4k please ", "```-", "`-", "'-n9", " -n9x", "a--n3", "*-n",
     "\u2014ar x", "--pro", "--ground", "--ground ", "--ground=on", "--ground 4k ",
     "-ground ", "--ground=", "--ground=a", "\u2014ground", "-ground - ",
     "--later=a--no-hurry ", "\u2014later"],
)  # fmt: skip
def test_the_longest_message_is_read_at_once(piece: str) -> None:
    text = "a fox " + piece * (40_000 // len(piece))  # Slack's own limit for a message, in characters
    began = process_time()
    understood(text)
    assert process_time() - began < 2
