"""The Web API's front door: tokens, scopes, bodies, limits, faults."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.playground import keys
from tests.wire.slack_stage import GENERAL, MANIFEST, RANDOM, Stage, refused, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


async def call(stage: Stage, method: str, token: str = keys.BOT_TOKEN, **sent: Any) -> tuple[int, dict[str, Any], Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with stage.http.post(f"{stage.world.slack_api_url}{method}", headers=headers, **sent) as answer:
        return answer.status, await answer.json(), answer.headers


async def test_who_am_i(stage: Stage) -> None:
    me = await stage.client.auth_test()
    assert (me["user_id"], me["bot_id"], me["team_id"]) == (keys.BOT_USER, keys.BOT_ID, keys.TEAM_ID)


@pytest.mark.parametrize(
    ("method", "token", "error"),
    [
        ("chat.postMessage", "", "not_authed"),
        ("chat.postMessage", "xoxb-wrong", "invalid_auth"),
        ("chat.postMessage", keys.APP_TOKEN, "not_allowed_token_type"),
        ("apps.connections.open", keys.BOT_TOKEN, "not_allowed_token_type"),
        ("chat.shout", keys.BOT_TOKEN, "unknown_method"),
        ("chat.postMessage", keys.BOT_TOKEN, "invalid_arguments"),
        ("users.info", keys.BOT_TOKEN, "missing_scope"),
    ],
)
async def test_refuses_at_the_door(stage: Stage, method: str, token: str, error: str) -> None:
    status, answer, _ = await call(stage, method, token)
    assert (status, answer["ok"], answer["error"]) == (200, False, error)


async def test_tells_what_scope_is_missing(stage: Stage) -> None:
    _, answer, headers = await call(stage, "reactions.add")
    assert answer["needed"] == "reactions:write"
    assert set(answer["provided"].split(",")) == set(MANIFEST["oauth_config"]["scopes"]["bot"])
    assert headers["x-oauth-scopes"] == answer["provided"]


async def test_each_kind_of_channel_needs_its_own_scope() -> None:
    narrow = copy.deepcopy(MANIFEST)
    narrow["oauth_config"]["scopes"]["bot"] = ["chat:write", "im:history"]
    async with staged(narrow) as stage:
        answer = await refused(stage.client.conversations_history(channel=GENERAL))
        assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")
        assert (await stage.client.conversations_history(channel="D0ANA"))["messages"] == []


@pytest.mark.parametrize("way", ["json", "form", "query", "token in form"])
async def test_reads_arguments_however_they_come(stage: Stage, way: str) -> None:
    given = {"channel": GENERAL, "text": f"by {way} & more ✓"}
    sent: dict[str, Any] = {
        "json": {"json": given},
        "form": {"data": given},
        "query": {"params": given},
        "token in form": {"data": given | {"token": keys.BOT_TOKEN}, "token": ""},
    }[way]
    _, answer, _ = await call(stage, "chat.postMessage", **sent)
    assert answer["message"]["text"] == given["text"]


@pytest.mark.parametrize(
    ("body", "kind", "error"),
    [
        ("{oops", "application/json", "invalid_json"),
        ("[1]", "application/json; charset=utf-8", "json_not_object"),
        ("<a/>", "application/xml", "invalid_post_type"),
    ],
)
async def test_refuses_bodies_it_cannot_read(stage: Stage, body: str, kind: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {keys.BOT_TOKEN}", "Content-Type": kind}
    url = f"{stage.world.slack_api_url}chat.postMessage"
    async with stage.http.post(url, headers=headers, data=body.encode()) as response:
        answer = await response.json()
    assert answer["error"] == error


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": RANDOM, "text": "x"}, "not_in_channel"),
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": GENERAL}, "no_text"),
        ({"channel": GENERAL, "text": "  "}, "no_text"),
        ({"channel": GENERAL, "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": GENERAL, "text": ["x"]}, "invalid_arguments"),
        ({"channel": GENERAL, "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": GENERAL, "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"channel": "U0NOBODY", "text": "x"}, "channel_not_found"),
    ],
)
async def test_refuses_posts(stage: Stage, arguments: dict[str, Any], error: str) -> None:
    _, answer, _ = await call(stage, "chat.postMessage", json=arguments)
    assert answer["error"] == error
    assert await stage.look("control/posted") == []


async def test_a_private_channel_hides_from_strangers(stage: Stage) -> None:
    await stage.turn("channel", {"id": "G0SECRET", "name": "secret", "members": ["U0ANA"], "is_private": True})
    assert (await refused(stage.client.chat_postMessage(channel="G0SECRET", text="x")))["error"] == "channel_not_found"


async def test_archived_channels_take_no_posts(stage: Stage) -> None:
    room = {"id": "C0OLD", "name": "old", "members": ["U0ANA", keys.BOT_USER], "is_archived": True}
    await stage.turn("channel", room)
    assert (await refused(stage.client.chat_postMessage(channel="C0OLD", text="x")))["error"] == "is_archived"


async def test_posts_to_a_person_land_in_their_direct_message(stage: Stage) -> None:
    assert (await stage.client.chat_postMessage(channel="U0BEN", text="psst"))["channel"] == "D0BEN"


async def test_one_message_a_second_in_a_channel_after_a_burst_of_four(stage: Stage) -> None:
    for _ in range(4):
        await stage.client.chat_postMessage(channel=GENERAL, text="x")
    status, answer, headers = await call(stage, "chat.postMessage", json={"channel": GENERAL, "text": "x"})
    assert (status, answer["error"], headers["Retry-After"]) == (429, "ratelimited", "1")
    await stage.client.chat_postMessage(channel="C0DESIGN", text="another channel has its own count")
    await stage.turn("settings", {"rate_limits": False})
    await stage.client.chat_postMessage(channel=GENERAL, text="x")


async def test_a_refused_post_leaves_no_message_and_a_trace_without_the_token(stage: Stage) -> None:
    await call(stage, "chat.postMessage", "", data={"token": keys.BOT_TOKEN, "channel": GENERAL})
    (entry,) = await stage.look("control/calls", api="slack")
    assert (entry["method"], entry["ok"], entry["error"]) == ("chat.postMessage", False, "no_text")
    assert keys.BOT_TOKEN not in str(entry)


async def test_faults_happen_as_often_as_they_were_asked_for(stage: Stage) -> None:
    fault = {"error": "ratelimited", "retry_after": 7}
    await stage.turn("faults", {"api": "slack", "method": "auth.test", "times": 2, "fault": fault})
    for _ in range(2):
        status, answer, headers = await call(stage, "auth.test")
        assert (status, answer["error"], headers["Retry-After"]) == (429, "ratelimited", "7")
    assert (await stage.client.auth_test())["ok"]


async def test_a_server_error_has_no_json(stage: Stage) -> None:
    await stage.turn("faults", {"api": "slack", "method": "auth.test", "fault": {"status": 503}})
    url = f"{stage.world.slack_api_url}auth.test"
    async with stage.http.post(url, headers={"Authorization": f"Bearer {keys.BOT_TOKEN}"}) as answer:
        assert (answer.status, answer.content_type) == (503, "text/plain")


@pytest.mark.parametrize(("when", "posted"), [("before", 0), ("after", 1)])
async def test_a_cut_connection_tells_nothing_about_what_was_done(stage: Stage, when: str, posted: int) -> None:
    await stage.turn("faults", {"api": "slack", "method": "chat.postMessage", "fault": {"drop": when}})
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call(stage, "chat.postMessage", json={"channel": GENERAL, "text": "x"})
    assert len(await stage.look("control/posted")) == posted


async def test_a_hanging_call_ends_without_an_answer(stage: Stage) -> None:
    await stage.turn("faults", {"api": "slack", "method": "auth.test", "fault": {"hang": 0.05}})
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call(stage, "auth.test")


async def test_unknown_faults_are_refused(stage: Stage) -> None:
    answer = await stage.turn("faults", {"api": "slack", "method": "auth.test", "fault": {"explode": 1}})
    assert not answer["ok"]


async def test_forgetting_faults_spares_the_next_call(stage: Stage) -> None:
    await stage.turn("faults", {"api": "slack", "method": "auth.test", "fault": {"error": "fatal_error"}})
    async with stage.http.delete(f"{stage.world.url}/control/faults") as answer:
        assert answer.status == 200
    assert (await stage.client.auth_test())["ok"]


async def test_reset_begins_again(stage: Stage) -> None:
    await stage.client.chat_postMessage(channel=GENERAL, text="x")
    await stage.turn("reset", {})
    assert await stage.look("control/posted") == []
    assert await stage.look("control/calls", api="slack") == []
