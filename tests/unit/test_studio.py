"""What the studio decides: the story a model is told, what a button repeats, what is offered, who is next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.catalogue import Model, estimate, tokens
from bot.domain.limits import Limits
from bot.domain.options import Options, Size, Think, Tier
from bot.domain.pictures import Blob, Part
from bot.domain.requests import CLICKS, Act
from bot.domain.turns import State, Trouble, Turn
from bot.ports import Progress
from bot.studio import context
from bot.studio.context import Omission
from bot.studio.line import Line
from bot.studio.offers import offers
from bot.studio.opening import inherited
from bot.studio.places import LocalPlaces
from bot.studio.repeating import ENLARGE, VARY, repeat
from handlers.wording import sentence
from tests.unit.made import CATALOGUE, FLASH, LITE, PRO, ROUTE, click, painted, picture, references, turn

OLD = replace(FLASH, needs_signatures=False)
FOX = painted("fox", prompt="a red fox")
NIGHT = painted("night", prompt="make it night", parent="fox-0")
NEXT = turn("next", prompt="make it snow", parent="night-0")
CHAIN = (FOX, NIGHT)


def why(asked: Turn, chain: tuple[Turn, ...] = CHAIN, model: Model = FLASH, route: str = ROUTE) -> str:
    """Why the story cannot go back as it was; "" when it can."""
    left_out = context.story(asked, chain, model, route).left_out
    return left_out.reason if left_out else ""


def test_the_same_model_is_told_the_story_as_it_was() -> None:
    assert why(NEXT) == ""
    assert context.chosen(FOX, NEXT, CHAIN).id == "fox-0"
    assert context.chosen(NIGHT, NEXT, CHAIN).id == "night-0"


def test_another_model_or_another_way_to_it_is_not() -> None:
    assert why(replace(NEXT, model=PRO.id), model=PRO) == Omission.ELSEWHERE
    assert why(NEXT, (painted("fox", model=PRO.id), NIGHT)) == Omission.ELSEWHERE
    assert why(NEXT, route="vertex") == Omission.ELSEWHERE


def test_who_painted_counts_and_not_who_was_asked() -> None:
    """A model that was retired in the middle of a turn: the turn has moved, an earlier picture of it has not."""
    moved = replace(FOX, pictures=(picture("fox", model="model-gone"),))
    assert why(NEXT, (moved, NIGHT)) == Omission.ELSEWHERE


def test_a_lost_signature_matters_only_to_models_that_want_them() -> None:
    bare = replace(FOX, pictures=(picture("fox", signature=None),))
    assert why(NEXT, (bare, NIGHT)) == Omission.UNSIGNED
    assert why(NEXT, (bare, NIGHT), OLD) == ""


def test_more_references_than_the_model_takes_are_told_in_short() -> None:
    laden = replace(FOX, references=references(FLASH.references))
    assert why(NEXT, (laden, NIGHT)) == ""
    assert why(replace(NEXT, references=references(1)), (laden, NIGHT)) == Omission.REFERENCES


def test_references_that_the_model_was_never_given_are_no_reason_to_tell_it_in_short() -> None:
    small = replace(FLASH, references=3, history=replace(FLASH.history, bytes=3_000 + 2_000, tokens=5 * 1290 + 1_000))
    laden = replace(FOX, references=references(6))
    assert why(NEXT, (laden, NIGHT), small) == ""


def test_a_thought_needs_no_signature_and_counts_for_nothing() -> None:
    thought = Part("", Blob("d", "image/jpeg", FLASH.history.bytes), None, thought=True)
    shown = picture("fox")
    assert why(NEXT, (replace(FOX, pictures=(replace(shown, parts=(thought, *shown.parts)),)), NIGHT)) == ""


def test_a_story_past_its_budget_of_bytes_is_told_in_short() -> None:
    heavy = Blob("h", "image/jpeg", FLASH.history.bytes)
    parts = (Part("", heavy, b"signed"),)
    assert why(NEXT, (replace(FOX, pictures=(replace(picture("fox"), parts=parts),)), NIGHT)) == Omission.BYTES


def test_one_picture_larger_than_the_model_takes_is_not_sent_back_as_it_was() -> None:
    large = Blob("h", "image/jpeg", FLASH.picture_bytes + 1)
    parts = (Part("", large, b"signed"),)
    assert why(NEXT, (replace(FOX, pictures=(replace(picture("fox"), parts=parts),)), NIGHT)) == Omission.LARGE


def test_a_story_past_its_budget_of_turns_is_told_in_short() -> None:
    most = FLASH.history.turns
    many = [painted("t0")] + [painted(f"t{n}", parent=f"t{n - 1}-0") for n in range(1, most + 1)]
    assert why(turn("last", parent=f"t{most}-0"), tuple(many)) == Omission.TURNS
    assert why(turn("last", parent=f"t{most - 1}-0"), tuple(many[:-1])) == ""


def test_a_story_past_its_budget_of_tokens_is_told_in_short() -> None:
    wordy = replace(FOX, prompt="x" * FLASH.history.tokens)
    assert why(NEXT, (wordy, NIGHT)) == Omission.TOKENS


def test_what_a_model_would_not_take_back_it_is_not_given_again() -> None:
    refused = replace(NEXT, left_out=context.short(NEXT, CHAIN, Omission.REFUSED))
    assert why(refused) == Omission.REFUSED
    assert context.story(refused, CHAIN, FLASH, ROUTE).history == ()


def test_a_conversation_goes_on_from_where_it_was_told_in_short() -> None:
    moved = painted("moved", prompt="snow", parent="night-0", model=PRO.id)
    moved = replace(moved, left_out=context.short(moved, CHAIN, Omission.ELSEWHERE))
    hat, tie = turn("hat", parent="moved-0", model=PRO.id), turn("tie", parent="hat-0", model=PRO.id)
    told = context.story(hat, (*CHAIN, moved), PRO, ROUTE)
    assert told.history == (moved,)
    assert told.left_out == Trouble(Omission.ELSEWHERE, {"turns": "2", "since": "moved"})
    hat = replace(hat, left_out=told.left_out, pictures=(picture("hat", model=PRO.id),))
    assert context.story(tie, (*CHAIN, moved, hat), PRO, ROUTE).history == (moved, hat)
    back = replace(tie, model=FLASH.id)
    assert context.story(back, (*CHAIN, moved, hat), FLASH, ROUTE).left_out == Trouble(
        Omission.ELSEWHERE, {"turns": "4", "since": "tie"}
    )


def test_a_long_conversation_begins_anew_and_stays_bounded() -> None:
    chain: tuple[Turn, ...] = (painted("t0"),)
    lengths = []
    for number in range(1, 30):
        asked = turn(f"t{number}", parent=f"t{number - 1}-0")
        told = context.story(asked, chain, FLASH, ROUTE)
        lengths.append(len(told.history))
        chain = (*chain, replace(asked, left_out=told.left_out, pictures=(picture(f"t{number}"),)))
    assert max(lengths) == FLASH.history.turns
    assert lengths.count(0) == 3


def test_a_story_whose_beginning_was_forgotten_is_told_in_short_once() -> None:
    assert why(NEXT, (NIGHT,)) == Omission.GONE
    told = context.story(NEXT, (NIGHT,), FLASH, ROUTE).left_out
    snow = painted("next", parent="night-0", left_out=told)
    rain = turn("rain", parent="next-0")
    story = context.story(rain, (NIGHT, snow), FLASH, ROUTE)
    assert story.history == (snow,)
    assert why(rain, (snow,)) == Omission.GONE  # now what it was told in short from is forgotten as well
    assert (
        why(replace(rain, parent="wind-0"), (painted("wind", parent="next-0", left_out=story.left_out),))
        == "history_gone"
    )


def test_references_a_smaller_model_does_not_take_are_named() -> None:
    small = replace(FLASH, references=3)
    laden = replace(NEXT, references=references(3))
    assert len(context.taken(laden, small)) == 2
    [note] = context.surplus(laden, small)
    assert sentence(note.reason, note.facts) == (
        "I left out *2.png*: the model takes at most 2 beside the picture that it goes on from."
    )
    [note] = context.surplus(turn(references=references(2)), replace(FLASH, references=1))
    assert sentence(note.reason, note.facts) == "I left out *1.png*: the model takes at most 1 for reference."


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


def test_under_a_turn_that_fell_short_what_did_not_come_is_asked_again() -> None:
    short = replace(painted("s", 2), missing=2, trouble=Trouble("model_busy"), options=Options(count=4), post="1.2")
    assert repeat(CATALOGUE, short, click(Act.AGAIN, "s"), "new").options.count == 2
    assert repeat(CATALOGUE, short, click(Act.PRO, "s"), "new").options.count == 2
    assert repeat(CATALOGUE, short, click(Act.AGAIN, "s-0"), "new").options.count == 1
    assert repeat(CATALOGUE, painted("s", 4), click(Act.AGAIN, "s"), "new").options.count == 1


def test_variations_and_enlarging_start_from_the_picture_itself() -> None:
    source = painted("s", 4, references=references(2), context="talk")
    varied = repeat(CATALOGUE, source, click(Act.VARIATIONS, "s-2"), "new")
    assert (varied.prompt, varied.parent, varied.options.count) == (VARY, "s-2", 4)
    assert (varied.references, varied.context) == ((), "")
    large = repeat(CATALOGUE, source, click(Act.ENLARGE, "s-2"), "new")
    assert (large.prompt, large.parent, large.options.size, large.options.count) == (ENLARGE, "s-2", Size.FOUR, 1)


def test_lite_and_flash_are_the_same_request_on_their_tier() -> None:
    failed = turn(state=State.FAILED, trouble=Trouble("model_busy"), options=Options(think=Think.HIGH))
    on_lite = repeat(CATALOGUE, failed, click(Act.LITE, "t1"), "new")
    assert (on_lite.model, on_lite.escalated, on_lite.options.think) == (LITE.id, Tier.LITE, Think.HIGH)
    assert repeat(CATALOGUE, on_lite, click(Act.FLASH, "t1"), "new").model == FLASH.id


def test_pro_thinks_as_it_does_whatever_was_typed() -> None:
    source = replace(painted("s"), options=Options(think=Think.LOW, ground=True))
    again = repeat(CATALOGUE, source, click(Act.PRO, "s-0"), "new")
    assert (again.options.think, again.options.ground) == (None, True)


@pytest.mark.parametrize("act", sorted(CLICKS - {Act.PICK}))
def test_no_click_can_wait(act: Act) -> None:
    source = replace(painted("s"), options=Options(later=True))
    assert not repeat(CATALOGUE, source, click(act, "s-0"), "new").options.later
    failed = turn("s", state=State.FAILED, trouble=Trouble("model_busy"), options=Options(count=4, later=True))
    assert repeat(CATALOGUE, failed, click(Act.AGAIN, "s"), "new").options == Options(count=4)


@pytest.mark.parametrize(
    ("reason", "changes", "acts"),
    [
        ("model_overloaded", {}, [Act.AGAIN, Act.LITE, Act.PRO]),
        ("quota_spent", {"model": PRO.id, "escalated": Tier.PRO}, [Act.AGAIN, Act.LITE, Act.FLASH]),
        ("model_timeout", {"options": Options(size=Size.FOUR)}, [Act.AGAIN, Act.PRO]),
        ("picture_filtered", {}, [Act.AGAIN]),
        ("picture_forbidden", {}, [Act.AGAIN]),
        ("key_refused", {}, [Act.AGAIN]),
    ],
)
def test_after_a_failure_other_models_are_offered_where_they_may_help(
    reason: str, changes: dict, acts: list[Act]
) -> None:
    failed = replace(turn(state=State.FAILED, trouble=Trouble(reason)), **changes)
    assert [offer.act for offer in offers(CATALOGUE, failed, "t1")] == acts


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


def test_references_that_a_model_does_not_take_are_not_in_its_price() -> None:
    few, many = (replace(painted(), references=references(count)) for count in (14, 20))
    assert offers(CATALOGUE, few, "t1-0") == offers(CATALOGUE, many, "t1-0")


def test_four_variations_cost_four_times_one() -> None:
    prices = {offer.act: offer.price for offer in offers(CATALOGUE, painted(), "t1-0")}
    assert prices[Act.VARIATIONS] > 3.9 * float(prices[Act.AGAIN])
    assert prices[Act.PRO] > prices[Act.AGAIN]


def test_what_is_looked_up_is_in_the_price_before_anyone_clicks() -> None:
    plain = {offer.act: offer.price for offer in offers(CATALOGUE, painted(), "t1-0")}
    grounded = {
        offer.act: offer.price for offer in offers(CATALOGUE, replace(painted(), options=Options(ground=True)), "t1-0")
    }
    assert grounded[Act.PRO] - plain[Act.PRO] == PRO.prices.search / 1000
    assert grounded[Act.AGAIN] - plain[Act.AGAIN] == len(FLASH.search) * FLASH.prices.search / 1000
    assert grounded[Act.VARIATIONS] == plain[Act.VARIATIONS]  # they look nothing up


def _long(count: int, model: Model = PRO) -> tuple[Turn, ...]:
    """So many turns, each with a thousand words' letters, each going on from the one before."""
    kept = [painted(f"t{n}", model=model.id, prompt="w" * 1_000) for n in range(count)]
    return tuple(replace(each, parent=f"t{n - 1}-0" if n else "") for n, each in enumerate(kept))


