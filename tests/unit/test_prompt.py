"""What people type, and what is understood."""

from __future__ import annotations

import pytest

from bot.domain.options import Options, Size, Tier
from bot.domain.prompt import Parsed, parse, read
from bot.errors import PersonCanFix

FOX = "a red fox"


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("a red fox", Options()),
        ("a red fox --ar 16:9", Options(ratio="16:9")),
        ("--ar 16:9 a red fox", Options(ratio="16:9")),
        ("a red --ar 16:9 fox", Options(ratio="16:9")),
        ("a red fox --ar=16:9", Options(ratio="16:9")),
        ("a red fox --ar:16:9", Options(ratio="16:9")),
        ("a red fox --ar = 16:9", Options(ratio="16:9")),
        ("a red fox --AR 16:9", Options(ratio="16:9")),
        ("a red fox --ar16:9", Options(ratio="16:9")),
        ("a red fox --ar 16 : 9", Options(ratio="16:9")),
        ("a red fox --ar 16x9", Options(ratio="16:9")),
        ("a red fox --ar 16/9", Options(ratio="16:9")),
        ("a red fox --ar 16\u00d79", Options(ratio="16:9")),
        ("a red fox --ar 16\uff1a9", Options(ratio="16:9")),
        ("a red fox --ar \uff11\uff16\uff1a\uff19", Options(ratio="16:9")),
        ("a red fox --ar 1920x1080", Options(ratio="16:9")),
        ("a red fox --ar 42:18", Options(ratio="21:9")),
        ("a red fox --ar Auto", Options(ratio="auto")),
        ('a red fox --ar "16:9"', Options(ratio="16:9")),
        ("a red fox --ar \u201c16:9\u201d", Options(ratio="16:9")),
        ("a red fox --ar '16:9'", Options(ratio="16:9")),
        ("a red fox `--ar 16:9`", Options(ratio="16:9")),
        ("`a red fox --ar 16:9`", Options(ratio="16:9")),
        ("```a red fox --ar 16:9```", Options(ratio="16:9")),
        ("a red fox (--ar 16:9)", Options(ratio="16:9")),
        ("a red fox,--ar 16:9", Options(ratio="16:9")),
        ("a red fox--ar 16:9", Options(ratio="16:9")),
        ("a red fox -ar 16:9", Options(ratio="16:9")),
        ("a red fox ---ar 16:9", Options(ratio="16:9")),
        ("a red fox \u2014ar 16:9", Options(ratio="16:9")),
        ("a red fox \u2013ar 16:9", Options(ratio="16:9")),
        ("a red fox \u2015ar 16:9", Options(ratio="16:9")),
        ("a red fox \u2013-ar 16:9", Options(ratio="16:9")),
        ("a red fox \u2212\u2212ar 16:9", Options(ratio="16:9")),
        ("a red fox \u2014 ar 16:9", Options(ratio="16:9")),
        ("a red fox -- ar 16:9 --n 2", Options(ratio="16:9", count=2)),
        ("a red fox\u00a0\u2014ar\u00a016:9", Options(ratio="16:9")),
        ("a red fox -\u200b-ar\u200b 16:\u20609", Options(ratio="16:9")),
        ("a red fox \u200e--ar 16:9\u200f", Options(ratio="16:9")),
        ("a red fox\n--ar 16:9", Options(ratio="16:9")),
        ("a red fox --aspect 4:5", Options(ratio="4:5")),
        ("a red fox --aspect-ratio 4:5", Options(ratio="4:5")),
        ("a red fox --aspect_ratio 4:5", Options(ratio="4:5")),
        ("a red fox --ratio 4:5", Options(ratio="4:5")),
        ("a red fox --size 4k", Options(size=Size.FOUR)),
        ("a red fox --size 4K", Options(size=Size.FOUR)),
        ("a red fox --size4k", Options(size=Size.FOUR)),
        ("a red fox --size \uff14\uff2b", Options(size=Size.FOUR)),
        ("a red fox --size 512", Options(size=Size.HALF)),
        ("a red fox --size 512px", Options(size=Size.HALF)),
        ("a red fox --resolution 2048", Options(size=Size.TWO)),
        ("a red fox --n 4", Options(count=4)),
        ("a red fox --n4", Options(count=4)),
        ("a red fox --n=x4", Options(count=4)),
        ("a red fox --count 4", Options(count=4)),
        ("a red fox --x4", Options(count=4)),
        ("a red fox --tier pro", Options(tier=Tier.PRO)),
        ("a red fox --model Pro", Options(tier=Tier.PRO)),
        ("a red fox --pro", Options(tier=Tier.PRO)),
        ("--lite a red fox", Options(tier=Tier.LITE)),
        ("--n 2 a --tier lite red --size=2k fox --ar 1:8", Options("1:8", Size.TWO, 2, Tier.LITE)),
        ("a red fox --ar 16:9--size 4k--n 2", Options("16:9", Size.FOUR, 2)),
        ("a red fox --ar 16:9 --ar 1:1", Options(ratio="1:1")),
        ("a red fox 16:9", Options(ratio="16:9")),
        ("a red fox 16x9", Options(ratio="16:9")),
        ("a red fox, 16:9, 4k, x4.", Options("16:9", Size.FOUR, 4)),
        ("a red fox 16:9 4k x4", Options("16:9", Size.FOUR, 4)),
        ("a red fox 4x 4K 16:9", Options("16:9", Size.FOUR, 4)),
        ("a red fox (16:9)", Options(ratio="16:9")),
        ("a red fox --16:9", Options(ratio="16:9")),
        ("a red fox\n16:9", Options(ratio="16:9")),
        ("a red fox in 4k", Options(size=Size.FOUR)),
        ("a red fox in 4K resolution, please", Options(size=Size.FOUR)),
        ("a red fox in 4K resolution", Options(size=Size.FOUR)),
        ("a red fox, aspect ratio 16:9", Options(ratio="16:9")),
        ("a red fox with an aspect ratio of 16:9", Options(ratio="16:9")),
        ("a red fox 4k please", Options(size=Size.FOUR)),
        ("a red fox 4k --ar 16:9", Options("16:9", Size.FOUR)),
        ("a red fox 4k --size 1k", Options(size=Size.ONE)),
        ("a red fox --size 1k 4k", Options(size=Size.ONE)),
        ("a red fox 2k 4k", Options(size=Size.FOUR)),
        ("a red fox - 16:9", Options(ratio="16:9")),
        ("a red fox | 4k", Options(size=Size.FOUR)),
        ("a red fox \u2014 4k", Options(size=Size.FOUR)),
        ("a red fox 16:9 aspect ratio", Options(ratio="16:9")),
        ("a red fox in 16:9 format", Options(ratio="16:9")),
        ("a red fox *--ar 16:9*", Options(ratio="16:9")),
        ("a red fox --ar *16:9*", Options(ratio="16:9")),
        ("a red fox --tier _pro_", Options(tier=Tier.PRO)),
    ],
)
def test_options_are_understood_and_leave_the_prompt(text: str, options: Options) -> None:
    assert parse(text) == Parsed(FOX, options)


