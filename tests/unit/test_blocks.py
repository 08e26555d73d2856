"""What is shown, however absurd what it shows, is something Slack takes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import load
from bot.domain.options import Options, Size, Tier
from bot.domain.pictures import Source
from bot.domain.requests import Act
from bot.domain.turns import Trouble, Turn
from bot.playground.slack.blockkit.check import surface_blocks
from bot.ports import Offer
from bot.studio.offers import offers
from handlers import blocks, ids
from tests.unit.made import CATALOGUE, FLASH, PRO, click, painted, picture, references, turn

NOVELS = ("<&>" * 5000, "fox " * 5000, "\n" * 3000 + "fox", "🦊" * 4000, "&" * 2599 + "fox", "*_~`" * 900, "fox")


def accepted(said: blocks.Message) -> list[dict[str, Any]]:
    """The blocks, once Slack has taken them."""
    first, *others = said.blocks
    taken = surface_blocks([{**first, "block_id": ids.result("t" * 21)}, *others], "message")
    assert said.text.strip()
    assert len(said.text) <= 40_000
    return taken


def shown(asked: Turn) -> list[dict[str, Any]]:
    chosen = asked.pictures[0].id if len(asked.pictures) == 1 else asked.id
    return accepted(blocks.result(asked, CATALOGUE, offers(CATALOGUE, asked, chosen)))


def kinds(taken: list[dict[str, Any]]) -> list[str]:
    return [block["type"] for block in taken]


@pytest.mark.parametrize("words", NOVELS)
@pytest.mark.parametrize("count", [0, 1, 4])
@pytest.mark.parametrize("act", [Act.COMMAND, Act.AGAIN, Act.VARIATIONS])
def test_a_prompt_of_any_length_is_shown(words: str, count: int, act: Act) -> None:
    trouble = Trouble("model_said", {"words": words})
    asked = painted(count=count or 1, prompt=words, words=words, act=act)
    shown(asked if count else turn(prompt=words, words=words, act=act, trouble=trouble))
    accepted(blocks.root(asked))
    accepted(blocks.picked(click(Act.PICK), asked, asked.pictures[0], CATALOGUE, ()))


@given(st.text(min_size=1, max_size=400).filter(str.strip))
def test_any_words_are_shown(words: str) -> None:
    shown(painted(prompt=words, words=words))
    shown(turn(prompt=words, trouble=Trouble("model_said", {"words": words})))


@pytest.mark.parametrize("count", [0, 1, 4])
@pytest.mark.parametrize("notes", [1, 14, 60, 200])
def test_any_number_of_notes_is_shown(count: int, notes: int) -> None:
    left_out = tuple(Trouble("file_one_too_many", {"name": f"{n}<>&.png" * 20, "most": "14"}) for n in range(notes))
    trouble = Trouble("model_busy", {})
    asked = painted(count=count, notes=left_out) if count else turn(notes=left_out, trouble=trouble)
    words = str(shown(asked))
    assert "0&lt;&gt;&amp;.png" in words


def test_a_picture_has_its_words_its_facts_and_its_buttons() -> None:
    taken = shown(painted(references=references(2)))
    assert kinds(taken) == ["section", "image", "context", "actions", "actions"]
    assert taken[1]["alt_text"] == "AI-made picture: a red fox"
    small = taken[2]["elements"][0]["text"]
    assert small.startswith(f"{FLASH.name} · 1024×1024 px · 4.2 s · $0.067 · 2 references · Pro ≈ $0.1")
    labels = [button["text"]["text"] for button in taken[3]["elements"]]
    assert labels == ["Re-run with Pro", "Again", "Variations", "4K"]
    assert all(button["value"] == "t1-0" for button in taken[3]["elements"])


def test_four_pictures_have_numbers_and_picks() -> None:
    taken = shown(painted(count=4))
    assert kinds(taken) == ["section", "image", "image", "image", "image", "context", "section", "actions", "actions"]
    assert [block["title"]["text"] for block in taken[1:5]] == ["1", "2", "3", "4"]
    assert taken[5]["elements"][0]["text"].endswith("· 4.2 s · $0.268 for 4")
    assert "until then replies work on number 1" in taken[6]["text"]["text"].lower()
    assert [button["value"] for button in taken[7]["elements"]] == ["t1-0", "t1-1", "t1-2", "t1-3"]


def test_where_the_first_did_not_come_replies_work_on_the_second() -> None:
    came = painted(count=4)
    taken = shown(replace(came, pictures=came.pictures[1:]))
    assert any("replies work on number 2." in block["text"]["text"] for block in taken if block["type"] == "section")


def test_beside_a_picture_a_long_wish_is_cut() -> None:
    long = "a fox " * 400
    assert len(shown(replace(painted(), words=long, prompt=long))[0]["text"]["text"]) < 250
    assert len(shown(turn(words=long, prompt=long, trouble=Trouble("model_busy", {})))[0]["text"]["text"]) > 2000


def test_what_failed_keeps_the_words_and_can_be_tried_again() -> None:
    taken = shown(turn(trouble=Trouble("model_busy", {})))
    assert kinds(taken) == ["section", "section", "actions"]
    assert taken[0]["text"]["text"] == "<@U1>: a red fox"
    assert taken[2]["elements"][0]["value"] == "t1"


def test_what_failed_for_no_known_reason_still_says_something() -> None:
    assert "went wrong" in str(shown(turn()))
    assert "went wrong" in str(shown(turn(trouble=Trouble("a_reason_of_a_later_version", {}))))


def test_what_costs_is_asked_about_first() -> None:
    for act in (Act.PRO, Act.VARIATIONS, Act.ENLARGE):
        said = blocks.result(painted(), CATALOGUE, [Offer(act, Decimal("1.5"))])
        assert "$1.50" in accepted(said)[-2]["elements"][0]["confirm"]["text"]["text"]


def test_the_headline_names_the_size_that_is_really_asked_for() -> None:
    large = turn(act=Act.ENLARGE, options=Options(size=Size.TWO))
    assert blocks.result(large, CATALOGUE, ()).text.startswith("<@U1> asked for 2K: a red fox")


def test_the_root_repeats_the_flags_that_were_typed() -> None:
    options = Options("16:9", Size.TWO, 4, Tier.PRO, later=True)
    said = accepted(blocks.root(turn(options=options)))
    assert said[0]["text"]["text"] == "<@U1>: a red fox  `--ar 16:9 --size 2k --tier pro --n 4 --later`"


def test_alt_texts_of_several_pictures_differ() -> None:
    several = painted(count=2)
    texts = {block["alt_text"] for block in shown(several) if block["type"] == "image"}
    assert texts == {"AI-made picture, 1 of 2: a red fox", "AI-made picture, 2 of 2: a red fox"}


def test_a_picture_that_came_alone_says_what_became_of_the_others() -> None:
    asked = turn(pictures=(picture(index=2),), options=Options(count=4), missing=3, trouble=Trouble("model_busy", {}))
    assert "3 of 4 did not come. The model has more requests" in str(shown(asked))


OVERLOADED_AND_FILTERED = Trouble("model_overloaded", {"others": "1", "other": "picture_filtered"})


def test_where_only_some_came_the_others_can_be_tried_again() -> None:
    short = turn(pictures=painted(count=2).pictures, options=Options(count=4), missing=2)
    said = shown(replace(short, trouble=OVERLOADED_AND_FILTERED))
    lines = small_lines(said)
    assert any(line.startswith("2 of 4 did not come. The model is overloaded") for line in lines)
    assert any(line.startswith("1 of 4: The picture was filtered out") for line in lines)
    assert [button["text"]["text"] for button in said[-2]["elements"]] == [
        "Try again for the other 2",
        "Try on Lite",
        "Try on Pro",
    ]
    assert {button["value"] for button in said[-2]["elements"]} == {"t1"}
    refused = shown(replace(short, trouble=Trouble("picture_filtered")))
    assert [button["text"]["text"] for button in refused[-2]["elements"]] == ["Try again for the other 2"]


def test_where_none_came_for_two_reasons_both_are_told() -> None:
    said = shown(turn(options=Options(count=4), missing=4, trouble=OVERLOADED_AND_FILTERED))
    assert said[1]["text"]["text"].startswith("The model is overloaded")
    assert [line[:37] for line in small_lines(said)] == ["1 of 4: The picture was filtered out "]
    assert "Try on Pro" in str(said[-1])


def test_under_a_result_people_say_whether_they_keep_it() -> None:
    one, several = shown(painted())[-1], shown(painted(count=4))[-1]
    assert [(each["action_id"], each["text"]["text"], each["value"]) for each in one["elements"]] == [
        ("keep", "Keep", "t1-0"),
        ("discard", "Discard", "t1-0"),
    ]
    assert [each["text"]["text"] for each in several["elements"]] == ["Keep all", "Discard all"]
    assert {each["value"] for each in several["elements"]} == {"t1-0,t1-1,t1-2,t1-3"}
    asked = painted(count=4)
    alone = accepted(blocks.picked(click(Act.PICK), asked, asked.pictures[2], CATALOGUE, ()))[-1]
    assert {each["value"] for each in alone["elements"]} == {"t1-2"}


def test_what_failed_can_be_tried_on_other_tiers() -> None:
    others = [Offer(act, Decimal("0.1")) for act in (Act.AGAIN, Act.LITE, Act.FLASH, Act.PRO, Act.ENLARGE)]
    said = blocks.result(turn(trouble=Trouble("model_overloaded", {})), CATALOGUE, others)
    elements = accepted(said)[-1]["elements"]
    assert [each["text"]["text"] for each in elements] == ["Try again", "Try on Lite", "Try on Flash", "Try on Pro"]
    assert [each["action_id"] for each in elements] == ["again", "lite", "flash", "pro"]
    assert {each["value"] for each in elements} == {"t1"}
    assert "$0.10" in elements[3]["confirm"]["text"]["text"]
    assert not any("confirm" in each for each in elements[:3])
    alone = accepted(blocks.result(turn(), CATALOGUE, ()))[-1]["elements"]
    assert [each["text"]["text"] for each in alone] == ["Try again"]


def small_lines(taken: list[dict[str, Any]]) -> list[str]:
    return [element["text"] for block in taken if block["type"] == "context" for element in block["elements"]]


def test_what_came_otherwise_than_asked_is_told() -> None:
    wide = Options("16:9", Size.FOUR)
    small = turn(pictures=(picture(width=1376, height=768, model=PRO.id),), options=wide)
    assert "Asked for 4K 16:9; the model gave 1376×768." in small_lines(shown(small))
    square = turn(pictures=(picture(),), options=Options("16:9"))
    assert "Asked for 16:9; the model gave 1024×1024." in small_lines(shown(square))


@pytest.mark.parametrize("options", [Options(), Options("auto"), Options("1:1", Size.ONE), Options(size=Size.ONE)])
def test_what_came_as_asked_is_not_talked_about(options: Options) -> None:
    assert len(small_lines(shown(turn(pictures=(picture(),), options=options)))) == 1


def test_of_several_the_one_that_came_otherwise_is_named() -> None:
    pictures = (picture(), picture(index=1, width=512, height=512))
    said = small_lines(shown(turn(pictures=pictures, options=Options(size=Size.ONE, count=2))))
    assert "Asked for 1K; the model gave 512×512 for number 2." in said


def test_a_picture_of_a_model_nobody_knows_any_more_is_shown() -> None:
    assert shown(turn(pictures=(picture(model="gone"),), options=Options("16:9", Size.FOUR)))


def test_what_concerns_the_whole_picture_is_told_before_a_long_list_of_files() -> None:
    files = tuple(Trouble("file_empty", {"name": f"{n}.png"}) for n in range(40))
    said = small_lines(shown(painted(notes=(*files, Trouble("model_replaced", {"was": "A", "now": "B"})))))
    assert said[1] == "A is no longer offered, so B made this."
    assert "I left out 21 more files." in said


def test_another_model_than_asked_is_told() -> None:
    notes = (Trouble("model_replaced", {"was": "Flash <1>", "now": "Flash 2"}), Trouble("grounding_left_out"))
    said = small_lines(shown(painted(notes=notes)))
    assert "Flash &lt;1&gt; is no longer offered, so Flash 2 made this." in said
    assert any("without it" in line for line in said)


REPLACED = Trouble("model_replaced", {"was": "A", "now": "B", "by": PRO.id})
UNGROUNDED = Trouble("grounding_left_out")
SURPLUS = Trouble("file_one_too_many", {"name": "late.png", "most": "2", "by": PRO.id})
EMPTY = Trouble("file_empty", {"name": "e.png"})
NOTES = (EMPTY, REPLACED, UNGROUNDED, SURPLUS)


def test_where_nothing_was_made_nothing_says_how_it_was_made() -> None:
    said = str(shown(turn(notes=NOTES, trouble=Trouble("picture_filtered"))))
    assert "made this" not in said
    assert "drawn without" not in said
    assert "I left out *e.png*" in said
    assert "I left out *late.png*" in said


def test_a_picked_picture_is_not_told_of_what_became_of_another() -> None:
    first, second = picture(queries=("red fox",)), picture(index=1, model=PRO.id)
    asked = turn(pictures=(first, second), options=Options(count=2, ground=True), notes=NOTES)
    alone = [
        small_lines(accepted(blocks.picked(click(Act.PICK), asked, each, CATALOGUE, ()))) for each in asked.pictures
    ]
    assert [line for line in alone[0] if "left out" in line] == [line for line in alone[0] if "e.png" in line]
    assert "made this" not in str(alone[0])
    assert "drawn without" not in str(alone[0])
    for words in ("A is no longer offered, so B made this.", "so this was drawn without it.", "*late.png*", "*e.png*"):
        assert words in str(alone[1])


def test_of_several_those_are_named_that_a_note_is_about() -> None:
    pictures = (picture(sources=(Source("t", "https://example.com"),)), picture(index=1, model=PRO.id))
    said = small_lines(shown(turn(pictures=pictures, options=Options(count=2, ground=True), notes=NOTES)))
    assert "Number 2: A is no longer offered, so B made this." in said
    assert any(line.startswith("Number 2: Looking things up") for line in said)
    assert any(line.startswith("I left out *e.png*") for line in said)
    both = tuple(picture(index=index, model=PRO.id) for index in range(2))
    assert "A is no longer offered, so B made this." in small_lines(shown(turn(pictures=both, notes=NOTES)))


def test_a_picture_that_was_drawn_with_a_search_is_not_said_to_lack_one_though_nothing_was_looked_up() -> None:
    without = Trouble("grounding_left_out", {"drawn": "0,2"})
    asked = replace(painted(count=3), options=Options(count=3, ground=True), notes=(without,))
    said = [line for line in small_lines(shown(asked)) if "drawn without" in line]
    assert said == ["Number 2: Looking things up did not work this time, so this was drawn without it."]


def test_a_model_that_only_came_in_between_is_not_said_to_have_made_anything() -> None:
    between = Trouble("model_replaced", {"was": "C", "now": "A", "by": "in-between"})
    said = small_lines(shown(painted(model=PRO.id, notes=(between, REPLACED))))
    assert [line for line in said if "no longer offered" in line] == ["A is no longer offered, so B made this."]


@pytest.mark.parametrize("made", [blocks.section, lambda text: blocks.context(text)["elements"][0]])
def test_long_words_are_cut_but_never_inside_an_escape(made: Any) -> None:
    for before in range(5):
        said = made("x" * before + "&lt;" * 1000)
        text = said["text"]["text"] if isinstance(said["text"], dict) else said["text"]
        assert len(text) <= 3000
        assert text == "x" * before + "&lt;" * text.count("&lt;") + "…"
        assert text.count("&lt;") >= 748


def test_only_references_that_the_model_took_are_counted() -> None:
    few = load(f'[models."{FLASH.id}"]\nreferences = 3\n')
    said = blocks.result(painted(references=references(10)), few, ())
    assert "· 3 references" in str(said.blocks)
