"""What a call costs by what the provider counted, and what it is held to cost before."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.catalogue import Model, cost, estimate, load, tokens
from bot.domain.options import Size, Tier
from bot.domain.spend import Usage
from bot.playground.gemini import usage
from bot.playground.gemini.asks import Ask, Part, Turn
from bot.playground.gemini.models import MODELS as SERVED

CATALOGUE = load()
LITE, FLASH, PRO, ORIGINAL = (CATALOGUE.of_tier(tier)[0] for tier in Tier)
MODELS = st.sampled_from(sorted(CATALOGUE.models.values(), key=lambda model: model.id))
TOKENS = st.integers(0, 10**7)
USAGES = st.builds(Usage, TOKENS, TOKENS, TOKENS, pictures=st.integers(0, 12), queries=st.integers(0, 50))
GARBAGE = st.integers() | st.sampled_from([-(10**40), 10**40, 10**5000])


def test_each_kind_of_token_is_counted_once() -> None:
    assert cost(PRO, Usage(1_000, 1_120, 1_000 + 1_120 + 500)) == Decimal("0.1424")


def test_a_refusal_costs_its_words_and_thoughts() -> None:
    assert cost(FLASH, Usage(prompt=100, total=400)) == Decimal("0.00095")


def test_drafts_cost_what_a_picture_does() -> None:
    assert cost(FLASH, Usage(image=3 * 1120, total=3 * 1120, pictures=3)) == 3 * Decimal("0.0672")


def test_searches_are_paid_by_the_thousand() -> None:
    assert cost(FLASH, Usage(queries=3)) == Decimal("0.042")
    assert cost(ORIGINAL, Usage(queries=1000)) == Decimal(35)


@pytest.mark.parametrize(
    ("model", "counted", "size", "tokens"),
    [
        (FLASH, Usage(pictures=1), None, 1120),
        (FLASH, Usage(pictures=1), Size.FOUR, 2520),
        (FLASH, Usage(pictures=2), Size.HALF, 1494),
        (LITE, Usage(pictures=1), Size.FOUR, 1120),  # a size it does not paint: the usual one
    ],
)
def test_pictures_without_a_count_of_tokens_count_as_the_catalogue_says(
    model: Model, counted: Usage, size: Size | None, tokens: int
) -> None:
    assert cost(model, counted, size) == tokens * model.prices.image_out / 1_000_000


def test_uncounted_pictures_take_no_more_than_the_total_leaves() -> None:
    prices = FLASH.prices
    whole = cost(FLASH, Usage(prompt=100, total=1_500, pictures=1))
    assert whole == (100 * prices.text_in + 1120 * prices.image_out + 280 * prices.text_out) / 1_000_000
    part = cost(FLASH, Usage(prompt=100, total=600, pictures=1))
    assert part == (100 * prices.text_in + 500 * prices.image_out) / 1_000_000
    silent = cost(FLASH, Usage(prompt=100, total=0, pictures=1))
    assert silent == (100 * prices.text_in + 1120 * prices.image_out) / 1_000_000


def test_without_a_total_the_thoughts_are_paid_for_all_the_same() -> None:
    plain = cost(PRO, Usage(prompt=264, image=1_120))
    assert cost(PRO, Usage(prompt=264, image=1_120, thinking=246)) - plain == 246 * PRO.prices.text_out / 1_000_000
    told = Usage(prompt=264, image=1_120, total=1_800, thinking=246)
    assert cost(PRO, told) == plain + 416 * PRO.prices.text_out / 1_000_000


def test_words_without_a_picture_are_no_picture() -> None:
    assert cost(FLASH, Usage(prompt=100, total=1_500)) < cost(FLASH, Usage(prompt=100, total=1_500, pictures=1))


@given(MODELS, USAGES)
def test_the_price_is_exact(model: Model, counted: Usage) -> None:
    image = counted.image
    if not image and counted.pictures:
        image = counted.pictures * model.output_tokens[model.usual]
        room = counted.total - counted.prompt
        image = min(image, room) if room > 0 else image
    text = max(0, counted.total - counted.prompt - image)
    text_in, text_out, image_out, search = (
        Fraction(getattr(model.prices, kind)) for kind in ("text_in", "text_out", "image_out", "search")
    )
    price = (counted.prompt * text_in + image * image_out + text * text_out) / 10**6 + counted.queries * search / 1000
    assert Fraction(cost(model, counted)) == price


@given(MODELS, st.builds(Usage, *[GARBAGE] * 7), st.none() | st.sampled_from(Size))
def test_no_count_whatever_makes_it_fall_over_or_pay_back(model: Model, counted: Usage, size: Size | None) -> None:
    price = cost(model, counted, size)
    assert price.is_finite()
    assert price >= 0


def _english(length: int) -> str:
    """A conversation's worth of ordinary words."""
    return (ENGLISH * (length // len(ENGLISH) + 1))[:length]


ENGLISH = "A red fox in the snow at dawn; keep the composition, but make it night and add a lantern to the porch. "


@given(
    MODELS,
    st.data(),
    st.integers(0, 22),
    st.text(max_size=8_000) | st.integers(0, 8_000).map("a".__mul__) | st.integers(0, 64_000).map(_english),
    st.integers(0, 2),
)
def test_an_estimate_is_more_than_the_bill_but_by_less_than_a_picture_and_the_searches_not_made(
    model: Model, data: st.DataObject, pictures: int, words: str, queries: int
) -> None:
    made = data.draw(st.integers(0, queries))
    size = data.draw(st.sampled_from(model.sizes))
    served = SERVED[model.id]
    level = data.draw(st.sampled_from(["", *sorted(served.levels)]))
    parts = (Part((1, 1), text=words), *(Part((1, n + 2), data=b"x", mime="image/png") for n in range(pictures)))
    ask = Ask(served, (Turn("user", parts),), size=size, level=level, system="b" * data.draw(st.integers(0, 2_000)))
    told = usage.for_pictures(ask, 1, "Here is the picture with that change.")
    bill = cost(
        model,
        Usage(
            told["promptTokenCount"],
            sum(each["tokenCount"] for each in told["candidatesTokensDetails"]),
            told["totalTokenCount"],
            pictures=1,
            queries=made,
        ),
        size,
    )
    held = estimate(model, size, pictures, tokens(words), queries)
    spare = cost(model, Usage(queries=queries - made))
    assert bill + spare <= held < bill + spare + cost(model, Usage(pictures=1), size)


@given(MODELS, st.integers(0, 12), st.integers(0, 54_000), st.integers(280, 726))
@example(CATALOGUE.models["gemini-nano-banana-2.1"], 12, 54_000, 280)
def test_where_pictures_count_as_little_as_was_seen_a_dozen_and_many_words_are_held_within_a_picture(
    model: Model, pictures: int, characters: int, said: int
) -> None:
    prompt, image = 258 * pictures + characters // 4, model.output_tokens[model.usual]
    bill = cost(model, Usage(prompt, image, prompt + image + said, pictures=1))
    held = estimate(model, None, pictures, tokens(_english(characters)))
    assert held < bill + cost(model, Usage(pictures=1))


@given(MODELS, st.integers(0, 22), st.integers(0, 8_000), st.integers(0, 5))
def test_an_estimate_grows_with_all_that_goes_in(model: Model, pictures: int, words: int, queries: int) -> None:
    held = estimate(model, None, pictures, words, queries)
    assert held == estimate(model, model.usual, pictures, words, queries)
    assert held < estimate(model, None, pictures + 1, words, queries)
    assert held < estimate(model, None, pictures, words + 1, queries)
    assert held < estimate(model, None, pictures, words, queries + 1)


def test_an_estimate_of_a_size_that_is_not_painted_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        estimate(LITE, Size.FOUR, 0)


def test_an_estimate_says_what_a_picture_costs_where_nothing_else_goes_in() -> None:
    assert math.isclose(estimate(PRO, Size.ONE, 0), Decimal("0.1344"), rel_tol=0.1)