@pytest.mark.parametrize(
    "text",
    [
        "a golf pro",
        "like https://example.com/a--n 3",
        "like https://example.com/--ar",
        "a fox -- red",
        "a fox \u2014 red and quick",
        "a fox\u2014red and quick",
        "a painting \u2014 size matters",
        "a study in contrast\u2014size against speed",
        "\u2014red\u2014",
        "a well-known fox, state-of-the-art",
        "5 -n- dime store",
        "a crowd of 2k people",
        "a 4k television",
        "a clock showing 4:5",
        "a train leaving at 9:16",
        "the final score 3:2",
        "a scale model 1:8",
        "illustrate Genesis 1:1",
        "a sign that says 4k",
        "a company called 4k",
        "a portrait of 4k",
        "a BMW X3",
        "a bmw x3",
        "a Jeep 4x4",
        "zoom in 4x",
        "room 512",
        "a clock at 10:30",
        "a red fox x9",
        "16:10 monitors",
        'a 5" screen beside a 7" screen',
        'a sign saying "SALE --ar 16:9"',
        "a sign saying \u201cSALE --nonsense 4k\u201d",
        "a sign saying \u201eSALE --nonsense\u201c",
        'a sign saying "4k"',
        "4k",
        "x4",
        "in 4k",
        "two lines\n\nand  spaces",
        "--- a rule --- and --> an arrow",
        "a < b & c > d",
        "\U0001f469\u200d\U0001f4bb at work",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    ],
)
def test_prose_stays_as_it_is(text: str) -> None:
    assert parse(text) == Parsed(text, Options())


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("make it 4k", Options(size=Size.FOUR)),
        ("make it 16:9", Options(ratio="16:9")),
        ("Please make this 16:9", Options(ratio="16:9")),
        ("crop to 1:1", Options(ratio="1:1")),
        ("change it to 4:5", Options(ratio="4:5")),
        ("make it in 4k", Options(size=Size.FOUR)),
    ],
)
def test_an_instruction_keeps_the_words_it_needs(text: str, options: Options) -> None:
    assert parse(text) == Parsed(text, options)


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("a fox --ar 16:9, snowing", "a fox, snowing"),
        ("a fox --ar 16:9. Snowing", "a fox. Snowing"),
        ("a fox, --ar 16:9.", "a fox."),
        ("--ar 16:9, a fox", "a fox"),
        ("one\n--ar 16:9\ntwo", "one\ntwo"),
        ("one\n\n--ar 16:9\n\ntwo", "one\n\ntwo"),
        ("salt &amp; pepper --n 2", "salt & pepper"),
        ("a &lt;b&gt; --n 2", "a <b>"),
        ("typed &amp;lt; as such", "typed &lt; as such"),
        ("I &lt;3 foxes", "I <3 foxes"),
        ("a poster for <#C123|general>", "a poster for #general"),
        ("a poster for <#C123|> in red", "a poster for in red"),
        ("<@U123> a fox", "a fox"),
        ("a card for <@U123|alex>", "a card for @alex"),
        ("wake <!here> up", "wake @here up"),
        ("wake <!subteam^S123|@team> up", "wake @team up"),
        ("on <!date^1392734382^{date}|18 February> at noon", "on 18 February at noon"),
        ("like <https://example.com/a--n|the site>", "like the site"),
        ("like <https://example.com/a?b=1&amp;c=2>", "like https://example.com/a?b=1&c=2"),
        ("write to <mailto:a@example.com|a@example.com>", "write to a@example.com"),
        ("a\u00a0red\u200b fox", "a red fox"),
        ('a sign "a\u00a0 --b"', 'a sign "a\u00a0 --b"'),
        ("*a fox --ar 16:9*", "*a fox*"),
        ("*a fox --tier pro*", "*a fox*"),
        ("a (wild fox --ar 16:9) in snow", "a (wild fox) in snow"),
        ("C++ 4k", "C++"),
        (":fox_face: 4k", ":fox_face:"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("a\x00 fox\ud800", "a fox\ufffd"),
        ("a \ud83e\udd8a", "a \U0001f98a"),
        ('say "open --n 2 beside "shut"', 'say "open beside "shut"'),
    ],
)
def test_the_prompt_is_what_was_typed(text: str, prompt: str) -> None:
    assert parse(text).prompt == prompt


