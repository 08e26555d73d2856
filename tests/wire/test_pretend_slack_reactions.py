"""Reactions as the app hears of them, and blocks as Slack gives them back."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.playground import keys
from tests.wire.slack_stage import (
    ANA,
    BEN,
    GENERAL,
    MANIFEST,
    RANDOM,
    Stage,
    eventually,
    hearing,
    on_socket,
    picture,
    refused,
    staged,
)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.turn("settings", {"rate_limits": False, "file_delay": 0.0, "retry_after_scale": 0.0})
        yield made


async def told(stage: Stage, kind: str, count: int) -> list[dict[str, Any]]:
    """The deliveries of this type, once there are so many of them."""

    async def enough() -> list[dict[str, Any]]:
        found = [line for line in await stage.look("control/deliveries") if line["type"] == kind]
        return found if len(found) >= count else []

    return list(await eventually(enough))


async def test_the_app_hears_who_reacted_with_what_to_which_message(stage: Stage) -> None:
    posted = (await stage.client.chat_postMessage(channel=GENERAL, text="look"))["ts"]
    heard = hearing(stage)
    for kind in ("reaction_added", "reaction_removed"):
        heard.app.event(kind)(_listener(heard))
    async with on_socket(stage, heard.app):
        for name, act in (("thumbsup", {}), ("+1::skin-tone-3", {"remove": False}), (":+1:", {"remove": True})):
            assert await stage.act("react", user=BEN, ts=posted, name=name, **act) == {"ok": True}
        bodies = await eventually(lambda: _all(heard.events, 3))
    events = sorted((body["event"] for body in bodies), key=lambda event: event["event_ts"])
    assert [(event["type"], event["reaction"]) for event in events] == [
        ("reaction_added", "+1"),
        ("reaction_added", "+1::skin-tone-3"),
        ("reaction_removed", "+1"),
    ]
    for event in events:
        assert event["user"] == BEN
        assert event["item"] == {"type": "message", "channel": GENERAL, "ts": posted}
        assert event["item_user"] == keys.BOT_USER
        assert event["event_ts"] > posted
    assert len({body["event_id"] for body in bodies}) == 3


def _listener(heard: Any) -> Any:
    async def listen(body: dict[str, Any]) -> None:
        heard.events.append(body)

    return listen


async def _all(found: list[Any], count: int) -> list[Any]:
    return found if len(found) >= count else []


async def test_reactions_are_delivered_again_like_other_events(stage: Stage) -> None:
    await stage.turn("settings", {"redeliver": {"times": 2}})
    heard = hearing(stage)
    async with on_socket(stage, heard.app):
        ts = (await stage.act("say", text="hello"))["ts"]
        await stage.act("react", ts=ts, name="+1")
        lines = await told(stage, "reaction_added", 3)
    assert [line["retry"] for line in lines] == [0, 1, 2]
    assert len({line["event_id"] for line in lines}) == 1


@pytest.mark.parametrize(
    ("path", "value"), [("scope", "reactions:read"), ("event", "reaction_added"), ("event", "reaction_removed")]
)
async def test_without_scope_or_subscription_nothing_is_told(path: str, value: str) -> None:
    manifest = copy.deepcopy(MANIFEST)
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    (scopes if path == "scope" else manifest["settings"]["event_subscriptions"]["bot_events"]).remove(value)
    silent = {"reaction_added", "reaction_removed"} if path == "scope" else {value}
    async with staged(manifest) as stage:
        ts = (await stage.act("say", text="hello"))["ts"]
        for remove in (False, True):
            assert (await stage.act("react", ts=ts, name="+1", remove=remove))["ok"]
        after = (await stage.act("say", text="after"))["ts"]
        assert after > ts
        await told(stage, "message", 2)
        kinds = {line["type"] for line in await stage.look("control/deliveries")}
    assert not kinds & silent


async def test_an_app_that_is_no_member_hears_of_no_reaction(stage: Stage) -> None:
    ts = (await stage.act("say", channel=RANDOM, text="between us"))["ts"]
    assert (await stage.act("react", channel=RANDOM, ts=ts, name="+1"))["ok"]
    await stage.act("say", text="aloud")
    await told(stage, "message", 1)
    assert [line for line in await stage.look("control/deliveries") if line["type"] == "reaction_added"] == []


async def test_a_reaction_is_given_and_taken_once(stage: Stage) -> None:
    ts = (await stage.act("say", text="hello"))["ts"]
    assert (await stage.act("react", ts=ts, name="-1", remove=True))["error"] == "no_reaction"
    assert (await stage.act("react", ts=ts, name="-1", remove=False))["ok"]
    assert (await stage.act("react", ts=ts, name="thumbsdown", remove=False))["error"] == "already_reacted"
    assert (await stage.act("react", ts=ts, name="Not an emoji"))["error"] == "invalid_name"
    (shown,) = await stage.seen()
    assert shown["reactions"] == [{"name": "-1", "users": [ANA], "count": 1}]


async def test_nobody_reacts_to_what_is_gone_or_for_one_person_only(stage: Stage) -> None:
    root = (await stage.act("say", text="root"))["ts"]
    await stage.act("say", text="reply", thread_ts=root)
    await stage.act("delete", ts=root)
    only = (await stage.client.chat_postEphemeral(channel=GENERAL, user=ANA, text="for you"))["message_ts"]
    for ts in (root, only):
        assert (await stage.act("react", ts=ts, name="+1"))["error"] == "message_not_found"


async def test_one_person_has_so_many_reactions(stage: Stage) -> None:
    ts = (await stage.act("say", text="hello"))["ts"]
    for number in range(23):
        assert (await stage.act("react", ts=ts, name=f"emoji-{number}"))["ok"]
    assert (await stage.act("react", ts=ts, name="+1"))["error"] == "too_many_emoji"
    assert (await stage.act("react", user=BEN, ts=ts, name="+1"))["ok"]


async def test_the_app_cannot_react_without_the_scope(stage: Stage) -> None:
    ts = (await stage.act("say", text="hello"))["ts"]
    for call in (stage.client.reactions_add, stage.client.reactions_remove):
        assert (await refused(call(channel=GENERAL, timestamp=ts, name="eyes")))["error"] == "missing_scope"


async def test_slack_gives_more_back_than_it_was_sent_and_does_not_take_it(stage: Stage) -> None:
    file_id = await stage.upload(picture(size=(60, 40)))
    sent: list[dict[str, Any]] = [
        {
            "type": "image",
            "block_id": "it",
            "slack_file": {"id": file_id},
            "alt_text": "x",
            "title": {"type": "plain_text", "text": "T"},
        },
        {"type": "section", "block_id": "words", "text": {"type": "mrkdwn", "text": "*hi*"}},
    ]
    given = (await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=sent))["message"]
    image, section = given["blocks"]
    assert section["text"] == {"type": "mrkdwn", "text": "*hi*", "verbatim": False}
    assert image["title"] == {"type": "plain_text", "text": "T", "emoji": True}
    assert (image["image_width"], image["image_height"], image["fallback"]) == (60, 40, "60x40px image")
    assert image["image_bytes"] == len(picture(size=(60, 40)))
    assert image["is_animated"] is False
    assert set(image["slack_file"]) == {"id", "url"}
    for call in (stage.client.chat_postMessage, stage.client.chat_update):
        more = {} if call == stage.client.chat_postMessage else {"ts": given["ts"]}
        refusal = await refused(call(channel=GENERAL, text="x", blocks=given["blocks"], **more))
        assert refusal["error"] == "invalid_blocks"
        said = " ".join(refusal["response_metadata"]["messages"])
        assert "invalid additional property: image_width [json-pointer:/blocks/0]" in said
        assert "must provide exactly one of: id, url [json-pointer:/blocks/0/slack_file]" in said
    kept = [
        {name: image[name] for name in ("type", "block_id", "alt_text", "title")} | {"slack_file": {"id": file_id}},
        section,
    ]
    await stage.client.chat_update(channel=GENERAL, ts=given["ts"], text="x", blocks=kept)
    (shown,) = await stage.seen()
    assert "broken" not in shown["blocks"][0]
    assert shown["blocks"][0]["page_url"].startswith(f"/page/file/{file_id}/")


async def test_an_update_does_not_take_a_file_that_is_not_ready(stage: Stage) -> None:
    ts = (await stage.client.chat_postMessage(channel=GENERAL, text="wait"))["ts"]
    await stage.turn("settings", {"file_delay": 60.0})
    done = await stage.client.files_upload_v2(content=picture(), filename="a.png")
    blocks = [{"type": "image", "slack_file": {"id": done["file"]["id"]}, "alt_text": "x"}]
    refusal = await refused(stage.client.chat_update(channel=GENERAL, ts=ts, text="x", blocks=blocks))
    assert refusal["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]


async def test_a_press_carries_the_pictures_as_slack_knows_them(stage: Stage) -> None:
    file_id = await stage.upload(picture())
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    blocks = [
        {"type": "image", "slack_file": {"id": file_id}, "alt_text": "x"},
        {"type": "actions", "block_id": "row", "elements": [button]},
    ]
    heard = hearing(stage)
    bodies: list[dict[str, Any]] = []

    async def on_press(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        await ack()

    heard.app.action("go")(on_press)
    async with on_socket(stage, heard.app):
        ts = (await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=blocks))["ts"]
        assert (await stage.act("press", message_ts=ts, block_id="row", action_id="go"))["ok"]
        (body,) = await eventually(lambda: _all(bodies, 1))
    image, row = body["message"]["blocks"]
    assert {"image_width", "image_height", "image_bytes", "fallback", "is_animated"} <= set(image)
    assert row["elements"][0]["text"]["emoji"] is True


async def test_a_picture_stays_where_an_update_put_it_when_its_first_message_goes(stage: Stage) -> None:
    blocks = [{"type": "image", "slack_file": {"id": await stage.upload(picture())}, "alt_text": "x"}]
    first = (await stage.client.chat_postMessage(channel=GENERAL, text="first", blocks=blocks))["ts"]
    second = (await stage.client.chat_postMessage(channel=GENERAL, text="second"))["ts"]
    await stage.client.chat_update(channel=GENERAL, ts=second, text="second", blocks=blocks)
    await stage.client.chat_delete(channel=GENERAL, ts=first)
    await stage.client.chat_update(channel=GENERAL, ts=second, text="again", blocks=blocks)
    (shown,) = await stage.seen()
    assert "broken" not in shown["blocks"][0]


async def test_a_picture_never_shared_stays_broken_in_every_update(stage: Stage) -> None:
    blocks = [{"type": "image", "slack_file": {"id": await stage.upload(picture())}, "alt_text": "x"}]
    ts = (await stage.client.chat_postMessage(channel=GENERAL, text="wait"))["ts"]
    for _ in range(2):
        await stage.client.chat_update(channel=GENERAL, ts=ts, text="here", blocks=blocks)
        (shown,) = await stage.seen()
        assert shown["blocks"][0]["broken"] is True
