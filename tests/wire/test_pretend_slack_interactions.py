"""Commands, presses, triggers, response URLs, modals, shortcuts: what people do and what the app may answer."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.playground import keys
from tests.wire.slack_stage import (
    ANA,
    GENERAL,
    MANIFEST,
    RANDOM,
    Heard,
    Stage,
    eventually,
    hearing,
    on_socket,
    picture,
    refused,
    staged,
)

ROW = {"block_id": "row", "action_id": "go"}
GO = {"type": "button", "action_id": "go", "value": "job 7", "text": {"type": "plain_text", "text": "Go"}}
GO_SAID = {"type": "plain_text", "text": "Go", "emoji": True}
BUTTONS = [{"type": "actions", "block_id": "row", "elements": [GO]}]
MODAL = {
    "type": "modal",
    "callback_id": "ask",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Paint"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "What?"},
            "element": {"type": "plain_text_input", "action_id": "prompt"},
        }
    ],
}


@dataclass
class Pressed:
    """What an app with one button was told."""

    stage: Stage
    heard: Heard
    bodies: list[dict[str, Any]] = field(default_factory=list)

    async def last(self) -> dict[str, Any]:
        async def some() -> list[dict[str, Any]]:
            return self.bodies

        return dict((await eventually(some))[-1])


@asynccontextmanager
async def pressing(stage: Stage) -> AsyncIterator[Pressed]:
    heard = hearing(stage)
    pressed = Pressed(stage, heard)

    async def on_press(ack: Any, body: dict[str, Any]) -> None:
        pressed.bodies.append(body)
        await ack()

    heard.app.action("go")(on_press)
    heard.app.view_closed("ask")(on_press)
    heard.app.shortcut("edit_picture")(on_press)
    async with on_socket(stage, heard.app):
        yield pressed


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.turn("settings", {"rate_limits": False, "file_delay": 0.0})
        yield made


async def reply(stage: Stage, url: str, **body: Any) -> tuple[int, str]:
    async with stage.http.post(url, json=body) as answer:
        return answer.status, await answer.text()


async def texts(stage: Stage, person: str = ANA, channel: str = GENERAL) -> list[str]:
    return [m["text"] for m in await stage.seen(person, channel)]


async def commanded(stage: Stage, heard: Heard, channel: str = GENERAL, text: str = "a fox") -> dict[str, Any]:
    await stage.act("command", channel=channel, command="/imagine", text=text)

    async def told() -> list[dict[str, Any]]:
        acked = [each["acked"] for each in await stage.look("control/deliveries") if each["kind"] == "command"]
        return heard.commands if acked else []

    return dict((await eventually(told))[-1])


async def test_a_command_has_everything_slack_sends(stage: Stage) -> None:
    heard = hearing(stage)
    async with on_socket(stage, heard.app):
        body = await commanded(stage, heard, "D0ANA")
    assert {"team_domain": "playground", "channel_name": "directmessage", "user_id": ANA}.items() <= body.items()
    assert body["response_url"].startswith(stage.world.url)
    assert "thread_ts" not in body


@pytest.mark.parametrize(
    ("answer", "everybody", "only_ana"),
    [
        (None, [], []),
        ("words", [], ["words"]),
        ({"text": "words"}, [], ["words"]),
        ({"response_type": "in_channel"}, ["/imagine a fox"], []),
        ({"response_type": "in_channel", "text": "words"}, ["/imagine a fox", "words"], []),
        (
            {"text": "x", "blocks": [{"type": "nonsense"}]},
            [],
            ['/imagine failed with the error "invalid_command_response"'],
        ),
    ],
)
async def test_what_an_ack_says_is_shown(stage: Stage, answer: Any, everybody: list[str], only_ana: list[str]) -> None:
    heard = hearing(stage, answer)
    async with on_socket(stage, heard.app):
        await commanded(stage, heard)

        async def acked() -> bool:
            return bool(await stage.look("control/deliveries"))

        await eventually(acked)

        async def shown() -> bool:
            return len(await texts(stage)) == len(everybody + only_ana)

        await eventually(shown)
    assert await texts(stage) == everybody + only_ana
    assert await texts(stage, "U0BEN") == everybody


async def test_undeclared_commands_stay_at_slack(stage: Stage) -> None:
    await stage.act("command", command="/paint", text="a fox")

    async def told() -> list[str]:
        return await texts(stage)

    assert await eventually(told) == ['"/paint" is not a valid command.']
    assert await stage.look("control/deliveries") == []


async def test_invite_and_remove_are_slacks_own(stage: Stage) -> None:
    await stage.act("command", channel=RANDOM, command="/invite", text="@Threadpaint")

    async def here() -> bool:
        return bool(stage.world.slack.channels[RANDOM].has_app)

    await eventually(here)
    await stage.client.chat_postMessage(channel=RANDOM, text="hello")
    await stage.act("command", channel=RANDOM, command="/remove", text="@threadpaint")

    async def gone() -> bool:
        return not await here()

    await eventually(gone)
    assert (await refused(stage.client.chat_postMessage(channel=RANDOM, text="x")))["error"] == "not_in_channel"


async def test_a_response_url_works_five_times_and_where_the_app_is_not(stage: Stage) -> None:
    heard = hearing(stage)
    async with on_socket(stage, heard.app):
        url = (await commanded(stage, heard, RANDOM))["response_url"]
    assert (await reply(stage, url, text="mine"))[1] == "ok"
    assert (await reply(stage, url, text="ours", response_type="in_channel"))[1] == "ok"
    assert (await texts(stage, ANA, RANDOM), await texts(stage, "U0BEN", RANDOM)) == (["mine", "ours"], ["ours"])
    for wrong in ({}, {"text": "x", "nonsense": 1}, {"text": "x", "blocks": [{"type": "nonsense"}]}):
        assert (await reply(stage, url, **wrong))[0] == 400
    for n in range(3):
        assert (await reply(stage, url, text=str(n)))[1] == "ok"
    assert (await reply(stage, url, text="once more")) == (404, '{"ok": false, "error": "used_url"}')


async def test_a_response_url_replies_in_threads_and_shows_no_slack_files(stage: Stage) -> None:
    file_id = await stage.upload(picture())
    root = (await stage.act("say", text="root"))["ts"]
    heard = hearing(stage)
    async with on_socket(stage, heard.app):
        url = (await commanded(stage, heard))["response_url"]
    blocks = [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "x"}]
    status, body = await reply(stage, url, text="x", blocks=blocks)
    assert (status, "invalid_blocks" in body) == (400, True)
    await reply(stage, url, text="in thread", response_type="in_channel", replace_original=False, thread_ts=root)
    thread = (await stage.client.conversations_replies(channel=GENERAL, ts=root))["messages"]
    assert [m["text"] for m in thread] == ["root", "in thread"]


async def test_unknown_response_urls_are_expired(stage: Stage) -> None:
    assert (await reply(stage, f"{stage.world.url}/slack/response/nope", text="x"))[0] == 404


async def test_a_press_tells_all_about_itself(stage: Stage) -> None:
    root = (await stage.act("say", text="root"))["ts"]
    async with pressing(stage) as pressed:
        ts = (await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=BUTTONS, thread_ts=root))["ts"]
        assert (await stage.act("press", user="U0BEN", message_ts=ts, **ROW)) == {"ok": True}
        body = await pressed.last()
    assert body["type"] == "block_actions"
    assert body["user"]["id"] == "U0BEN"
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": GENERAL,
        "is_ephemeral": False,
        "thread_ts": root,
    }
    assert body["channel"] == {"id": GENERAL, "name": "general"}
    assert body["message"]["thread_ts"] == root
    (row,) = body["message"]["blocks"]
    assert row["elements"] == [GO | {"text": GO_SAID}]
    assert body["actions"][0]["text"] == GO_SAID
    (action,) = body["actions"]
    assert action["action_ts"] > ts
    assert {"type": "button", "value": "job 7", **ROW}.items() <= action.items()
    assert {"trigger_id", "response_url", "state", "team", "api_app_id"} <= set(body)


async def test_a_menu_tells_what_was_chosen(stage: Stage) -> None:
    choices = [{"text": {"type": "plain_text", "text": size, "emoji": True}, "value": size} for size in ("1K", "4K")]
    menu = {"type": "static_select", "action_id": "go", "options": choices}
    blocks = [{"type": "actions", "block_id": "row", "elements": [menu]}]
    async with pressing(stage) as pressed:
        ts = (await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=blocks))["ts"]
        await stage.act("press", message_ts=ts, value="4K", **ROW)
        body = await pressed.last()
        assert body["actions"][0]["selected_option"] == choices[1]
        assert body["state"]["values"]["row"]["go"]["selected_option"] == choices[1]
        assert (await stage.act("press", message_ts=ts, value="8K", **ROW))["error"] == "option_not_found"


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ({"message_ts": "1.000001"}, "message_not_found"),
        ({"action_id": "gone"}, "action_not_found"),
        ({"block_id": "gone"}, "action_not_found"),
        ({"channel": "C0NOWHERE"}, "channel_not_found"),
        ({"channel": "D0BEN"}, "channel_not_found"),
    ],
)
async def test_only_what_is_there_can_be_pressed(stage: Stage, where: dict[str, str], error: str) -> None:
    ts = (await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=BUTTONS))["ts"]
    assert (await stage.act("press", **({"message_ts": ts} | ROW | where)))["error"] == error


async def test_a_press_nobody_answers_is_reported_and_not_repeated(stage: Stage) -> None:
    ts = (await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=BUTTONS))["ts"]
    assert (await stage.act("press", message_ts=ts, **ROW))["error"] == "dispatch_failed"
    heard = hearing(stage)
    await stage.turn("settings", {"ack_seconds": 0.1})
    async with on_socket(stage, heard.app):
        assert (await stage.act("press", message_ts=ts, **ROW))["error"] == "operation_timeout"
    assert [each["kind"] for each in await stage.look("control/deliveries")].count("action") == 2


async def test_a_press_can_replace_its_message(stage: Stage) -> None:
    async with pressing(stage) as pressed:
        ts = (await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=BUTTONS))["ts"]
        await stage.act("press", message_ts=ts, **ROW)
        url = (await pressed.last())["response_url"]
        await reply(stage, url, text="pressed", replace_original=True)
        (shown,) = await stage.seen()
        assert (shown["text"], "blocks" in shown) == ("pressed", False)
        await reply(stage, url, delete_original=True)
        assert await stage.seen() == []


async def test_an_ephemeral_can_be_pressed_by_its_person_only(stage: Stage) -> None:
    async with pressing(stage) as pressed:
        sent = await stage.client.chat_postEphemeral(channel=GENERAL, user=ANA, text="x", blocks=BUTTONS)
        ts = sent["message_ts"]
        assert (await stage.act("press", user="U0BEN", message_ts=ts, **ROW))["error"] == "message_not_found"
        await stage.act("press", message_ts=ts, **ROW)
        body = await pressed.last()
        assert (body["container"]["is_ephemeral"], "message" in body) == (True, False)
        await reply(stage, body["response_url"], text="done", replace_original=True)
        assert await texts(stage) == ["done"]


async def test_a_trigger_opens_one_modal(stage: Stage) -> None:
    heard = hearing(stage)
    submitted: list[dict[str, Any]] = []

    async def on_submit(ack: Any, body: dict[str, Any]) -> None:
        submitted.append(body)
        prompt = body["view"]["state"]["values"]["words"]["prompt"]["value"]
        await ack() if prompt else await ack(response_action="errors", errors={"words": "Say something."})

    heard.app.view("ask")(on_submit)
    async with on_socket(stage, heard.app):
        trigger = (await commanded(stage, heard))["trigger_id"]
        view = (await stage.client.views_open(trigger_id=trigger, view=MODAL))["view"]
        refusal = await refused(stage.client.views_open(trigger_id=trigger, view=MODAL))
        assert refusal["error"] == "exchanged_trigger_id"
        assert (await refused(stage.client.views_open(trigger_id="x", view=MODAL)))["error"] == "invalid_trigger_id"
        answer = await stage.act("submit_view", view_id=view["id"], state={"words": {"prompt": {"value": ""}}})
        assert answer["errors"] == {"words": "Say something."}
        answer = await stage.act("submit_view", view_id=view["id"], state={"words": {"prompt": {"value": "fox"}}})
        assert answer == {"ok": True}
        assert (await stage.act("submit_view", view_id=view["id"], state={}))["error"] == "view_not_found"
    assert submitted[-1]["type"] == "view_submission"
    assert submitted[-1]["view"]["callback_id"] == "ask"


async def test_closing_a_modal_is_told_when_it_was_asked_for(stage: Stage) -> None:
    async with pressing(stage) as pressed:
        trigger = (await commanded(stage, pressed.heard))["trigger_id"]
        view = (await stage.client.views_open(trigger_id=trigger, view=MODAL))["view"]
        assert (await stage.act("close_view", user="U0BEN", view_id=view["id"]))["error"] == "view_not_found"
        await stage.act("close_view", view_id=view["id"])
        body = await pressed.last()
        assert (body["type"], body["view"]["id"]) == ("view_closed", view["id"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": {"type": "plain_text", "text": "x" * 25}}, "must be less than 25 characters"),
        ({"submit": None}, "missing required field: submit"),
        ({"private_metadata": "x" * 3001}, "must be less than 3001 characters"),
        ({"nonsense": 1}, "invalid additional property: nonsense"),
        ({"type": "dialog"}, "unsupported type"),
        ({"blocks": [{"type": "markdown", "text": "x"}]}, "unsupported type: markdown"),
        ({"blocks": [{"type": "divider"}] * 101}, "no more than 100 items allowed"),
    ],
)
async def test_refuses_wrong_modals(stage: Stage, change: dict[str, Any], reason: str) -> None:
    view = {name: value for name, value in (MODAL | change).items() if value is not None}
    refusal = await refused(stage.client.views_open(trigger_id="unused", view=view))
    assert refusal["error"] == "invalid_arguments"
    assert reason in str(refusal["response_metadata"]["messages"])


async def test_a_shortcut_on_a_message_carries_the_message() -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["features"]["shortcuts"] = [
        {"name": "Edit", "type": "message", "callback_id": "edit_picture", "description": "Edit this picture"}
    ]
    async with staged(manifest) as stage, pressing(stage) as pressed:
        file_id = await stage.attach(picture())
        ts = (await stage.act("say", text="look", files=[file_id]))["ts"]
        assert (await stage.act("shortcut", callback_id="edit_picture", message_ts=ts))["ok"]
        body = await pressed.last()
        assert (body["type"], body["message"]["files"][0]["id"]) == ("message_action", file_id)
        assert (await stage.act("shortcut", callback_id="nope", message_ts=ts))["error"] == "shortcut_not_found"


async def test_without_interactivity_nothing_can_be_pressed() -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["settings"]["interactivity"]["is_enabled"] = False
    async with staged(manifest) as stage:
        ts = (await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=BUTTONS))["ts"]
        assert (await stage.act("press", message_ts=ts, **ROW))["error"] == "interactivity_not_enabled"


async def test_only_subscribed_events_are_told() -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["message.im"]
    async with staged(manifest) as stage:
        heard = hearing(stage)
        async with on_socket(stage, heard.app):
            await stage.act("say", text=f"<@{keys.BOT_USER}> hello")
            await stage.act("say", channel="D0ANA", text="psst")

            async def told() -> list[str]:
                return heard.kinds()

            await eventually(told)
            assert [body["event"]["channel"] for body in heard.events] == ["D0ANA"]
            assert len(await stage.look("control/deliveries")) == 1
