"""What goes along of a conversation that began anew: the picture and the account that its first turn was told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue import Model, tokens
from bot.domain.pictures import Blob, Part
from bot.domain.turns import Turn
from bot.studio import context
from bot.studio.context import Omission
from tests.unit.made import FLASH, PRO, ROUTE, painted, picture, turn

SAID = "Here it is."
SNOW = turn("snow", prompt="make it snow", parent="night-0")


def drawn(id: str, parent: str, length: int, model: Model) -> Turn:
    """A turn whose picture has so many bytes."""
    blob = Blob(id, "image/jpeg", length)
    shown = picture(id, model=model.id, parts=(Part(SAID, None, b"s"), Part("", blob, b"s")), blob=blob)
    return replace(painted(id, prompt=f"make it {id}", parent=parent, model=model.id), pictures=(shown,))


def anew(first: int = 1_000, second: int = 1_000) -> tuple[Turn, Turn]:
    """Two pictures of so many bytes: one of Pro's, and Flash's that was told in short of it."""
    fox, night = drawn("fox", "", first, PRO), drawn("night", "fox-0", second, FLASH)
    return fox, replace(night, left_out=context.short(night, (fox,), Omission.ELSEWHERE))


@pytest.mark.parametrize(("first", "goes_back"), [(4_000, True), (4_001, False)])
def test_the_picture_that_a_conversation_began_anew_from_weighs_too(first: int, goes_back: bool) -> None:
    narrow = replace(FLASH, history=replace(FLASH.history, bytes=10_000))
    told = context.story(SNOW, anew(first, 6_000), narrow, ROUTE)
    assert bool(told.history) is goes_back
    assert told.left_out is not None
    assert told.left_out.reason == (Omission.ELSEWHERE if goes_back else Omission.BYTES)


def test_a_picture_larger_than_the_model_takes_weighs_as_it_is_given() -> None:
    told = context.story(SNOW, anew(10 * FLASH.history.bytes), FLASH, ROUTE)
    assert told.history == anew(10 * FLASH.history.bytes)[1:]


def test_the_picture_and_the_account_are_in_the_tokens_that_go_along() -> None:
    fox, night = anew()
    told = tokens(context.account(night, (fox,))) + tokens(SAID)
    assert context.burden(SNOW, (fox, night), FLASH) == told + FLASH.reference_tokens
    few = replace(FLASH, history=replace(FLASH.history, tokens=len(context.account(night, (fox,))) + 2 * 1290))
    assert context.story(SNOW, (fox, night), few, ROUTE).history == ()
