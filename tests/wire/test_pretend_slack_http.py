"""HTTP mode with Bolt's own verification behind a real aiohttp server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

from bot.playground import keys
from tests.wire.slack_stage import GENERAL, Heard, Stage, eventually, hearing, staged

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.turn("settings", {"retry_after_scale": 0.001})
        yield made


@asynccontextmanager
async def served(handler: Handler) -> AsyncIterator[str]:
    """A server with one address; yields it."""
    app = web.Application()
    app.router.add_post("/slack/events", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


def by_bolt(heard: Heard) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await heard.app.async_dispatch(await to_bolt_request(request)))

    return handle


@asynccontextmanager
async def listening(stage: Stage, answer: Any = None) -> AsyncIterator[Heard]:
    heard = hearing(stage, answer)
    async with served(by_bolt(heard)) as url:
        assert (await stage.turn("transport", {"mode": "http", "url": url}))["ok"]
        yield heard


async def deliveries(stage: Stage, number: int) -> list[dict[str, Any]]:
    async def enough() -> list[dict[str, Any]]:
        found = await stage.look("control/deliveries")
        return found if len(found) >= number else []

    return list(await eventually(enough))


async def test_events_and_commands_arrive_signed(stage: Stage) -> None:
    async with listening(stage, {"response_type": "in_channel", "text": "at once"}) as heard:
        assert (await stage.look("page/state", user="U0ANA"))["mode"] == "http"
        await stage.act("say", text="hello")
        await stage.act("command", command="/imagine", text="a fox & <b> @ben #general https://x.example/y")
        await deliveries(stage, 2)
        assert heard.events[0]["event"]["text"] == "hello"
        assert heard.commands[0]["text"] == (
            "a fox &amp; &lt;b&gt; <@U0BEN|ben> <#C0GENERAL|general> <https://x.example/y>"
        )

        async def answered() -> list[str]:
            texts = [m["text"] for m in await stage.seen()]
            return texts if "at once" in texts else []

        assert (await eventually(answered))[1].startswith("/imagine a fox")


async def test_an_app_that_does_not_answer_the_challenge_is_not_taken(stage: Stage) -> None:
    async def mute(_request: web.Request) -> web.Response:
        return web.Response(text="hello")

    async with served(mute) as url:
        answer = await stage.turn("transport", {"mode": "http", "url": url})
    assert answer == {"ok": False, "error": "url_verification_failed"}
    assert not (await stage.turn("transport", {"mode": "http", "url": "http://127.0.0.1:9/slack/events"}))["ok"]
    assert stage.world.slack.deliveries.url is None


async def test_failures_are_repeated_with_their_reason_until_told_not_to(stage: Stage) -> None:
    got: list[tuple[str | None, str | None]] = []

    async def fail(request: web.Request) -> web.Response:
        body = await request.json()
        if body["type"] == "url_verification":
            return web.Response(text=body["challenge"])
        got.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        stop = {"X-Slack-No-Retry": "1"} if len(got) == 3 else {}
        return web.Response(status=500, headers=stop)

    async with served(fail) as url:
        await stage.turn("transport", {"mode": "http", "url": url})
        await stage.act("say", text="hello")
        await deliveries(stage, 3)
        await stage.act("say", text="and on")
        await deliveries(stage, 4)
    assert got[:3] == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert got[3][0] is None


async def test_a_spoilt_signature_is_refused_by_the_app(stage: Stage) -> None:
    async with listening(stage) as heard:
        body = {"kind": "command", "payload": {"command": "/imagine", "text": "x", "user_id": "U0ANA"}}
        answer = await stage.turn("deliver", body | {"headers": {"X-Slack-Signature": "v0=0000"}})
        assert (answer["acked"], answer["status"]) == (False, 401)
        stale = await stage.turn("deliver", body | {"headers": {"X-Slack-Request-Timestamp": "1000000000"}})
        assert stale["status"] == 401
        assert heard.commands == []


async def test_a_slow_app_is_reported_to_the_person(stage: Stage) -> None:
    async def slow(request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            return web.Response(text=(await request.json())["challenge"])
        await asyncio.Event().wait()
        return web.Response()

    async with served(slow) as url:
        await stage.turn("transport", {"mode": "http", "url": url})
        await stage.turn("settings", {"ack_seconds": 0.1})
        await stage.act("command", command="/imagine", text="a fox")

        async def complaint() -> list[str]:
            return [m["text"] for m in await stage.seen()]

        assert await eventually(complaint) == ['/imagine failed with the error "operation_timeout"']


async def test_going_back_to_sockets(stage: Stage) -> None:
    async with listening(stage):
        pass
    await stage.turn("transport", {"mode": "socket"})
    assert (await stage.look("page/state", user="U0ANA"))["mode"] == "none"
    assert stage.world.slack.sockets.enabled


async def test_pressing_arrives_as_a_form(stage: Stage) -> None:
    pressed: list[dict[str, Any]] = []
    async with listening(stage) as heard:

        async def on_press(ack: Any, body: dict[str, Any]) -> None:
            pressed.append(body)
            await ack()

        heard.app.action("go")(on_press)
        button = {"type": "button", "action_id": "go", "value": "7", "text": {"type": "plain_text", "text": "Go"}}
        blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
        ts = (await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=blocks))["ts"]
        assert (await stage.act("press", message_ts=ts, block_id="row", action_id="go"))["ok"]
    assert pressed[0]["actions"][0]["value"] == "7"
    assert pressed[0]["message"]["bot_id"] == keys.BOT_ID
