"""From payloads as Slack sends them to requests: what is for us, whose it is, and by which key it is known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.requests import Act, Attachment, Place
from handlers import envelopes, intake

ME = intake.Me("T0", "U0BOT", "B0BOT")
MESSAGE: dict[str, Any] = {
    "client_msg_id": "5a1f0b9e-0000-0000-0000-000000000001",
    "type": "message",
    "text": "<@U0BOT> a red fox",
    "user": "U0ANA",
    "ts": "1763720000.000100",
    "team": "T0",
    "blocks": [{"type": "rich_text", "block_id": "a", "elements": []}],
    "channel": "C0",
    "event_ts": "1763720000.000100",
    "channel_type": "channel",
}
COMMAND = {
    "token": "t",
    "team_id": "T0",
    "team_domain": "demo",
    "channel_id": "C0",
    "channel_name": "general",
    "user_id": "U0ANA",
    "user_name": "ana",
    "command": "/imagine",
    "text": "a red fox --ar 16:9",
    "api_app_id": "A0",
    "is_enterprise_install": "false",
    "response_url": "https://hooks.slack.com/commands/T0/1/x",
    "trigger_id": "1.2.abc",
}
CLICK: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": "U0BEN", "username": "ben", "team_id": "T0"},
    "team": {"id": "T0", "domain": "demo"},
    "channel": {"id": "C0", "name": "general"},
    "message": {"ts": "1763720005.000100", "thread_ts": "1763720000.000100"},
    "response_url": "https://hooks.slack.com/actions/T0/1/x",
}
ACTION = {"action_id": "pro", "block_id": "b", "value": "t1-0", "type": "button", "action_ts": "1763720009.5"}


def heard(**changes: Any) -> intake.Heard:
    found = intake.of_message(MESSAGE | changes, "T0", ME)
    assert found is not None
    return found


def test_a_command_is_known_by_its_trigger() -> None:
    request = intake.of_command(COMMAND, "T0")
    assert (request.act, request.place, request.asker) == (Act.COMMAND, Place("T0", "C0"), "U0ANA")
    assert request.text == "a red fox --ar 16:9"
    assert request.answer_url.endswith("/x")
    assert request == intake.of_command({**COMMAND, "response_url": COMMAND["response_url"]}, "T0")
    assert request.key != intake.of_command(COMMAND | {"trigger_id": "1.2.abd"}, "T0").key


def test_a_command_without_words_has_none() -> None:
    assert intake.of_command(COMMAND | {"text": None}, "T0").text == ""


def test_files_of_a_forwarded_message_are_its_own_and_each_is_named_once() -> None:
    own, other, gone = {"id": "F1", "name": "a.png"}, {"id": "F2", "title": "b"}, {"id": "F3", "mode": "tombstone"}
    unfurled = {"text": "a link without files"}
    event = {"files": [own], "attachments": [{"files": [other, gone, own]}, unfurled, {"files": None}]}
    assert intake.attachments(event) == (Attachment("F1", "a.png"), Attachment("F2", "b"))


def test_a_deleted_message_is_told_in_two_ways() -> None:
    deleted = {"type": "message", "subtype": "message_deleted", "deleted_ts": "1.1", "ts": "2.2"}
    stone = {"type": "message", "subtype": "message_changed", "message": {"ts": "1.1", "subtype": "tombstone"}}
    assert [intake.deleted(event) for event in (deleted, stone)] == ["1.1", "1.1"]
    edited = {"type": "message", "subtype": "message_changed", "message": {"ts": "1.1"}}
    assert [intake.deleted(event) for event in (edited, MESSAGE, {"subtype": "message_deleted"})] == ["", "", ""]


def test_a_mention_is_known_by_its_message_in_both_its_events() -> None:
    as_message, as_mention = heard(), heard(type="app_mention", event_ts="9.9")
    assert as_message.request.key == as_mention.request.key
    assert as_message.mentioned
    assert as_mention.mentioned
    assert as_message.request.text == "a red fox"
    assert as_message.request.act is Act.MENTION
    assert as_message.request.place == Place("T0", "C0", MESSAGE["ts"])
    assert not as_message.in_thread


def test_a_reply_belongs_to_its_thread() -> None:
    reply = heard(text="make it night", thread_ts="1763710000.000100", parent_user_id="U0BOT")
    assert (reply.request.act, reply.request.place.thread) == (Act.REPLY, "1763710000.000100")
    assert reply.under_me
    assert not reply.mentioned
    assert heard(thread_ts="1763710000.000100").request.act is Act.MENTION


@pytest.mark.parametrize(
    "text",
    [
        "<@U0BEN> look",
        " <@U0BEN> look",
        "<!subteam^S0DESIGN> thoughts?",
        "<!here> look",
        "<!channel> which?",
        "<!everyone>",
    ],
)
def test_what_begins_with_the_name_of_colleagues_is_said_to_them(text: str) -> None:
    assert heard(text=text).aside
    assert not heard(text=f"{text} <@U0BOT>").aside
    assert not heard(text=f"as {text}").aside


@pytest.mark.parametrize("changes", [{"channel_type": "im", "text": "a fox"}, {"channel": "D0", "text": "a fox"}])
def test_in_a_direct_message_nobody_need_be_named(changes: dict[str, Any]) -> None:
    assert heard(**changes).direct
    assert not heard(text="a fox").direct


@pytest.mark.parametrize(
    "changes",
    [
        {"bot_id": "B0OTHER"},
        {"user": None},
        {"user": "U0BOT"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"subtype": "me_message"},
        {"subtype": "huddle_thread"},
        {"ts": None},
        {"ts": ""},
        {"channel": None},
    ],
)
def test_what_is_nobodys_request_is_none(changes: dict[str, Any]) -> None:
    assert intake.of_message(MESSAGE | changes, "T0", ME) is None


@pytest.mark.parametrize("subtype", [None, "", "file_share", "thread_broadcast"])
def test_what_people_say_is_heard(subtype: str | None) -> None:
    assert heard(subtype=subtype).request.text == "a red fox"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@U0BOT> a fox", "a fox"),
        ("a fox <@U0BOT>", "a fox"),
        ("a <@U0BOT> fox", "a fox"),
        ("<@U0BOT|threadpaint>a fox", "a fox"),
        ("<@U0BOT><@U0BOT> a fox", "a fox"),
        ("<@U0BOTTLE> a fox", "<@U0BOTTLE> a fox"),
        ("hey <@U0ANA>, <@U0BOT> a fox\n  and a hen", "hey <@U0ANA>, a fox\n  and a hen"),
        ("<@U0BOT>", ""),
    ],
)
def test_the_bots_name_is_not_part_of_the_words(text: str, words: str) -> None:
    assert intake.without_mention(text, "U0BOT") == words


def test_files_keep_their_order_and_tombstones_are_none() -> None:
    files = [
        {"id": "F1", "name": "a.png"},
        {"id": "F2", "mode": "tombstone"},
        {"id": "F3", "name": None, "title": "B"},
        {"id": "F4"},
    ]
    found = intake.attachments({"files": files})
    assert found == (Attachment("F1", "a.png"), Attachment("F3", "B"), Attachment("F4", "the file"))
    assert intake.attachments({"files": None}) == ()


def test_only_a_mention_may_have_left_its_files_out() -> None:
    assert heard(type="app_mention").request.partial
    assert heard(type="app_mention", files=None).request.partial
    assert not heard(type="app_mention", files=[{"id": "F1"}]).request.partial
    assert not heard().request.partial


def test_a_click_is_known_by_who_pressed_what_where_and_when() -> None:
    request = intake.of_click(CLICK, ACTION, "T0")
    assert (request.act, request.asker, request.picture) == (Act.PRO, "U0BEN", "t1-0")
    assert request.place == Place("T0", "C0", "1763720000.000100")
    assert request.key == intake.of_click(CLICK | {"response_url": "else"}, ACTION, "T0").key
    others = (
        intake.of_click(CLICK | {"user": {"id": "U0ANA"}}, ACTION, "T0"),
        intake.of_click(CLICK, ACTION | {"action_ts": "1763720009.6"}, "T0"),
        intake.of_click(CLICK, ACTION | {"action_id": "again"}, "T0"),
        intake.of_click(CLICK | {"channel": {"id": "C1"}}, ACTION, "T0"),
        intake.of_click(CLICK | {"message": {"ts": "1.1"}}, ACTION, "T0"),
    )
    assert len({request.key, *(other.key for other in others)}) == 6


def test_a_pick_carries_its_number_only_to_be_unique() -> None:
    assert intake.of_click(CLICK, ACTION | {"action_id": "pick:3"}, "T0").act is Act.PICK


@given(st.dictionaries(st.sampled_from(sorted(MESSAGE)), st.none() | st.text(max_size=5), max_size=6))
def test_a_message_with_holes_in_it_is_heard_or_not_but_never_trips(holes: dict[str, Any]) -> None:
    found = intake.of_message({**MESSAGE, **holes, "type": "message"}, "T0", ME)
    assert found is None or found.request.key.startswith("message:T0:")


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b'{"a": 1}', "application/json", {"a": 1}),
        (b'{"a": 1}', "text/plain", {"a": 1}),
        (
            b"text=a+payload%3D1&team_id=T0",
            "application/x-www-form-urlencoded",
            {"text": "a payload=1", "team_id": "T0"},
        ),
        (
            b"payload=%7B%22type%22%3A%22block_actions%22%7D",
            "application/x-www-form-urlencoded",
            {"type": "block_actions"},
        ),
        (b"", "application/x-www-form-urlencoded", {}),
        (b"payload=", "application/x-www-form-urlencoded", None),
        (b"payload=[1]", "application/x-www-form-urlencoded", None),
        (b"[]", "application/json", None),
        (b'{"event": 7}', "application/json", None),
        (b"\xff", "application/json", None),
    ],
)
def test_a_body_is_read_as_slack_writes_it(body: bytes, kind: str, said: dict[str, Any] | None) -> None:
    assert envelopes.payload(body, kind) == said


@given(st.binary(max_size=200), st.sampled_from(["application/json", "application/x-www-form-urlencoded", ""]))
def test_any_body_is_read_or_not(body: bytes, kind: str) -> None:
    said = envelopes.payload(body, kind)
    assert said is None or isinstance(said, dict)
