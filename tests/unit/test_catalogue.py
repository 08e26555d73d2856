"""The models as the bot ships them: the numbers agree with each other and with what Google announces."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from bot.catalogue import Model, cost, load, pixels
from bot.domain.options import Size, Tier
from bot.domain.spend import Usage
from bot.domain.values import RATIOS

CATALOGUE = load()
MODELS = sorted(CATALOGUE.models.values(), key=lambda model: model.id)
PAINTED = [(model, ratio, size) for model in MODELS for ratio, size in product(model.ratios, model.sizes)]
SIDE = {Size.HALF: 512, Size.ONE: 1024, Size.TWO: 2048, Size.FOUR: 4096}

each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)


@pytest.mark.parametrize(
    ("id", "size", "price"),
    [
        ("gemini-3.1-flash-image", Size.HALF, "0.045"),
        ("gemini-3.1-flash-image", Size.ONE, "0.067"),
        ("gemini-3.1-flash-image", Size.TWO, "0.101"),
        ("gemini-3.1-flash-image", Size.FOUR, "0.151"),
        ("gemini-nano-banana-2.1", Size.ONE, "0.0336"),
        ("gemini-nano-banana-2.1", Size.TWO, "0.0504"),
        ("gemini-nano-banana-2.1", Size.FOUR, "0.1134"),
        ("gemini-3-pro-image", Size.ONE, "0.134"),
        ("gemini-3-pro-image", Size.TWO, "0.134"),
        ("gemini-3-pro-image", Size.FOUR, "0.24"),
        ("gemini-3.1-flash-lite-image", Size.ONE, "0.0336"),
        ("gemini-2.5-flash-image", Size.ONE, "0.039"),
    ],
)
def test_the_announced_price_of_a_picture_follows_from_its_tokens(id: str, size: Size, price: str) -> None:
    announced = Decimal(price)
    assert cost(CATALOGUE.model(id), Usage(pictures=1), size).quantize(announced) == announced


@pytest.mark.parametrize(("model", "ratio", "size"), PAINTED, ids=lambda value: getattr(value, "id", value))
def test_pixels_keep_close_to_the_ratio_and_the_size(model: Model, ratio: str, size: Size) -> None:
    width, height = pixels(model, ratio, size)
    across, down = map(int, ratio.split(":"))
    assert width / height == pytest.approx(across / down, rel=0.04)
    assert (width * height) ** 0.5 == pytest.approx(SIDE[size], rel=0.08)
    assert pixels(model, f"{down}:{across}", size) == (height, width) if f"{down}:{across}" in model.ratios else True


@each_model
def test_a_model_can_be_shown_and_paid(model: Model) -> None:
    assert model.name
    assert model.source
    assert model.checked.year >= 2026
    assert min(model.prices.text_in, model.prices.text_out, model.prices.image_out) > 0
    assert all(model.output_tokens[size] > 0 and model.seconds[size] > 0 for size in model.sizes)
    assert {"image/png", "image/jpeg"} <= set(model.mimes)


@each_model
def test_larger_pictures_never_cost_less(model: Model) -> None:
    prices = [cost(model, Usage(pictures=1), size) for size in model.sizes]
    assert prices == sorted(prices)


@each_model
def test_the_longest_prompt_and_all_references_fit(model: Model) -> None:
    needed = model.references * model.reference_tokens + model.prompt_limit
    assert 1_000 < model.prompt_limit <= 8_000
    assert needed + model.history.tokens <= model.input_tokens


@each_model
def test_a_call_is_given_the_time_it_needs(model: Model) -> None:
    assert all(model.timeouts[size] >= 3 * model.seconds[size] for size in model.sizes)
    assert model.timeouts.get(Size.FOUR, 300) >= 300
    assert list(model.timeouts.values()) == sorted(model.timeouts.values())


@each_model
def test_an_answer_with_a_picture_and_its_words_fits(model: Model) -> None:
    assert max(model.output_tokens.values()) + model.thinking_tokens <= model.output_limit
    assert model.history.turns > 0
    assert 0 < model.picture_bytes <= 7_000_000 <= model.history.bytes


@each_model
def test_a_successor_is_in_the_catalogue(model: Model) -> None:
    assert model.successor == "" or CATALOGUE.model(model.successor).successor == ""


def test_only_what_the_provider_offers_can_be_asked_for() -> None:
    assert {model.name: (model.thinking, model.search) for model in MODELS} == {
        "Nano Banana": ((), ()),
        "Nano Banana 2": (("minimal", "high"), ("web", "image")),
        "Nano Banana 2 Lite": (("minimal", "high"), ()),
        "Nano Banana 2.1": (("minimal", "medium", "high"), ("web", "image")),
        "Nano Banana Pro": ((), ("web",)),
    }


def test_names_are_told_apart() -> None:
    assert len({model.name for model in MODELS}) == len(MODELS)


def test_every_ratio_that_can_be_typed_is_painted_by_some_model() -> None:
    assert {ratio for model in MODELS for ratio in model.ratios} == set(RATIOS)


def test_tiers_have_their_models_in_order() -> None:
    assert {tier: CATALOGUE.of_tier(tier)[0].name for tier in Tier} == {
        Tier.LITE: "Nano Banana 2 Lite",
        Tier.FLASH: "Nano Banana 2",
        Tier.PRO: "Nano Banana Pro",
        Tier.ORIGINAL: "Nano Banana",
    }
    assert [model.name for model in CATALOGUE.of_tier(Tier.FLASH)] == ["Nano Banana 2", "Nano Banana 2.1"]
    assert CATALOGUE.tiers == tuple(Tier)
    assert CATALOGUE.default is CATALOGUE.of_tier(Tier.FLASH)[0]


def test_a_retired_model_makes_room_for_the_next_and_is_still_known() -> None:
    first, second = CATALOGUE.of_tier(Tier.FLASH)
    left = CATALOGUE.without(frozenset({first.id}))
    assert left.of_tier(Tier.FLASH) == (second,)
    assert left.default is second
    assert left.model(first.id) is first
    assert left.of_tier(Tier.PRO) == CATALOGUE.of_tier(Tier.PRO)
    assert CATALOGUE.default is first


def test_a_wrong_memory_stops_no_tier() -> None:
    assert CATALOGUE.without({model.id for model in MODELS}).of_tier(Tier.FLASH) == CATALOGUE.of_tier(Tier.FLASH)
    first, second = CATALOGUE.of_tier(Tier.FLASH)
    assert CATALOGUE.without({first.id}).without({second.id, "never heard of"}).default is first
    assert CATALOGUE.without({first.id}).without(()).default is second


def test_a_model_that_paints_again_is_not_retired() -> None:
    first, second = CATALOGUE.of_tier(Tier.FLASH)
    both = CATALOGUE.without({first.id, second.id})
    assert both.back(second.id).default is second
    assert both.back(second.id).back(first.id).of_tier(Tier.FLASH) == (first, second)
    assert both.back("never heard of") == both


def test_some_can_be_left_out_without_a_word_on_the_others() -> None:
    first, second = CATALOGUE.of_tier(Tier.FLASH)
    assert CATALOGUE.without({first.id}).but({second.id}).of_tier(Tier.FLASH) == (first,)
    assert CATALOGUE.but({first.id, second.id}).of_tier(Tier.FLASH) == ()
    assert CATALOGUE.but({first.id}).but({second.id}).tiers == (Tier.LITE, Tier.PRO, Tier.ORIGINAL)


def test_an_unknown_model_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        CATALOGUE.model("gemini")


def test_one_catalogue_is_read_once() -> None:
    assert load() is CATALOGUE