def test_what_goes_along_of_a_conversation_is_in_the_price_before_anyone_clicks() -> None:
    *before, last = _long(4)
    last = replace(last, options=Options(tier=Tier.PRO))
    prices = {offer.act: offer.price for offer in offers(CATALOGUE, last, "t3-0", tuple(before))}
    asked = tokens("w" * 1_000)
    each = asked + tokens("Here it is.")
    assert prices[Act.AGAIN] == estimate(PRO, None, 3, 3 * each + asked)
    assert prices[Act.VARIATIONS] == 4 * estimate(PRO, None, 4, 4 * each + tokens(VARY))
    assert prices[Act.ENLARGE] == estimate(PRO, Size.FOUR, 4, 4 * each + tokens(ENLARGE))


def test_a_tier_that_is_gone_holds_for_no_reply_once_another_has_painted() -> None:
    (original,) = CATALOGUE.of_tier(Tier.ORIGINAL)
    typed = Options(tier=Tier.ORIGINAL)
    own, other = (replace(painted(model=model), options=typed) for model in (original.id, PRO.id))
    gone = CATALOGUE.without({original.id})
    assert [inherited(gone, each) for each in (own, other)] == [Tier.ORIGINAL, None]
    assert [inherited(CATALOGUE, each) for each in (own, other)] == [Tier.ORIGINAL] * 2
    assert inherited(CATALOGUE.but({original.id}), other) is None
    assert inherited(gone, replace(other, model="a-model-of-last-year")) is Tier.ORIGINAL


