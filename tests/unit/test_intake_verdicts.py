"""From presses and reactions to verdicts, and back into the buttons of a message."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.requests import Act, Place
from bot.domain.spend import Verdict
from handlers import intake, judging, thumbs

EVENT: dict[str, Any] = {
    "type": "reaction_added",
    "user": "U0ANA",
    "reaction": "+1",
    "item": {"type": "message", "channel": "C0", "ts": "1763720005.000100"},
    "item_user": "U0BOT",
    "event_ts": "1763720009.000200",
}
BODY = {"user": {"id": "U0BEN"}, "channel": {"id": "C0"}, "message": {"ts": "1763720005.000100"}}


def thumb(**changes: Any) -> thumbs.Thumb | None:
    return thumbs.of_reaction(EVENT | changes, "T0", "U0BOT")


@pytest.mark.parametrize("name", ["+1", "thumbsup", "+1::skin-tone-3", "thumbsup::skin-tone-6"])
def test_a_thumb_up_keeps(name: str) -> None:
    found = thumb(reaction=name)
    place, at = Place("T0", "C0"), 1763720009000200
    assert found == thumbs.Thumb(place, "1763720005.000100", True, "U0ANA", at, kept=True, said=None)
    assert found.on(("t1-0", "t1-1")) == tuple(
        Verdict(picture, "U0ANA", True, 1763720009000200, by_reaction=True) for picture in ("t1-0", "t1-1")
    )


@pytest.mark.parametrize("name", ["-1", "thumbsdown", "-1::skin-tone-2"])
def test_a_thumb_down_discards(name: str) -> None:
    found = thumb(reaction=name)
    assert found is not None
    assert found.kept is False


@pytest.mark.parametrize("name", ["+1", "-1"])
def test_a_thumb_taken_away_takes_the_word_back(name: str) -> None:
    found = thumb(type="reaction_removed", reaction=name)
    assert found is not None
    assert (found.kept, found.said) == (None, name == "+1")


@pytest.mark.parametrize(
    ("standing", "kept"),
    [
        ({}, None),
        ({"heart": ["U0ANA"], "+1": ["U0BEN"]}, None),
        ({"+1::skin-tone-3": ["U0BEN", "U0ANA"]}, True),
        ({"-1": ["U0ANA"]}, False),
        ({"-1": ["U0ANA"], "thumbsup": ["U0ANA"]}, True),
    ],
)
def test_another_thumb_of_the_same_person_still_speaks(standing: dict[str, list[str]], kept: bool | None) -> None:
    found = thumb(type="reaction_removed", reaction="+1")
    assert found is not None
    told = [{"name": name, "users": users, "count": len(users)} for name, users in standing.items()]
    left = found.taken_from({"reactions": told} if told else {})
    assert (left.kept, left.said, left.moment) == (kept, True, found.moment)


def test_a_thumb_on_somebody_elses_message_is_not_ours() -> None:
    found = thumb(item_user="U0ANA")
    assert found is not None
    assert not found.ours


@pytest.mark.parametrize(
    "changes",
    [
        {"reaction": "heart"},
        {"reaction": "+100"},
        {"reaction": None},
        {"user": "U0BOT"},
        {"user": None},
        {"item": {"type": "file", "file": "F1"}},
        {"item": {"type": "message", "channel": "C0"}},
        {"item": None},
    ],
)
def test_other_reactions_are_nothing_to_us(changes: dict[str, Any]) -> None:
    assert thumb(**changes) is None


@pytest.mark.parametrize("act", [thumbs.KEEP, thumbs.DISCARD])
def test_a_press_speaks_of_every_picture_in_its_value(act: str) -> None:
    given = thumbs.of_press(BODY, {"action_id": act, "value": "t1-0,t1-1", "action_ts": "1763720009.5"})
    assert [verdict.picture for verdict in given] == ["t1-0", "t1-1"]
    assert {(verdict.person, verdict.kept, verdict.moment, verdict.by_reaction) for verdict in given} == {
        ("U0BEN", act == "keep", 1763720009500000, False)
    }


@given(st.integers(0, 10**11 - 1), st.integers(0, 999_999))
def test_moments_are_exact_to_the_microsecond(seconds: int, micro: int) -> None:
    assert thumbs.moment(f"{seconds}.{micro:06}") == seconds * 1_000_000 + micro


@given(st.text())
def test_what_is_no_moment_comes_before_all_others(ts: str) -> None:
    assert thumbs.moment(ts + "x") == 0


MESSAGE = [
    {"type": "section", "block_id": "result:t1", "text": {"type": "mrkdwn", "text": "a fox", "verbatim": False}},
    {
        "type": "image",
        "block_id": "b",
        "alt_text": "a fox",
        "title": {"type": "plain_text", "text": "1", "emoji": True},
        "slack_file": {"id": "F1", "url": "https://files.slack.com/x"},
        "image_width": 1024,
        "image_height": 1024,
        "image_bytes": 5,
        "fallback": "1024x1024px image",
        "is_animated": False,
    },
    {"type": "actions", "block_id": "c", "elements": [{"type": "button", "action_id": "again", "value": "t1-0"}]},
    {"type": "actions", "block_id": "d", "elements": judging.buttons(["t1-0", "t1-1"], (7, 7))},
]


def test_a_message_is_handed_back_with_its_tally_and_nothing_slack_added() -> None:
    before = copy.deepcopy(MESSAGE)
    told = judging.retallied(MESSAGE, (2, 0))
    assert before == MESSAGE
    assert told[0] == MESSAGE[0]
    assert told[2] == MESSAGE[2]
    image = {"type": "image", "block_id": "b", "alt_text": "a fox", "slack_file": {"id": "F1"}}
    assert told[1] == image | {"title": {"type": "plain_text", "text": "1", "emoji": True}}
    assert told[3]["block_id"] == "d"
    assert [button["text"]["text"] for button in told[3]["elements"]] == ["Keep all · 2", "Discard all"]
    assert {button["value"] for button in told[3]["elements"]} == {"t1-0,t1-1"}


def test_one_picture_is_kept_by_itself() -> None:
    assert [button["text"]["text"] for button in judging.buttons(["t1-0"])] == ["Keep", "Discard"]


def test_a_report_is_known_by_its_trigger_as_any_command_is() -> None:
    command = {"team_id": "T0", "channel_id": "C0", "user_id": "U0", "trigger_id": "1.2.x", "text": "report"}
    request = intake.of_report(command, "T0", "2026-11")
    assert (request.act, request.text, request.place) == (Act.REPORT, "2026-11", Place("T0", "C0"))
    assert request.key == intake.of_command(command, "T0").key
