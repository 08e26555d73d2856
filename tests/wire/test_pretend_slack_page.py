"""The page's side: what a person sees, does and is told live; what survives a restart."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground import keys
from tests.wire.slack_stage import ANA, BEN, GENERAL, RANDOM, Stage, picture, refused, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.turn("settings", {"rate_limits": False, "file_delay": 0.0})
        yield made


async def test_state_is_one_persons_view(stage: Stage) -> None:
    state = await stage.look("page/state", user=BEN)
    assert state["me"] == BEN
    assert {room["id"] for room in state["channels"]} == {GENERAL, "C0DESIGN", RANDOM, "D0BEN"}
    assert next(room for room in state["channels"] if room["id"] == RANDOM)["is_member_bot"] is False
    assert state["commands"][0]["command"] == "/imagine"
    assert state["bot"] == {"id": keys.BOT_USER, "name": "Threadpaint"}


async def test_the_index_lets_no_foreign_code_in(stage: Stage) -> None:
    async with stage.http.get(stage.world.url) as answer:
        assert answer.content_type == "text/html"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")


async def test_other_sites_are_refused(stage: Stage) -> None:
    for path in ("/page/state", "/control/posted"):
        async with stage.http.get(stage.world.url + path, headers={"Origin": "https://evil.example"}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "[", ""])
async def test_a_name_that_was_pointed_here_is_refused(stage: Stage, host: str) -> None:
    """As by a page whose own name leads here after a while: its Origin is then the address it asks."""
    port = stage.world.url.rpartition(":")[2]
    headers = {"Host": f"{host}:{port}", "Origin": f"http://{host}:{port}"}
    for path in ("/", "/page/state", "/control/posted", "/page/live"):
        async with stage.http.get(stage.world.url + path, params={"user": ANA}, headers=headers) as answer:
            assert (answer.status, await answer.text()) == (403, "another host")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
async def test_our_own_names_are_served(stage: Stage, host: str) -> None:
    for name in (host, f"{host}:8765"):
        headers = {"Host": name, "Origin": f"http://{name}"}
        async with stage.http.get(f"{stage.world.url}/control/posted", headers=headers) as answer:
            assert answer.status == 200


@pytest.mark.parametrize("user", ["U0NOBODY", keys.BOT_USER, keys.SLACKBOT])
async def test_nobody_else_can_be_played(stage: Stage, user: str) -> None:
    async with stage.http.get(f"{stage.world.url}/page/state", params={"user": user}) as answer:
        assert answer.status == 404


async def test_what_is_typed_is_escaped_as_slack_does(stage: Stage) -> None:
    await stage.act("say", text="<b> & <@U0BEN> :fox_face: https://x.example/?a=1&b=2.")
    (shown,) = await stage.seen()
    assert shown["text"] == ("&lt;b&gt; &amp; <@U0BEN> :fox_face: <https://x.example/?a=1&amp;b=2>.")
    (section,) = shown["blocks"][0]["elements"]
    assert section["elements"] == [
        {"type": "text", "text": "<b> & "},
        {"type": "user", "user_id": "U0BEN"},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "fox_face"},
        {"type": "text", "text": " "},
        {"type": "link", "url": "https://x.example/?a=1&b=2"},
        {"type": "text", "text": "."},
    ]


async def next_of(page: Any, kind: str) -> dict[str, Any]:
    while True:
        news = await asyncio.wait_for(page.receive_json(), 5)
        if news["type"] == kind:
            return dict(news)


async def test_news_come_live_to_those_who_may_see_them(stage: Stage) -> None:
    live = f"{stage.world.url}/page/live?user="
    async with stage.http.ws_connect(live + ANA) as ana, stage.http.ws_connect(live + BEN) as ben:
        root = (await stage.act("say", text="hello"))["ts"]
        assert (await next_of(ben, "message"))["message"]["text"] == "hello"
        await stage.client.chat_postEphemeral(channel=GENERAL, user=ANA, text="only ana")
        await stage.act("say", channel="D0ANA", text="a secret")
        await stage.client.assistant_threads_setStatus(channel_id=GENERAL, thread_ts=root, status="is painting…")
        told = await asyncio.wait_for(ben.receive_json(), 5)
        assert (told["type"], told["status"], told["thread_ts"]) == ("status", "is painting…", root)
        reply = (await stage.client.chat_postMessage(channel=GENERAL, text="hi", thread_ts=root))["ts"]
        assert (await next_of(ben, "changed"))["message"]["reply_count"] == 1
        assert (await next_of(ben, "status"))["status"] == ""
        await stage.client.chat_delete(channel=GENERAL, ts=reply)
        assert (await next_of(ben, "deleted"))["ts"] == reply
        seen = [await next_of(ana, "message") for _ in range(4)]
        assert [news["message"]["text"] for news in seen] == ["hello", "only ana", "a secret", "hi"]


async def test_a_modal_appears_and_goes_live(stage: Stage) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Hi"}, "blocks": [{"type": "divider"}]}
    async with stage.http.ws_connect(f"{stage.world.url}/page/live?user={ANA}") as page:
        trigger = stage.world.slack.triggers.hand_out(ANA)
        view_id = (await stage.client.views_open(trigger_id=trigger, view=view))["view"]["id"]
        assert (await next_of(page, "view"))["view"]["id"] == view_id
        await stage.client.views_update(view_id=view_id, view=view | {"title": {"type": "plain_text", "text": "Ho"}})
        assert (await next_of(page, "view"))["view"]["title"]["text"] == "Ho"
        await stage.act("close_view", view_id=view_id)
        assert (await next_of(page, "view_closed"))["view_id"] == view_id


async def test_own_messages_only_can_be_edited_and_deleted(stage: Stage) -> None:
    ts = (await stage.act("say", text="mine"))["ts"]
    assert (await stage.act("edit", user=BEN, ts=ts, text="his"))["error"] == "cant_update_message"
    assert (await stage.act("delete", user=BEN, ts=ts))["error"] == "cant_update_message"
    assert (await stage.act("edit", ts=ts, text=" "))["error"] == "no_text"
    assert (await stage.act("edit", ts=ts, text="better"))["ok"]
    (shown,) = await stage.seen()
    assert (shown["text"], shown["edited"]["user"]) == ("better", ANA)
    assert (await stage.act("delete", ts=ts))["ok"]
    assert await stage.seen() == []


async def test_reactions_toggle(stage: Stage) -> None:
    ts = (await stage.act("say", text="hello"))["ts"]
    await stage.act("react", ts=ts, name=":tada:")
    await stage.act("react", user=BEN, ts=ts, name="tada")
    (shown,) = await stage.seen()
    assert shown["reactions"] == [{"name": "tada", "users": [ANA, BEN], "count": 2}]
    await stage.act("react", ts=ts, name="tada")
    await stage.act("react", user=BEN, ts=ts, name="tada")
    (shown,) = await stage.seen()
    assert "reactions" not in shown


@pytest.mark.parametrize(
    ("act", "body", "error"),
    [
        ("say", {"text": ""}, "no_text"),
        ("say", {"text": "x", "channel": "D0BEN"}, "channel_not_found"),
        ("say", {"text": "x", "thread_ts": "1.1"}, "thread_not_found"),
        ("say", {"files": ["F0NONE"]}, "file_not_found"),
        ("edit", {"ts": "1.1", "text": "x"}, "message_not_found"),
        ("react", {"ts": "1.1", "name": "x"}, "message_not_found"),
    ],
)
async def test_refuses_what_a_person_cannot_do(stage: Stage, act: str, body: dict[str, Any], error: str) -> None:
    assert (await stage.act(act, **body))["error"] == error


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"'])
async def test_refuses_bodies_that_are_no_object(stage: Stage, body: str) -> None:
    async with stage.http.post(f"{stage.world.url}/page/say", data=body) as answer:
        assert answer.status == 400


async def test_an_uploaded_page_cannot_run(stage: Stage) -> None:
    file_id = await stage.attach(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "a.svg")
    async with stage.http.get(f"{stage.world.url}/page/file/{file_id}/a.svg") as answer:
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_restart_finds_channels_and_files_again(tmp_path: Path) -> None:
    async with staged(data=tmp_path) as before:
        file_id = await before.attach(picture())
        root = (await before.act("say", text="look", files=[file_id]))["ts"]
        await before.client.chat_postMessage(channel=GENERAL, text="nice", thread_ts=root)
        await before.client.chat_postEphemeral(channel=GENERAL, user=ANA, text="only you")
    async with staged(data=tmp_path) as after:
        shown = await after.seen()
        assert [m["text"] for m in shown] == ["look", "only you"]
        assert shown[0]["reply_count"] == 1
        async with after.http.get(after.world.url + shown[0]["files"][0]["page_url"]) as answer:
            assert await answer.read() == picture()
        assert (await after.client.files_info(file=file_id))["file"]["mimetype"] == "image/png"
        assert (await after.act("say", text="more"))["ts"] > root


async def test_a_memory_that_cannot_be_read_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "history.json").write_text(json.dumps({"channels": [{"oops": 1}], "files": []}))
    async with staged(data=tmp_path) as stage:
        assert await stage.seen() == []
        assert (tmp_path / "history.broken").exists()


async def test_people_see_what_the_app_may_not(stage: Stage) -> None:
    await stage.act("say", channel=RANDOM, text="between us")
    assert (await refused(stage.client.conversations_history(channel=RANDOM)))["error"] == "not_in_channel"
    assert len(await stage.seen(channel=RANDOM)) == 1
