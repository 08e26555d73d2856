"""What a model is given of the pictures of a turn: of a kind that it takes, and no larger than it takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from bot.catalogue import Catalogue, load
from bot.domain.options import Options, Size
from bot.domain.pictures import Blob, Part, Reference
from bot.domain.turns import Turn
from bot.errors import PersonCanFix
from bot.imaging.kinds import sniff
from bot.ports import Ask
from bot.studio.lineup import Lineup
from bot.studio.telling import Telling
from tests.unit.imaging_material import heic, quarters, saved
from tests.unit.made import FLASH, PRO, ROUTE, painted, picture, turn

NOISE = Image.effect_noise((400, 400), 90).convert("RGB")
KINDS = {kind: saved(quarters(), kind) for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")}
LABELS = ("image/jpeg", "image/jpg", "application/octet-stream", "image/gif", "image/png")


class Kept:
    """Stands in for the stored turns, their bytes, and the memory of models."""

    def __init__(self, chain: tuple[Turn, ...], data: bytes) -> None:
        self._chain = chain
        self._data = data

    async def chain(self, picture: str) -> tuple[Turn, ...]:
        return self._chain

    async def told(self, id: str, left_out: object) -> None: ...

    async def get(self, blob: Blob) -> bytes:
        return self._data


async def told(asked: Turn, data: bytes, mime: str, catalogue: Catalogue | None = None, **changes: Any) -> Ask:
    """The call for this turn, where every picture before it and every reference is these bytes, said to be this."""
    blob = Blob("k", mime, len(data))
    shown = replace(picture("fox"), parts=(Part("", blob, b"s"),), blob=blob)
    fox = replace(painted("fox"), pictures=(shown,), **changes)
    asked = replace(asked, references=tuple(Reference(each.name, blob) for each in asked.references))
    kept: Any = Kept((fox,), data)
    return (await Telling(Lineup(catalogue or load(), kept), ROUTE, kept, kept).tell(asked))[1]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("kind", KINDS)
async def test_another_model_is_told_what_a_picture_is_by_its_bytes(kind: str, label: str) -> None:
    ask = await told(turn("next", parent="fox-0", model=PRO.id), KINDS[kind], label)
    [given] = ask.pictures
    seen = sniff(given.data)
    assert seen
    assert given.mime == seen.mime
    assert given.mime in PRO.mimes
    assert (given.data == KINDS[kind]) is (f"image/{kind.lower()}" in PRO.mimes)


@pytest.mark.parametrize("label", LABELS)
async def test_the_same_model_gets_back_what_it_said_as_it_said_it(label: str) -> None:
    ask = await told(turn("next", parent="fox-0", model=FLASH.id), KINDS["PNG"], label)
    [said] = ask.history[0].answer
    assert said.given
    assert (said.given.data, said.given.mime) == (KINDS["PNG"], label)


@pytest.mark.parametrize(("data", "mime"), [(saved(NOISE, "PNG"), "image/png"), (heic(quarters()), "image/heic")])
async def test_every_picture_keeps_to_the_size_and_the_kinds_that_the_model_takes(data: bytes, mime: str) -> None:
    few = load(f'[models."{PRO.id}"]\npicture_bytes = 20_000\nmimes = ["image/png", "image/jpeg"]\n')
    asked = turn("next", parent="fox-0", model=PRO.id, references=(Reference("a.png", Blob("r", mime, 1)),))
    for given in (await told(asked, data, mime, few)).pictures:
        assert len(given.data) <= 20_000
        assert given.mime in ("image/png", "image/jpeg")
    assert len(data) > 20_000 or mime == "image/heic"


async def test_a_picture_that_nobody_can_read_is_as_good_as_gone() -> None:
    broken = saved(NOISE, "PNG")[:-60_000]
    small = load(f'[models."{PRO.id}"]\npicture_bytes = 20_000\n')
    with pytest.raises(PersonCanFix, match="picture_unknown"):
        await told(turn("next", parent="fox-0", model=PRO.id), broken, "image/png", small)


async def test_a_picture_goes_back_to_its_model_wherever_its_turn_has_moved() -> None:
    """To a model that the catalogue no longer knows, asked for what no model can do now."""
    far = replace(FLASH, timeouts={Size.ONE: 100})
    catalogue = replace(load(), models={**load().models, FLASH.id: far})
    asked = turn("next", parent="fox-0")
    moved = {"model": "one that nobody knows any more", "options": Options(size=Size.FOUR)}
    ask = await told(asked, KINDS["JPEG"], "image/jpeg", catalogue, **moved)
    assert [exchange.text for exchange in ask.history] == ["a red fox"]


@pytest.mark.parametrize(
    ("overlay", "asked", "named"),
    [
        ("", None, None),
        ("", Size.ONE, Size.ONE),
        ('usual = "4K"', None, Size.FOUR),
        ('usual = "4K"', Size.ONE, Size.ONE),
        ('usual = "4K"\nsends_size = false', None, None),
    ],
)
async def test_the_usual_size_is_named_where_the_model_would_paint_another(
    overlay: str, asked: Size | None, named: Size | None
) -> None:
    catalogue = load(f'[models."{FLASH.id}"]\n{overlay}')
    fox = turn("next", parent="fox-0", options=Options(size=asked))
    assert (await told(fox, KINDS["PNG"], "image/png", catalogue)).size is named
