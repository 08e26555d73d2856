"""What an operator lays over the catalogue."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.catalogue import choose, estimate, load
from bot.domain.options import Options, Size, Tier
from bot.errors import OperatorMustFix, PersonCanFix

SUCCESSOR = '[models."gemini-nano-banana-2.1"]\norder = 0'


def test_the_successor_can_be_put_first() -> None:
    catalogue = load(SUCCESSOR)
    assert catalogue.default.name == "Nano Banana 2.1"
    assert [model.order for model in catalogue.of_tier(Tier.FLASH)] == [0, 1, 3]
    with pytest.raises(PersonCanFix) as fault:
        choose(catalogue, Options(size=Size.HALF))
    assert fault.value.facts["instead"] == ""
    assert load().default.name == "Nano Banana 2"


def test_a_price_can_be_changed_alone() -> None:
    changed = load('[models."gemini-3-pro-image".prices]\nimage_out = 60').of_tier(Tier.PRO)[0]
    assert changed.prices.text_in == Decimal(2)
    assert estimate(changed, Size.FOUR, 1, 0) == Decimal("0.12")


def test_the_default_tier_can_be_changed() -> None:
    assert choose(load('default = "lite"'), Options()).tier is Tier.LITE


@pytest.mark.parametrize(
    ("overlay", "told"),
    [
        ("nonsense", "TOMLDecodeError"),
        ('default = "best"', "best"),
        ("default = {}", "{}"),
        ("models = 3", "int"),
        ("more = 1", "more"),
        ('[models."new"]\nname = "New"', "new"),
        ('[models."gemini-3-pro-image"]\nprice = 1', "price"),
        ('[models."gemini-3-pro-image"]\nname = 1', "no text"),
        ('[models."gemini-3-pro-image"]\ntier = "flash"', "no model of tier pro"),
        ('[models."gemini-3-pro-image"]\nsizes = ["8K"]', "8K"),
        ('[models."gemini-3-pro-image"]\nsizes = []', "usual"),
        ('[models."gemini-3-pro-image"]\nsizes = ["512", "1K"]', "output_tokens"),
        ('[models."gemini-2.5-flash-image"]\nsizes = ["2K"]', "no pixels"),
        ('[models."gemini-3-pro-image"]\nratios = ["9:21"]', "9:21"),
        ('[models."gemini-3-pro-image"]\nratios = "1:1"', "no list"),
        ('[models."gemini-3-pro-image"]\nratios = []', "no ratios"),
        ('[models."gemini-3-pro-image"]\npixels = "gemini-9"', "gemini-9"),
        ('[models."gemini-3-pro-image"]\nreferences = -1', "-1"),
        ('[models."gemini-3-pro-image"]\nreferences = true', "True"),
        ('[models."gemini-3-pro-image"]\nsends_size = "yes"', "yes"),
        ('[models."gemini-3-pro-image"]\nchecked = "today"', "today"),
        ('[models."gemini-3-pro-image".prices]\ntext_in = -1', "-1"),
        ('[models."gemini-3-pro-image".prices]\ntext_in = nan', "NaN"),
        ('[models."gemini-3-pro-image".prices]\ntext_in = "free"', "InvalidOperation"),
        ('[models."gemini-3-pro-image".prices]\nimage_in = 1', "image_in"),
        ('[pixels.gemini-3]\n"1:1" = { 1K = [1024] }', "ValueError"),
    ],
)
def test_what_cannot_be_a_catalogue_is_the_operators_to_mend(overlay: str, told: str) -> None:
    with pytest.raises(OperatorMustFix) as fault:
        load(overlay)
    assert fault.value.reason == "catalogue_wrong"
    assert told in fault.value.facts["detail"]
