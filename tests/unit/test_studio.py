"""What the studio decides: the story a model is told, what a button repeats, what is offered, who is next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.options import Options, Size, Tier
from bot.domain.pictures import Blob, Part
from bot.domain.requests import Act
from bot.domain.turns import State, Trouble
from bot.studio import context
from bot.studio.line import Line
from bot.studio.offers import offers
from bot.studio.repeating import ENLARGE, VARY, repeat
from tests.unit.made import CATALOGUE, FLASH, LITE, PRO, click, painted, picture, references, turn

OLD = replace(FLASH, needs_signatures=False)
FOX = painted("fox", prompt="a red fox")
NIGHT = painted("night", prompt="make it night", parent="fox-0")
NEXT = turn("next", prompt="make it snow", parent="night-0")
CHAIN = (FOX, NIGHT)


def test_the_same_model_is_told_the_story_as_it_was() -> None:
    assert context.exact(NEXT, CHAIN, FLASH)
    assert context.chosen(FOX, NEXT, CHAIN).id == "fox-0"
    assert context.chosen(NIGHT, NEXT, CHAIN).id == "night-0"


def test_another_model_is_not() -> None:
    assert not context.exact(replace(NEXT, model=PRO.id), CHAIN, PRO)
    assert not context.exact(NEXT, (replace(FOX, model=PRO.id), NIGHT), FLASH)


def test_a_lost_signature_matters_only_to_models_that_want_them() -> None:
    bare = replace(FOX, pictures=(picture("fox", signature=None),))
    assert not context.exact(NEXT, (bare, NIGHT), FLASH)
    assert context.exact(NEXT, (bare, NIGHT), OLD)


def test_more_references_than_the_model_takes_are_told_in_short() -> None:
    laden = replace(FOX, references=references(FLASH.references))
    assert context.exact(NEXT, (laden, NIGHT), FLASH)
    assert not context.exact(replace(NEXT, references=references(1)), (laden, NIGHT), FLASH)


def test_a_draft_needs_no_signature_and_counts_for_nothing() -> None:
    draft = Part("", Blob("d", "image/jpeg", context.BUDGET), None, thought=True)
    shown = picture("fox")
    drafted = replace(FOX, pictures=(replace(shown, parts=(draft, *shown.parts)),))
    assert context.exact(NEXT, (drafted, NIGHT), FLASH)


def test_a_story_past_its_budget_is_told_in_short() -> None:
    heavy = Blob("h", "image/jpeg", context.BUDGET)
    parts = (Part("", heavy, b"signed"),)
    assert not context.exact(NEXT, (replace(FOX, pictures=(replace(picture("fox"), parts=parts),)), NIGHT), FLASH)
    many = [painted("t0")] + [painted(f"t{n}", parent=f"t{n - 1}-0") for n in range(1, context.MOST_TURNS + 1)]
    last = turn("last", parent=f"t{context.MOST_TURNS}-0")
    assert not context.exact(last, tuple(many), FLASH)
    assert context.exact(turn("last", parent=f"t{context.MOST_TURNS - 1}-0"), tuple(many[:-1]), FLASH)


def test_the_account_has_the_requests_in_order_and_stays_short() -> None:
    said = context.account(NEXT, CHAIN)
    assert said.index("1. a red fox") < said.index("2. make it night") < said.index("make it snow")
    long = context.account(NEXT, (replace(FOX, prompt="x" * 8000), NIGHT))
    assert "2. make it night" in long
    assert len(long) < 3000


def test_what_was_overheard_comes_before_the_words() -> None:
    said = context.words(turn(context="<@U2>: teal, please"))
    assert said.index("teal, please") < said.index("a red fox")
    assert context.words(turn()) == "a red fox"


@pytest.mark.parametrize(
    ("asked", "chain", "ratio"),
    [
        (NEXT, CHAIN, None),
        (replace(NEXT, references=references(1)), CHAIN, "1:1"),
        (replace(NEXT, options=Options(ratio="16:9")), CHAIN, "16:9"),
        (replace(NEXT, options=Options(ratio="auto"), references=references(1)), CHAIN, None),
        (turn(references=references(1)), (), None),
    ],
)
def test_the_ratio_is_the_one_typed_or_the_current_pictures(asked: object, chain: tuple, ratio: str | None) -> None:
    assert context.ratio(asked, chain, FLASH) == ratio


def test_pro_is_the_same_request_for_the_one_who_clicked() -> None:
    source = painted("s", prompt="a red fox", parent="fox-0", references=references(2), context="talk", post="1.2")
    again = repeat(CATALOGUE, source, click(Act.PRO, "s-0"), "new")
    assert (again.model, again.escalated, again.asker, again.id) == (PRO.id, Tier.PRO, "U2", "new")
    same = ("prompt", "words", "parent", "references", "context")
    assert [getattr(again, name) for name in same] == [getattr(source, name) for name in same]
    assert (again.state, again.pictures, again.post) == (State.ASKED, (), "")


def test_again_under_pros_picture_is_pro_again() -> None:
    source = painted("s", model=PRO.id, escalated=Tier.PRO)
    assert repeat(CATALOGUE, source, click(Act.AGAIN, "s-0"), "new").model == PRO.id


def test_again_after_a_failure_forgets_the_failure() -> None:
    source = turn(state=State.FAILED, trouble=Trouble("model_busy", {}), missing=4, options=Options(count=4))
    again = repeat(CATALOGUE, source, click(Act.AGAIN, "t1"), "new")
    assert (again.trouble, again.missing, again.state) == (None, 0, State.ASKED)


def test_variations_and_enlarging_start_from_the_picture_itself() -> None:
    source = painted("s", 4, references=references(2), context="talk")
    varied = repeat(CATALOGUE, source, click(Act.VARIATIONS, "s-2"), "new")
    assert (varied.prompt, varied.parent, varied.options.count) == (VARY, "s-2", 4)
    assert (varied.references, varied.context) == ((), "")
    large = repeat(CATALOGUE, source, click(Act.ENLARGE, "s-2"), "new")
    assert (large.prompt, large.parent, large.options.size, large.options.count) == (ENLARGE, "s-2", Size.FOUR, 1)


@pytest.mark.parametrize(
    ("changes", "acts"),
    [
        ({}, [Act.PRO, Act.AGAIN, Act.VARIATIONS, Act.ENLARGE]),
        ({"model": PRO.id, "options": Options(tier=Tier.PRO)}, [Act.AGAIN, Act.VARIATIONS, Act.ENLARGE]),
        ({"model": PRO.id, "escalated": Tier.PRO}, [Act.AGAIN, Act.VARIATIONS, Act.ENLARGE]),
        ({"options": Options(size=Size.FOUR)}, [Act.PRO, Act.AGAIN, Act.VARIATIONS]),
        ({"model": LITE.id, "options": Options(tier=Tier.LITE)}, [Act.PRO, Act.AGAIN, Act.VARIATIONS]),
    ],
)
def test_only_what_makes_sense_is_offered(changes: dict, acts: list[Act]) -> None:
    found = offers(CATALOGUE, replace(painted(), **changes), "t1-0")
    assert [offer.act for offer in found] == acts
    assert all(offer.price > 0 for offer in found)


def test_four_variations_cost_four_times_one() -> None:
    prices = {offer.act: offer.price for offer in offers(CATALOGUE, painted(), "t1-0")}
    assert prices[Act.VARIATIONS] > 3.9 * float(prices[Act.AGAIN])
    assert prices[Act.PRO] > prices[Act.AGAIN]


async def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 - each turn of the loop lets the others take a step
        await asyncio.sleep(0)


async def test_the_line_is_first_come_first_served_and_can_be_seen() -> None:
    line, order = Line(1), []
    leave = asyncio.Event()

    async def work(who: str) -> None:
        async with line.wait(who):
            order.append(who)
            await leave.wait()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work(who)) for who in ("a", "b", "c", "d")]
        await _until(lambda: line.ahead("d") == 3)
        assert [line.ahead(who) for who in "abcd"] == [0, 1, 2, 3]
        tasks[1].cancel()
        await _until(lambda: line.ahead("d") == 2)
        leave.set()
    assert order == ["a", "c", "d"]
    assert [line.ahead(who) for who in "abcd"] == [0, 0, 0, 0]


async def test_who_leaves_in_trouble_makes_room() -> None:
    line = Line(1)
    with pytest.raises(ZeroDivisionError):
        async with line.wait("a"):
            raise ZeroDivisionError
    async with asyncio.timeout(1), line.wait("b"):
        assert line.ahead("b") == 0