@pytest.mark.parametrize(
    ("text", "reason", "facts"),
    [
        ("", "prompt_empty", {}),
        (" \u200b\u00a0\n", "prompt_empty", {}),
        ("<@U123>", "prompt_empty", {}),
        ("--ar 16:9 --n 2", "prompt_empty", {}),
        ("a fox --raito 16:9", "flag_unknown", {"flag": "--raito", "suggestion": "--ar"}),
        ("a fox --sise 4k", "flag_unknown", {"flag": "--sise", "suggestion": "--size"}),
        ("a fox --seed 5", "flag_unknown", {"flag": "--seed", "suggestion": ""}),
        ("a fox --no people", "flag_unknown", {"flag": "--no", "suggestion": ""}),
        ("--help", "flag_unknown", {"flag": "--help", "suggestion": ""}),
        ("a fox --ar", "flag_value_missing", {"flag": "--ar"}),
        ("a fox --ar --size 4k", "flag_value_missing", {"flag": "--ar"}),
        ("a fox --ar=", "flag_value_missing", {"flag": "--ar"}),
        ('a fox --ar ""', "flag_value_missing", {"flag": "--ar"}),
        ("a fox \u2014ar \u2014size 4k", "flag_value_missing", {"flag": "--ar"}),
        ("a fox --ar 16:10", "ratio_unknown", {"given": "16:10"}),
        ("a fox --ar 0:0", "ratio_unknown", {"given": "0:0"}),
        ("a fox --ar 16:0", "ratio_unknown", {"given": "16:0"}),
        ("a fox --ar wide", "ratio_unknown", {"given": "wide"}),
        ("a fox \u2014ar banana", "ratio_unknown", {"given": "banana"}),
        (f"a fox --ar {'9' * 9999}:1", "ratio_unknown", {"given": "9" * 39 + "\u2026"}),
        ("a fox --size 8k", "size_unknown", {"given": "8k", "known": "512, 1K, 2K, 4K"}),
        ("a fox --size 16:9", "size_unknown", {"given": "16:9"}),
        ("a fox --n 5", "count_unknown", {"given": "5", "most": "4"}),
        ("a fox --n 0", "count_unknown", {"given": "0"}),
        ("a fox --n -1", "count_unknown", {"given": "-1"}),
        ("a fox --n \u0664\u0665", "count_unknown", {}),
        ("a fox --n four", "count_unknown", {"given": "four"}),
        ("a fox --tier best", "tier_unknown", {"given": "best", "known": "lite, flash, pro"}),
    ],
)
def test_what_cannot_be_read_is_said(text: str, reason: str, facts: dict[str, str]) -> None:
    with pytest.raises(PersonCanFix) as fault:
        parse(text)
    assert fault.value.reason == reason
    assert facts.items() <= fault.value.facts.items()


def test_flags_alone_can_be_read_where_a_prompt_may_be_missing() -> None:
    assert read("--ar 16:9") == Parsed("", Options(ratio="16:9"))


def test_the_known_ratios_are_named() -> None:
    with pytest.raises(PersonCanFix) as fault:
        parse("a fox --ar 7:5")
    assert fault.value.facts["known"].split(", ")[-1] == "auto"
    assert "16:9" in fault.value.facts["known"].split(", ")
