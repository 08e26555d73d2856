"""The pretend Slack's Block Kit: what it takes, what it refuses, and in which words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.slack.blockkit import check, grammar
from bot.playground.slack.blockkit.blocks import SURFACES
from bot.playground.slack.refusals import Refusal

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def button(**more: Any) -> Block:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def actions(*elements: Block, **more: Any) -> Block:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str = "a", text: str = "A") -> Block:
    return {"text": plain(text), "value": value}


def select(*options: Block, **more: Any) -> Block:
    return {"type": "static_select", "action_id": "pick", "options": list(options), **more}


CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("*4K* costs more"), "confirm": plain("Yes"), "deny": plain("No")}
IMAGE = {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"}
PUBLIC = "https://example.com/a.png"
TEXT_LIMITS = [
    ("section", lambda n: {"type": "section", "text": mrkdwn("x" * n)}, 3000),
    ("field", lambda n: {"type": "section", "fields": [plain("x" * n)]}, 2000),
    ("header", lambda n: {"type": "header", "text": plain("x" * n)}, 150),
    ("alt text", lambda n: IMAGE | {"alt_text": "x" * n}, 2000),
    ("image title", lambda n: IMAGE | {"title": plain("x" * n)}, 2000),
    ("button text", lambda n: actions(button(text=plain("x" * n))), 75),
    ("button value", lambda n: actions(button(value="x" * n)), 2000),
    ("action_id", lambda n: actions(button(action_id="x" * n)), 255),
    ("block_id", lambda n: {"type": "divider", "block_id": "x" * n}, 255),
    ("option text", lambda n: actions(select(option(text="x" * n))), 75),
    ("option value", lambda n: actions(select(option(value="x" * n))), 150),
    ("confirm title", lambda n: actions(button(confirm=CONFIRM | {"title": plain("x" * n)})), 100),
    ("confirm text", lambda n: actions(button(confirm=CONFIRM | {"text": plain("x" * n)})), 300),
    ("confirm button", lambda n: actions(button(confirm=CONFIRM | {"confirm": plain("x" * n)})), 30),
    ("markdown", lambda n: {"type": "markdown", "text": "x" * n}, 12_000),
]
COUNT_LIMITS = [
    ("actions", lambda n: actions(*(button(action_id=str(i)) for i in range(n))), 25),
    ("context", lambda n: {"type": "context", "elements": [plain("x")] * n}, 10),
    ("fields", lambda n: {"type": "section", "fields": [plain("x")] * n}, 10),
    ("options", lambda n: actions(select(*(option(str(i)) for i in range(n)))), 100),
    ("overflow", lambda n: actions({"type": "overflow", "options": [option(str(i)) for i in range(n)]}), 5),
    ("carousel", lambda n: {"type": "carousel", "elements": [{"type": "card", "title": plain("x")}] * n}, 10),
]
GOOD: list[Block] = [
    {"type": "divider"},
    {"type": "section", "text": plain("x"), "accessory": button(style="danger", confirm=CONFIRM)},
    {"type": "section", "text": mrkdwn("x"), "accessory": {"type": "image", "image_url": PUBLIC, "alt_text": "x"}},
    IMAGE,
    {"type": "image", "slack_file": {"url": "https://files.slack.com/x"}, "alt_text": "x", "title": plain("t")},
    {"type": "image", "image_url": PUBLIC, "alt_text": "x"},
    {"type": "context", "elements": [mrkdwn("x"), {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"}]},
    actions(button(url="https://example.com"), select(option("a"), option("b"), initial_option=option("b"))),
    {"type": "input", "label": plain("x"), "element": {"type": "plain_text_input", "multiline": True}},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "text", "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"}],
            }
        ],
    },
    {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]},
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "positive_button": {"text": plain("Good"), "value": "1"},
                "negative_button": {"text": plain("Bad"), "value": "0"},
            }
        ],
    },
    {"type": "alert", "text": plain("x"), "level": "warning"},
    {"type": "card", "hero_image": IMAGE, "title": mrkdwn("x"), "actions": [button()]},
]
BAD: list[tuple[Block, str]] = [
    ({"text": plain("x")}, "missing required field: type [json-pointer:/blocks/0]"),
    ({"type": "sectoin", "text": plain("x")}, "unsupported type: sectoin [json-pointer:/blocks/0/type]"),
    ({"type": ["section"]}, "unsupported type: ['section'] [json-pointer:/blocks/0/type]"),
    ({"type": "section"}, "must provide at least one of: text, fields [json-pointer:/blocks/0]"),
    ({"type": "section", "text": "x"}, "must provide an object [json-pointer:/blocks/0/text]"),
    ({"type": "section", "text": plain("")}, "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "divider", "color": "red"}, "invalid additional property: color [json-pointer:/blocks/0]"),
    ({"type": "header", "text": mrkdwn("x")}, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
    ({"type": "image", "slack_file": {"id": "F1"}}, "missing required field: alt_text [json-pointer:/blocks/0]"),
    ({"type": "image", "alt_text": "x"}, "must provide exactly one of: image_url, slack_file [json-pointer:/blocks/0]"),
    (IMAGE | {"image_url": PUBLIC}, "must provide exactly one of: image_url, slack_file [json-pointer:/blocks/0]"),
    (
        IMAGE | {"slack_file": {"id": "F1", "url": PUBLIC}},
        "must provide exactly one of: id, url [json-pointer:/blocks/0/slack_file]",
    ),
    (IMAGE | {"title": mrkdwn("x")}, "unsupported type: mrkdwn [json-pointer:/blocks/0/title/type]"),
    (
        {"type": "image", "image_url": "http://127.0.0.1/a.png", "alt_text": "x"},
        "downloading image failed [json-pointer:/blocks/0/image_url]",
    ),
    (
        {"type": "image", "image_url": "https://[broken", "alt_text": "x"},
        "downloading image failed [json-pointer:/blocks/0/image_url]",
    ),
    (actions(button(url="https://[broken")), "must be a valid url [json-pointer:/blocks/0/elements/0/url]"),
    (actions(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (
        actions(button(style="blue")),
        "must be a valid enum value (primary, danger) [json-pointer:/blocks/0/elements/0/style]",
    ),
    (actions(button(value=7)), "must be a string [json-pointer:/blocks/0/elements/0/value]"),
    (
        actions(button(confirm={"title": plain("x")})),
        "missing required field: text [json-pointer:/blocks/0/elements/0/confirm]",
    ),
    (
        actions({"type": "plain_text_input"}),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    (
        actions(select(option("a"), initial_option=option("z"))),
        "initial_option must be one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(button(), button()),
        "action_id must be unique in a block, found 2 times: go [json-pointer:/blocks/0]",
    ),
    (
        {"type": "input", "label": plain("x"), "element": {"type": "file_input"}},
        "unsupported type: file_input [json-pointer:/blocks/0/element/type]",
    ),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: str(block["type"]))
def test_takes_what_slack_takes(block: Block) -> None:
    assert grammar.problems([block], "message") == []


@pytest.mark.parametrize(("block", "problem"), BAD, ids=range(len(BAD)))
def test_refuses_what_slack_refuses(block: Block, problem: str) -> None:
    assert problem in grammar.problems([block], "message")


@pytest.mark.parametrize(("make", "most"), [case[1:] for case in TEXT_LIMITS], ids=[case[0] for case in TEXT_LIMITS])
def test_texts_have_lengths(make: Any, most: int) -> None:
    assert grammar.problems([make(most)], "message") == []
    (problem,) = grammar.problems([make(most + 1)], "message")
    assert f"must be less than {most + 1} characters" in problem


@pytest.mark.parametrize(("make", "most"), [case[1:] for case in COUNT_LIMITS], ids=[case[0] for case in COUNT_LIMITS])
def test_lists_have_ends(make: Any, most: int) -> None:
    assert grammar.problems([make(most)], "message") == []
    assert f"no more than {most} items allowed" in grammar.problems([make(most + 1)], "message")[0]


def test_block_ids_are_unique_in_a_message() -> None:
    twins = [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]
    assert "block_id must be unique" in grammar.problems(twins, "message")[0]


def test_the_same_action_may_stand_in_two_blocks() -> None:
    assert grammar.problems([actions(button()), actions(button())], "message") == []


def test_a_message_has_fifty_blocks_at_most() -> None:
    assert len(check.surface_blocks([{"type": "divider"}] * 50, "message")) == 50
    with pytest.raises(Refusal, match="msg_blocks_too_many"):
        check.surface_blocks([{"type": "divider"}] * 51, "message")


def test_missing_ids_are_filled_in_without_touching_what_was_given() -> None:
    given_blocks = [actions({"type": "button", "text": plain("Go")})]
    (filled,) = check.surface_blocks(given_blocks, "message")
    assert filled["block_id"]
    assert filled["elements"][0]["action_id"]
    assert "block_id" not in given_blocks[0]


def test_markdown_counts_together_and_tables_come_alone() -> None:
    half = {"type": "markdown", "text": "x" * 6001}
    assert "in total" in grammar.problems([half, half], "message")[0]
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    assert "only one table" in grammar.problems([table, table], "message")[0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ["type", "text", "elements", "element", "accessory", "fields", "title", "alt_text", "slack_file", "image_url"]
FIELDS += ["id", "url", "options", "value", "action_id", "block_id", "confirm", "style", "rows", "label"]
FIELDS += ["initial_option", "initial_options", "option_groups"]
NAMES = st.sampled_from(FIELDS)
KINDS = st.sampled_from(
    [*SURFACES["message"], "button", "static_select", "plain_text", "mrkdwn", "rich_text_section", "checkboxes"]
)
ALMOST_BLOCKS = st.recursive(
    JSON | KINDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner | KINDS, max_size=5),
    max_leaves=15,
)


@given(st.lists(st.dictionaries(NAMES, ALMOST_BLOCKS, max_size=5), max_size=3), st.sampled_from(list(SURFACES)))
def test_nothing_makes_the_check_itself_fail(blocks: list[Block], surface: str) -> None:
    for problem in grammar.problems(blocks, surface):
        assert "[json-pointer:/blocks" in problem
