"""What an operator lays over the catalogue, and what is said to them when it cannot be one."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Model, choose, cost, load
from bot.domain.options import Options, Size, Tier
from bot.domain.spend import Usage
from bot.errors import OperatorMustFix, PersonCanFix
from handlers import wording
from tests.unit.made import CATALOGUE, FLASH, LITE, PRO

ROOT = Path(__file__).parents[2]
SUCCESSOR = '[models."gemini-nano-banana-2.1"]\norder = 0'
PRO_TABLE, FLASH_TABLE = '[models."gemini-3-pro-image"]\n', '[models."gemini-3.1-flash-image"]\n'
NEW = '[models."new-1.0"]\nlike = "gemini-3.1-flash-image"\n'


def told(overlay: str) -> str:
    with pytest.raises(OperatorMustFix) as fault:
        load(overlay)
    assert fault.value.reason == "catalogue_wrong"
    detail = fault.value.facts["detail"]
    assert "\n" not in detail
    assert not detail.endswith(".")
    return detail


def test_the_successor_can_be_put_first() -> None:
    catalogue = load(SUCCESSOR)
    assert catalogue.default.name == "Nano Banana 2.1"
    assert [model.order for model in catalogue.of_tier(Tier.FLASH)] == [0, 1]
    assert choose(catalogue, Options(size=Size.HALF)) == FLASH
    assert load().default.name == "Nano Banana 2"


def test_a_price_can_be_changed_alone() -> None:
    changed = load('[models."gemini-3-pro-image".prices]\nimage_out = 60').of_tier(Tier.PRO)[0]
    assert changed.prices.text_in == Decimal(2)
    assert cost(changed, Usage(pictures=1), Size.FOUR) == Decimal("0.12")


def test_searches_can_be_free() -> None:
    free = load('[models."gemini-3-pro-image".prices]\nsearch = 0').of_tier(Tier.PRO)[0]
    assert cost(free, Usage(queries=9)) == 0


def test_the_default_tier_can_be_changed() -> None:
    assert choose(load('default = "lite"'), Options()).tier is Tier.LITE


def test_nothing_laid_over_changes_nothing() -> None:
    for overlay in ("# nothing\n", "\ufeff# saved by a word processor\r\n", "[models]\n", PRO_TABLE + "off = false"):
        assert load(overlay) == CATALOGUE


def test_a_model_like_another_differs_only_in_what_is_named() -> None:
    new = load(NEW + 'name = "New"\nprices.text_in = 9').model("new-1.0")
    assert (new.id, new.name, new.tier, new.prices.text_in) == ("new-1.0", "New", Tier.FLASH, Decimal(9))
    same = [each for each in Model.__slots__ if each not in ("id", "name", "order", "prices")]
    assert [getattr(new, each) for each in same] == [getattr(FLASH, each) for each in same]
    assert new.prices.image_out == FLASH.prices.image_out


def test_a_model_that_does_not_say_its_place_comes_last_in_its_tier() -> None:
    assert load(NEW).of_tier(Tier.FLASH)[-1].id == "new-1.0"
    assert load(NEW + 'tier = "pro"').of_tier(Tier.PRO)[-1].id == "new-1.0"
    assert load(NEW + "order = 0").default.id == "new-1.0"


def test_a_model_like_another_is_like_what_that_one_is_made_to_be() -> None:
    twice = (
        '[models.third]\nlike = "new-1.0"\nsource = "mine"\n' + NEW + 'name = "New"\n' + FLASH_TABLE + "seconds.1K = 9"
    )
    third = load(twice).model("third")
    assert (third.name, third.source, third.seconds[Size.ONE]) == ("New", "mine", 9)


def test_an_id_can_be_replaced() -> None:
    catalogue = load(NEW + "order = 1\n" + FLASH_TABLE + "off = true")
    assert [model.id for model in catalogue.of_tier(Tier.FLASH)] == ["new-1.0", "gemini-nano-banana-2.1"]
    assert catalogue.model(FLASH.id) == FLASH  # its pictures are still there
    assert catalogue.off == {FLASH.id}


def test_a_model_like_one_that_is_off_is_not_off() -> None:
    both = NEW + FLASH_TABLE + 'off = true\n[models."gemini-nano-banana-2.1"]\noff = true'
    assert load(both).default.id == "new-1.0"


def test_a_model_that_is_off_stays_so_when_all_others_are_retired() -> None:
    catalogue = load('[models."gemini-nano-banana-2.1"]\noff = true').without({FLASH.id})
    assert catalogue.of_tier(Tier.FLASH) == (FLASH,)


def test_a_tier_can_be_left_without_a_model_and_is_then_not_offered() -> None:
    catalogue = load(PRO_TABLE + "off = true")
    assert catalogue.of_tier(Tier.PRO) == ()
    assert catalogue.tiers == (Tier.LITE, Tier.FLASH, Tier.ORIGINAL)
    for options, escalated in ((Options(tier=Tier.PRO), None), (Options(), Tier.PRO)):
        with pytest.raises(PersonCanFix) as fault:
            choose(catalogue, options, escalated)
        assert fault.value.reason == "tier_not_offered"
        told = {"tier": "pro", "instead": "lite, flash, original"}
        assert fault.value.facts == told | {"able": "Nano Banana 2 Lite, Nano Banana 2, Nano Banana"}
    with pytest.raises(PersonCanFix) as fault:
        choose(catalogue, Options(size=Size.FOUR, tier=Tier.LITE))
    assert fault.value.facts["instead"] == "flash"
    assert "`pro`" not in wording.usage(catalogue, "/imagine").replace("`--think", "")


def test_a_model_can_move_to_another_tier() -> None:
    catalogue = load(PRO_TABLE + 'tier = "flash"\norder = 0')
    assert catalogue.default.name == PRO.name
    assert catalogue.of_tier(Tier.PRO) == ()


def test_words_of_a_list_come_in_their_order_however_they_are_written() -> None:
    catalogue = load(FLASH_TABLE + 'sizes = ["4K", "1K", "1K"]\nthinking = ["high", "minimal"]')
    assert catalogue.default.sizes == (Size.ONE, Size.FOUR)
    assert catalogue.default.thinking == ("minimal", "high")


@pytest.mark.parametrize(
    ("overlay", "line"),
    [
        ("nonsense", "this is no TOML"),
        ("x = 1e99999999999999999999", "TOML"),
        ('default = "best"', "default is \"best\", but must be one of lite, flash, pro, original"),
        ("default = {}", "default is a table, but"),
        ("models = 3", "models is 3, but must be a table"),
        ("pixels = 3", "pixels is 3, but must be a table"),
        ("more = 1", "there is no key more at the top; the keys are default, models, pixels"),
        ("modles = {}", "there is no key modles at the top (did you mean models?)"),
        ('["gemini-3-pro-image"]\norder = 0', 'A model stands under [models."gemini-3-pro-image"]'),
        ("[models.gemini-3.1-flash-image]\norder = 1", 'gemini-3: there is no such model. An id with a dot'),
        ('[models]\nname = "x"', 'models.name is "x", but a model is a table'),
        ('[models."gemini-3-pro-imgae"]\norder = 1', "gemini-3-pro-imgae: there is no such model (did you mean"),
        ('[models."new"]\nname = "New"', 'new: there is no such model. A new one says all its keys, or'),
        ('[models."new"]\nlike = "gemini-3-pro-imag"', "but there is no such model (did you mean gemini-3-pro-image?)"),
        ('[models."new"]\nlike = 1', "new: like is 1, but there is no such model"),
        ('[models.a]\nlike = "b"\n[models.b]\nlike = "a"', "like goes round in a circle"),
        ('[models.a]\nlike = "a"', "a: like goes round in a circle"),
        (PRO_TABLE + "price = 1", "gemini-3-pro-image: there is no key price (did you mean prices?)"),
        (PRO_TABLE + "colour = 1", "gemini-3-pro-image: there is no key colour; the keys are name, tier,"),
        (PRO_TABLE + "name = 1", "gemini-3-pro-image: name is 1, but must be a line of text"),
        (PRO_TABLE + 'name = ""', "gemini-3-pro-image: name is empty"),
        (PRO_TABLE + 'name = "a\\nb"', "gemini-3-pro-image: name is \"a b\", but must be a line of text"),
        (PRO_TABLE + 'tier = "best"', 'gemini-3-pro-image: tier is "best", but must be one of lite, flash'),
        (PRO_TABLE + 'tier = "flash"', "order 1 in tier flash is taken by gemini-3.1-flash-image"),
        (PRO_TABLE + "off = 1", "gemini-3-pro-image: off is 1, but must be true or false"),
        (SUCCESSOR.replace("0", "1"), "gemini-nano-banana-2.1: order 1 in tier flash is taken by gemini-3.1"),
        (f'{FLASH_TABLE}off = true\n[models."gemini-nano-banana-2.1"]\noff = true',
         "the default tier, flash, has no model left"),
        ('default = "pro"\n' + PRO_TABLE + "off = true", "the default tier, pro, has no model left"),
        (PRO_TABLE + 'sizes = ["8K"]', 'gemini-3-pro-image: sizes is "8K", but must be one of 512, 1K, 2K, 4K'),
        (PRO_TABLE + "sizes = []", "gemini-3-pro-image: usual is 1K, which is none of its sizes"),
        (PRO_TABLE + 'sizes = ["512", "1K"]', "gemini-3-pro-image: output_tokens lacks 512"),
        (PRO_TABLE + "seconds = 3", "gemini-3-pro-image: seconds is 3, but must be a table"),
        (PRO_TABLE + "seconds.8K = 3", "gemini-3-pro-image: seconds: there is no key 8K"),
        ('[models."gemini-2.5-flash-image"]\nsizes = ["2K"]', "usual is 1K"),
        ('[models."gemini-2.5-flash-image"]\nsizes = ["1K", "2K"]\n'
         "output_tokens.2K = 1\nseconds.2K = 1\ntimeouts.2K = 1",
         'gemini-2.5-flash-image: no pixels for "1:1" at 2K'),
        (PRO_TABLE + 'ratios = ["9:21"]', '9:21'),
        (PRO_TABLE + 'ratios = "1:1"', 'ratios is "1:1", but must be a list'),
        (PRO_TABLE + "ratios = []", "gemini-3-pro-image: ratios is empty"),
        (PRO_TABLE + 'pixels = "gemini-9"', 'pixels is "gemini-9", but must be one of gemini-3, gemini-2-5'),
        (PRO_TABLE + "references = -1", "references is -1"),
        (PRO_TABLE + "references = 0", "references is 0, but must be 1 or more"),
        (PRO_TABLE + "references = true", "references is true, but must be a whole number"),
        (PRO_TABLE + "references = 1.5", "references is 1.5, but must be a whole number"),
        (PRO_TABLE + "references = 99", "input_tokens is 65536, but its references alone take more"),
        (PRO_TABLE + "references = 40", "history.tokens is 23000, but must be at most"),
        (PRO_TABLE + 'sends_size = "yes"', 'sends_size is "yes", but must be true or false'),
        (PRO_TABLE + 'checked = "today"', 'checked is "today", but must be a day'),
        (PRO_TABLE + "checked = 2026-10-07T00:00:00", "but must be a day"),
        (PRO_TABLE + 'thinking = ["high"]', "thinking is high alone, but must be two levels or more, or none"),
        (PRO_TABLE + 'thinking = ["hihg"]', 'thinking is "hihg", but must be one of minimal, low, medium, high'),
        (PRO_TABLE + 'search = ["video"]', 'search is "video", but must be one of web, image'),
        (PRO_TABLE + 'mimes = ["png"]', "mimes must be a list of kinds such as image/png"),
        (PRO_TABLE + 'mimes = ["image/png"]', "mimes lacks image/jpeg, which pictures are made into"),
        ('[pixels.gemini-3]\n"1:1" = { 1K = [' + "9" * 400 + ", 1] }", "is 999"),
        ('[pixels.gemini-3]\n"1:1" = { 1K = [0x' + "f" * 9000 + ", 1] }", "is a number of very many digits, but"),
        (PRO_TABLE + "input_tokens = 1_000_000_001", "is 1000000001, but must be 1000000000 or less"),
        (PRO_TABLE + "picture_bytes = 0", "picture_bytes is 0, but must be 1 or more"),
        (PRO_TABLE + "output_limit = 100", "output_limit is 100, but one picture takes more"),
        (PRO_TABLE + "history.turns = -1", "history.turns is -1"),
        (PRO_TABLE + "history.pictures = 1", "history: there is no key pictures"),
        (PRO_TABLE + "timeouts.4K = 299", "timeouts.4K is 299, but must be 300 or more"),
        (PRO_TABLE + "timeouts.1K = 0", "timeouts.1K is 0, but must be 1 or more"),
        (PRO_TABLE + "prices.text_in = -1", "prices.text_in is -1, but a price is from 0 to 1000000"),
        (PRO_TABLE + "prices.text_in = 1e999", "but a price is from 0 to 1000000"),
        (PRO_TABLE + "timeouts.2K = 3601", "gemini-3-pro-image: timeouts are at most 3600 seconds"),
        ('[models.""]\nlike = "gemini-3-pro-image"', 'models: "" is no id'),
        ('[models."our model"]\nlike = "gemini-3-pro-image"', 'models: "our model" is no id'),
        (PRO_TABLE + "prices.text_in = nan", "prices.text_in is NaN, but a price"),
        (PRO_TABLE + "prices.text_in = inf", "prices.text_in is Infinity, but a price"),
        (PRO_TABLE + 'prices.text_in = "0.50"', 'text_in is "0.50", but must be a number such as 0.50, without quotes'),
        (PRO_TABLE + "prices.text_in = true", "prices.text_in is true, but must be a number"),
        (PRO_TABLE + "prices.image_in = 1", "prices: there is no key image_in (did you mean image_out?)"),
        (PRO_TABLE + "prices = 1", "prices is 1, but must be a table"),
        ('[pixels.gemini-3]\n"1:1" = { 1K = [1024] }', 'pixels.gemini-3."1:1".1K is [1024], but must be a width and'),
        ('[pixels.gemini-3]\n"1:1" = { 1K = [1024, 0] }', "is 0, but must be 1 or more"),
        ('[pixels.gemini-3]\n"9:21" = { 1K = [1024, 9] }', "pixels.gemini-3: there is no key 9:21"),
        ("[pixels]\ngemini-3 = 3", "pixels.gemini-3 is 3, but must be a table"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_catalogue_is_said_in_one_line_that_names_the_place(overlay: str, line: str) -> None:
    assert line in told(overlay)


def test_a_model_written_out_lacks_nothing_but_what_it_lacks() -> None:
    assert "there is no such model" in told('[models."new"]\nname = "New"\ntier = "flash"')


VALUES = st.sampled_from(
    ["0", "-1", "1", '""', '"x"', "true", "[]", "[1]", '["1K"]', "{}", "{ 1K = 1 }", "nan", "2026-10-07"]
)


@given(st.sampled_from([*Model.__slots__, "like", "off", "prices.search", "history.turns", "timeouts.4K", "q"]), VALUES)
def test_whatever_is_written_it_is_a_catalogue_or_said_what_is_wrong(key: str, value: str) -> None:
    try:
        catalogue = load(f"{PRO_TABLE}{key} = {value}")
    except OperatorMustFix as fault:
        complaint = fault.facts["detail"]
    else:
        complaint = "gemini-3-pro-image: "
        assert catalogue.default
        assert catalogue.model(LITE.id) == LITE
    assert complaint.startswith("gemini-3-pro-image: ")


EXAMPLES = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/models.md").read_text("utf-8"), re.DOTALL)


def test_the_first_example_of_the_docs_does_what_they_say() -> None:
    catalogue = load(EXAMPLES[0])
    assert catalogue.default_tier is Tier.LITE
    assert [model.name for model in catalogue.of_tier(Tier.LITE)] == ["Nano Banana 2 Lite", "Our Banana"]
    assert catalogue.of_tier(Tier.LITE)[1].prices.image_out == 24
    assert [model.name for model in catalogue.of_tier(Tier.FLASH)] == ["Nano Banana 2.1", "Nano Banana 2"]
    assert (catalogue.model(PRO.id).prices.image_out, catalogue.model(PRO.id).prices.search) == (96, 0)
    assert catalogue.of_tier(Tier.ORIGINAL) == ()


def test_the_second_example_of_the_docs_does_what_they_say() -> None:
    catalogue = load(EXAMPLES[1])
    assert [model.id for model in catalogue.of_tier(Tier.FLASH)] == [
        "gemini-3.1-flash-image-001",
        "gemini-nano-banana-2.1",
    ]


def test_the_docs_name_the_models_that_come_along() -> None:
    text = (ROOT / "docs/models.md").read_text("utf-8")
    for tier in Tier:
        row = next(line for line in text.splitlines() if line.startswith(f"| {tier}"))
        assert re.findall(r"`([^`]+)`", row) == [model.id for model in CATALOGUE.of_tier(tier)]


def test_the_complaint_in_the_docs_is_what_is_said() -> None:
    said = wording.for_operator("catalogue_wrong", {"detail": told(PRO_TABLE + "price = 1")})
    assert said in (ROOT / "docs/models.md").read_text("utf-8")
