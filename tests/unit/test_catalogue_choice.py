"""Which model paints, what it refuses before money is spent, what it costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import as_asked, check_prompt, choose, largest, level, load, nearest_ratio, pixels
from bot.domain.options import Options, Size, Think, Tier
from bot.domain.values import RATIOS
from bot.errors import PersonCanFix

CATALOGUE = load()
MODELS = st.sampled_from(sorted(CATALOGUE.models.values(), key=lambda model: model.id))
OPTIONS = st.builds(
    Options,
    st.none() | st.sampled_from([*RATIOS, "auto"]),
    st.none() | st.sampled_from(Size),
    st.integers(1, 4),
    st.none() | st.sampled_from(Tier),
    st.none() | st.sampled_from(Think),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("options", "escalated", "id"),
    [
        (Options(), None, "gemini-3.1-flash-image"),
        (Options(tier=Tier.LITE), None, "gemini-3.1-flash-lite-image"),
        (Options(tier=Tier.PRO), None, "gemini-3-pro-image"),
        (Options(tier=Tier.LITE), Tier.PRO, "gemini-3-pro-image"),
        (Options(ratio="auto", tier=Tier.PRO), None, "gemini-3-pro-image"),
        (Options("1:8", Size.HALF, 4), None, "gemini-3.1-flash-image"),
    ],
)
def test_the_first_of_the_tier_that_can_do_it_paints(options: Options, escalated: Tier | None, id: str) -> None:
    assert choose(CATALOGUE, options, escalated).id == id


@pytest.mark.parametrize(
    ("options", "escalated", "reason", "facts"),
    [
        (Options(size=Size.FOUR, tier=Tier.LITE), None, "size_not_on_tier",
         {"size": "4K", "model": "Nano Banana 2 Lite", "tier": "lite", "known": "1K", "instead": "flash, pro"}),
        (Options(size=Size.HALF), Tier.PRO, "size_not_on_tier",
         {"size": "512", "model": "Nano Banana Pro", "tier": "pro", "known": "1K, 2K, 4K", "instead": "flash"}),
        (Options(size=Size.FOUR, think=Think.HIGH, ground=True, tier=Tier.LITE), None, "size_not_on_tier",
         {"instead": "flash"}),
        (Options(think=Think.HIGH, tier=Tier.PRO), None, "thinking_not_on_tier",
         {"think": "high", "model": "Nano Banana Pro", "tier": "pro", "instead": "lite, flash"}),
        (Options(think=Think.LOW), Tier.ORIGINAL, "thinking_not_on_tier", {"think": "low", "instead": "lite, flash"}),
        (Options(ground=True, tier=Tier.LITE), None, "ground_not_on_tier",
         {"model": "Nano Banana 2 Lite", "tier": "lite", "instead": "flash, pro"}),
        (Options(ratio="1:8", ground=True), Tier.LITE, "ground_not_on_tier", {"instead": "flash"}),
        (Options(ratio="1:8", tier=Tier.PRO), None, "ratio_not_on_tier",
         {"ratio": "1:8", "tier": "pro", "instead": "lite, flash"}),
        (Options("1:8", Size.FOUR, tier=Tier.PRO), None, "ratio_not_on_tier", {"instead": "flash"}),
        (Options("9:21"), None, "ratio_not_on_tier", {"instead": ""}),
        (Options(count=5), None, "count_unknown", {"given": "5", "most": "4"}),
        (Options(count=0), None, "count_unknown", {"given": "0"}),
    ],
)  # fmt: skip
def test_what_the_tier_cannot_do_is_said_with_who_can(
    options: Options, escalated: Tier | None, reason: str, facts: dict[str, str]
) -> None:
    with pytest.raises(PersonCanFix) as fault:
        choose(CATALOGUE, options, escalated)
    assert fault.value.reason == reason
    assert facts.items() <= fault.value.facts.items()


NEWER_FIRST = load('[models."gemini-nano-banana-2.1"]\norder = 0')


@pytest.mark.parametrize(
    ("options", "id"),
    [
        (Options(), "gemini-nano-banana-2.1"),
        (Options(size=Size.HALF), "gemini-3.1-flash-image"),
        (Options(size=Size.FOUR), "gemini-nano-banana-2.1"),
    ],
)
def test_where_the_first_of_the_tier_cannot_do_it_the_next_that_can_paints(options: Options, id: str) -> None:
    assert choose(NEWER_FIRST, options).id == id


def test_who_can_do_it_is_named_also_where_it_is_not_the_first_of_its_tier() -> None:
    with pytest.raises(PersonCanFix) as fault:
        choose(NEWER_FIRST, Options(size=Size.HALF, tier=Tier.PRO))
    assert (fault.value.facts["instead"], fault.value.facts["able"]) == ("flash", "Nano Banana 2")


@given(OPTIONS, st.none() | st.sampled_from(Tier))
def test_a_chosen_model_paints_it_and_a_named_tier_does_too(options: Options, escalated: Tier | None) -> None:
    try:
        model = choose(CATALOGUE, options, escalated)
    except PersonCanFix as fault:
        named = [Tier(tier) for tier in fault.facts["instead"].split(", ") if tier]
    else:
        named = [model.tier]
        assert model.tier == (escalated or options.tier or Tier.FLASH)
    for tier in named:
        able = choose(CATALOGUE, options, tier)
        size = options.size or able.usual
        assert size in able.sizes
        assert able.thinking or options.think is None
        assert able.search or not options.ground
        assert options.ratio in {None, "auto"} or pixels(able, options.ratio, size)


def test_a_prompt_may_be_as_long_as_the_limit_and_no_longer() -> None:
    model = CATALOGUE.default
    check_prompt(model, "a" * model.prompt_limit)
    with pytest.raises(PersonCanFix) as fault:
        check_prompt(model, "a" * (model.prompt_limit + 1))
    assert fault.value.reason == "prompt_too_long"
    assert fault.value.facts == {"length": "8001", "limit": "8000", "model": "Nano Banana 2"}


def test_the_largest_size_is_the_models_own() -> None:
    assert {tier: largest(CATALOGUE.of_tier(tier)[0]) for tier in Tier} == {
        Tier.LITE: Size.ONE,
        Tier.FLASH: Size.FOUR,
        Tier.PRO: Size.FOUR,
        Tier.ORIGINAL: Size.ONE,
    }


def test_how_long_to_think_is_said_in_the_models_own_words() -> None:
    flash, nano = CATALOGUE.of_tier(Tier.FLASH)
    pro = CATALOGUE.of_tier(Tier.PRO)[0]
    assert [level(flash, think) for think in (None, Think.LOW, Think.HIGH)] == [None, "minimal", "high"]
    assert [level(nano, think) for think in (None, Think.LOW, Think.HIGH)] == [None, "minimal", "high"]
    assert [level(pro, think) for think in (None, Think.LOW, Think.HIGH)] == [None, None, None]


def test_pixels_of_what_is_not_painted_is_a_key_error() -> None:
    lite, pro = CATALOGUE.of_tier(Tier.LITE)[0], CATALOGUE.of_tier(Tier.PRO)[0]
    assert pixels(lite, "16:9", Size.ONE) == (1376, 768)
    with pytest.raises(KeyError):
        pixels(lite, "16:9", Size.FOUR)
    with pytest.raises(KeyError):
        pixels(pro, "1:8", Size.ONE)


@given(MODELS, st.data())
def test_a_painted_picture_has_the_ratio_it_was_asked_in(model, data) -> None:
    ratio, size = data.draw(st.sampled_from(model.ratios)), data.draw(st.sampled_from(model.sizes))
    assert nearest_ratio(model, *pixels(model, ratio, size)) == ratio


@given(MODELS, st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_nearest_ratio_turns_with_the_picture(model, width: int, height: int) -> None:
    across, down = nearest_ratio(model, width, height).split(":")
    assert (int(across) - int(down)) * (width - height) >= 0


@pytest.mark.parametrize(
    ("width", "height", "ratio"),
    [(1000, 1001, "1:1"), (1920, 1080, "16:9"), (3024, 4032, "3:4"), (1, 9999, "1:8"), (10, 4, "21:9")],
)
def test_the_nearest_ratio_is_near_by_proportion(width: int, height: int, ratio: str) -> None:
    assert nearest_ratio(CATALOGUE.default, width, height) == ratio


@pytest.mark.parametrize(("width", "height"), [(0, 1), (1, 0), (-1, 1)])
def test_a_picture_without_size_has_no_ratio(width: int, height: int) -> None:
    with pytest.raises(ValueError, match="a picture of"):
        nearest_ratio(CATALOGUE.default, width, height)


@given(MODELS, st.data())
def test_the_announced_pixels_are_what_was_asked(model, data) -> None:
    ratio, size = data.draw(st.sampled_from(model.ratios)), data.draw(st.sampled_from(model.sizes))
    width, height = pixels(model, ratio, size)
    for asked in ((ratio, size), (ratio, None), (None, size), ("auto", size), (None, None)):
        assert as_asked(model, *asked, width, height)


@pytest.mark.parametrize(
    ("ratio", "size", "width", "height", "right"),
    [
        ("16:9", Size.ONE, 1376, 768, True),
        ("16:9", Size.ONE, 1366, 768, True),  # 16:9 itself, not what is announced for it
        ("16:9", Size.ONE, 1310, 732, True),  # a little small
        ("16:9", Size.ONE, 1300, 726, False),  # too small
        ("16:9", Size.ONE, 1376, 800, False),  # too tall
        ("16:9", None, 160, 90, True),
        ("16:9", Size.ONE, 768, 1376, False),
        ("16:9", None, 1024, 1024, False),
        ("1:1", Size.TWO, 1024, 1024, False),
        (None, Size.TWO, 1024, 1024, False),
        ("auto", Size.TWO, 1376, 768, False),
        ("auto", Size.TWO, 2752, 1536, True),
        (None, Size.HALF, 1024, 1024, False),  # the next size
        (None, Size.HALF, 767, 767, True),
        (None, Size.HALF, 768, 768, False),
        (None, Size.ONE, 1454, 727, True),  # as many pixels, in a shape that is none of the announced
        (None, None, 1, 999, True),
        (None, None, 0, 1, False),
        ("9:21", Size.ONE, 400, 933, False),  # nothing is announced: the side of a square
        ("9:21", Size.ONE, 439, 1024, True),
        ("9:21", Size.ONE, 672, 1568, True),
    ],
)
def test_real_pixels_are_compared_with_what_was_asked(
    ratio: str | None, size: Size | None, width: int, height: int, right: bool
) -> None:
    assert as_asked(CATALOGUE.default, ratio, size, width, height) is right


def test_a_size_the_model_does_not_paint_is_compared_with_its_square() -> None:
    lite = CATALOGUE.of_tier(Tier.LITE)[0]
    assert not as_asked(lite, "1:1", Size.FOUR, 1024, 1024)
    assert as_asked(lite, "1:1", Size.FOUR, 4096, 4096)
