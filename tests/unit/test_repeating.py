"""Whose words a button repeats, and what becomes of them when that person is forgotten; what it may promise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue import load
from bot.domain.options import Options, Size
from bot.domain.requests import Act
from bot.errors import PersonCanFix
from bot.studio import context
from bot.studio.offers import offers
from bot.studio.repeating import VARY, asked, repeat
from tests.unit.made import CATALOGUE, FLASH, ROUTE, click, painted, turn


def test_words_stay_those_of_whoever_wrote_them_however_often_they_are_repeated() -> None:
    again = repeat(CATALOGUE, painted("s", asker="U1"), click(Act.PRO, "s-0"), "new")
    assert (again.asker, again.author) == ("U2", "U1")
    once_more = repeat(
        CATALOGUE, replace(again, asker="U3", pictures=painted("new").pictures), click(Act.AGAIN, "new-0"), "newer"
    )
    assert once_more.author == "U1"


def test_words_that_are_forgotten_cannot_be_repeated_and_their_picture_can_be_varied() -> None:
    bare = painted("s", prompt="", words="")
    for act in (Act.AGAIN, Act.PRO):
        with pytest.raises(PersonCanFix, match="picture_unknown"):
            repeat(CATALOGUE, bare, click(act, "s-0"), "new")
    varied = repeat(CATALOGUE, bare, click(Act.VARIATIONS, "s-0"), "new")
    assert (varied.prompt, asked(varied)) == (VARY, VARY)
    assert {offer.act for offer in offers(CATALOGUE, bare, "s-0")} == {Act.VARIATIONS, Act.ENLARGE}


def test_a_story_with_words_that_are_forgotten_is_told_in_short() -> None:
    chain = (painted("t0"), painted("t1", parent="t0-0", prompt="", words=""), painted("t2", parent="t1-0"))
    asks = turn("t3", parent="t2-0")
    told = context.story(asks, chain, FLASH, ROUTE)
    assert (told.history, told.left_out and told.left_out.reason) == ((), "history_gone")
    assert "1. a red fox\n2. a red fox\n\n" in context.account(asks, chain)


@pytest.mark.parametrize("sizes", [["1K", "2K"], ["512", "1K"]])
def test_4k_is_offered_only_where_it_would_be_4k(sizes: list[str]) -> None:
    small = load(f'[models."{FLASH.id}"]\nsizes = {sizes}\n')
    for size in (None, Size(sizes[0])):
        found = offers(small, replace(painted(), options=Options(size=size)), "t1-0")
        assert Act.ENLARGE not in {offer.act for offer in found} >= {Act.AGAIN, Act.VARIATIONS}