def test_another_model_is_told_in_short_and_that_is_in_the_price() -> None:
    *before, last = _long(3, FLASH)
    (alone,) = [each.price for each in offers(CATALOGUE, last, "t2-0") if each.act is Act.PRO]
    (offer,) = [each.price for each in offers(CATALOGUE, last, "t2-0", tuple(before)) if each.act is Act.PRO]
    asked = context.account(replace(last, model=PRO.id), tuple(before))
    assert offer - alone == (tokens(asked) - tokens(last.prompt)) * PRO.prices.text_in / 1_000_000


def test_the_price_of_a_long_conversation_is_bounded_as_the_conversation_is() -> None:
    *before, last = _long(40, FLASH)
    (offer,) = [each.price for each in offers(CATALOGUE, last, "t39-0", tuple(before)) if each.act is Act.AGAIN]
    (alone,) = [each.price for each in offers(CATALOGUE, last, "t39-0") if each.act is Act.AGAIN]
    assert 0 < offer - alone < FLASH.history.tokens * FLASH.prices.text_in / 1_000_000


@pytest.mark.parametrize("act", [Act.PRO, Act.AGAIN, Act.VARIATIONS, Act.ENLARGE])
def test_a_picture_of_a_model_that_is_no_longer_known_can_be_had_again(act: Act) -> None:
    strange = painted(model="a-model-of-last-year")
    made = repeat(CATALOGUE, strange, click(act), "new")
    assert made.model == (PRO.id if act is Act.PRO else FLASH.id)
    assert made.options.size == (FLASH.sizes[-1] if act is Act.ENLARGE else None)
    assert act in [offer.act for offer in offers(CATALOGUE, strange, "t1-0")]


def test_the_largest_of_a_model_that_is_no_longer_known_is_not_offered_twice() -> None:
    strange = painted(model="a-model-of-last-year")
    large = replace(strange, options=Options(size=FLASH.sizes[-1]))
    assert Act.ENLARGE not in [offer.act for offer in offers(CATALOGUE, large, "t1-0")]


async def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 - each turn of the loop lets the others take a step
        await asyncio.sleep(0)


async def test_the_line_of_one_person_is_first_come_first_served_and_can_be_seen() -> None:
    line, order = Line(LocalPlaces(Limits, 1)), []
    leave = asyncio.Event()

    async def work(who: str) -> None:
        async with line.wait(turn(who)):
            order.append(who)
            await leave.wait()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work(who)) for who in ("a", "b", "c", "d")]
        await _until(lambda: line.progress("d").ahead == 3)
        assert [line.progress(who).ahead for who in "abcd"] == [0, 1, 2, 3]
        tasks[1].cancel()
        await _until(lambda: line.progress("d").ahead == 2)
        leave.set()
    assert order == ["a", "c", "d"]
    assert [line.progress(who).ahead for who in "abcd"] == [0, 0, 0, 0]


async def test_who_can_wait_says_so_in_the_line() -> None:
    line, order = Line(LocalPlaces(Limits, 1)), []

    async def work(who: str, later: bool) -> None:
        async with line.wait(turn(who, options=Options(later=later))):
            order.append(who)
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group, line.wait(turn("works")):
        group.create_task(work("a", True))
        group.create_task(work("b", False))
        await _until(lambda: line.progress("b").ahead == 1)
        assert [line.progress(who) for who in "ab"] == [Progress(2, later=True), Progress(1)]
    assert order == ["b", "a"]
    assert line.progress("a") == Progress()


async def test_who_leaves_in_trouble_makes_room() -> None:
    line = Line(LocalPlaces(Limits, 1))
    with pytest.raises(ZeroDivisionError):
        async with line.wait(turn("a")):
            raise ZeroDivisionError
    async with asyncio.timeout(1), line.wait(turn("b")):
        assert line.progress("b").ahead == 0
