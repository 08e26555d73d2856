"""Socket Mode with the real handler: who gets what, what happens without an ack, what a lost line does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from bot.playground import keys
from tests.wire.slack_stage import GENERAL, RANDOM, Stage, eventually, hearing, on_socket, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.turn("settings", {"retry_after_scale": 0.001})
        yield made


async def deliveries(stage: Stage, number: int) -> list[dict[str, Any]]:
    async def enough() -> list[dict[str, Any]]:
        found = await stage.look("control/deliveries")
        return found if len(found) >= number else []

    return list(await eventually(enough))


async def line(stage: Stage) -> aiohttp.ClientWebSocketResponse:
    """A bare WebSocket that has said hello."""
    url = f"{stage.world.slack_api_url}apps.connections.open"
    async with stage.http.post(url, headers={"Authorization": f"Bearer {keys.APP_TOKEN}"}) as answer:
        address = (await answer.json())["url"]
    socket = await stage.http.ws_connect(address)
    assert (await socket.receive_json())["type"] == "hello"
    return socket


async def test_a_mention_is_told_twice_and_a_direct_message_once(stage: Stage) -> None:
    heard = hearing(stage)
    async with on_socket(stage, heard.app):
        await stage.act("say", text=f"<@{keys.BOT_USER}> a fox")
        await deliveries(stage, 2)
        assert sorted(heard.kinds()) == ["app_mention", "message"]
        assert len({body["event_id"] for body in heard.events}) == 2
        mention = next(body["event"] for body in heard.events if body["event"]["type"] == "app_mention")
        message = next(body["event"] for body in heard.events if body["event"]["type"] == "message")
        assert mention["ts"] == message["ts"]
        assert message["channel_type"] == "channel"
        heard.events.clear()
        await stage.act("say", channel="D0ANA", text=f"<@{keys.BOT_USER}> a fox")
        await deliveries(stage, 3)
        assert heard.kinds() == ["message"]
        assert heard.events[0]["event"]["channel_type"] == "im"


async def test_the_app_hears_nothing_where_it_is_no_member_until_it_is_invited(stage: Stage) -> None:
    heard = hearing(stage)
    async with on_socket(stage, heard.app):
        await stage.act("say", channel=RANDOM, text=f"<@{keys.BOT_USER}> a fox")
        (_, offer) = await stage.seen(channel=RANDOM)
        assert offer["user"] == keys.SLACKBOT
        assert await stage.look("control/deliveries") == []
        pressed = {"message_ts": offer["ts"], "block_id": "invite", "action_id": "slackbot_invite_app"}
        assert (await stage.act("press", channel=RANDOM, **pressed))["ok"]
        await deliveries(stage, 2)
        assert "app_mention" in heard.kinds()
        await stage.client.chat_postMessage(channel=RANDOM, text="hello")


async def test_unacked_events_come_three_times_more(stage: Stage) -> None:
    await stage.turn("settings", {"ack_seconds": 0.1})
    socket = await line(stage)
    await stage.act("say", text="hello")
    first, *more = [await socket.receive_json() for _ in range(4)]
    assert (first["type"], first["retry_attempt"]) == ("events_api", 0)
    assert [(again["retry_attempt"], again["retry_reason"]) for again in more] == [
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert {each["payload"]["event_id"] for each in more} == {first["payload"]["event_id"]}
    assert len({each["envelope_id"] for each in [first, *more]}) == 4
    await socket.close()


async def test_an_acked_event_comes_once(stage: Stage) -> None:
    heard = hearing(stage)
    async with on_socket(stage, heard.app):
        await stage.act("say", text="one")
        await stage.act("say", text="two")
        found = await deliveries(stage, 2)
    assert [(each["acked"], each["retry"]) for each in found] == [(True, 0), (True, 0)]
    assert len(heard.events) == 2


async def test_events_can_be_repeated_and_first_ones_lost(stage: Stage) -> None:
    heard = hearing(stage)
    await stage.turn("settings", {"redeliver": {"times": 2}, "lose_first": True})
    async with on_socket(stage, heard.app):
        await stage.act("say", text="hello")
        found = await deliveries(stage, 4)
    assert [(each["acked"], each["retry"]) for each in found] == [(False, 0), (True, 1), (True, 1), (True, 2)]
    assert heard.retries == ["1", "1", "2"]
    assert len({body["event_id"] for body in heard.events}) == 1


async def test_a_late_ack_is_no_ack_for_a_command(stage: Stage) -> None:
    await stage.turn("settings", {"ack_seconds": 0.1})
    socket = await line(stage)
    await stage.act("command", command="/imagine", text="a fox")
    envelope = await socket.receive_json()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)

    async def complaint() -> list[str]:
        return [m["text"] for m in await stage.seen()]

    assert await eventually(complaint) == ['/imagine failed with the error "operation_timeout"']
    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "late"}})
    assert len(await stage.look("control/deliveries")) == 1
    await socket.close()


async def test_without_the_app_a_command_fails_at_once(stage: Stage) -> None:
    await stage.act("command", command="/imagine", text="a fox")

    async def complaint() -> list[str]:
        return [m["text"] for m in await stage.seen()]

    assert await eventually(complaint) == ['/imagine failed with the error "dispatch_failed"']


async def test_each_envelope_goes_to_exactly_one_of_several_sockets(stage: Stage) -> None:
    apps = [hearing(stage) for _ in range(3)]
    async with AsyncExitStack() as stack:
        for number, heard in enumerate(apps, start=1):
            await stack.enter_async_context(on_socket(stage, heard.app, sockets=number))
        for n in range(9):
            await stage.act("say", text=str(n))
        await deliveries(stage, 9)
    assert sum(len(heard.events) for heard in apps) == 9
    assert len({body["event_id"] for heard in apps for body in heard.events}) == 9
    assert all(heard.events for heard in apps)


async def test_the_eleventh_socket_is_turned_away(stage: Stage) -> None:
    sockets = [await line(stage) for _ in range(10)]
    with pytest.raises(AssertionError):
        await line(stage)
    for socket in sockets:
        await socket.close()


async def test_a_ticket_is_good_once(stage: Stage) -> None:
    url = f"{stage.world.slack_api_url}apps.connections.open"
    async with stage.http.post(url, headers={"Authorization": f"Bearer {keys.APP_TOKEN}"}) as answer:
        address = (await answer.json())["url"]
    socket = await stage.http.ws_connect(address)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await stage.http.ws_connect(address)
    await socket.close()


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "abrupt"])
async def test_the_sdk_comes_back_and_hears_on(stage: Stage, reason: str) -> None:
    heard = hearing(stage)
    async with on_socket(stage, heard.app):
        old = stage.world.slack.sockets.lines[0]
        await stage.turn("disconnect", {"reason": reason})

        async def renewed() -> bool:
            lines = stage.world.slack.sockets.lines
            return any(each is not old and not each.leaving for each in lines)

        await eventually(renewed)
        await stage.act("say", text="still there?")
        await deliveries(stage, 1)
        assert heard.kinds() == ["message"]


async def test_an_event_on_a_line_that_breaks_comes_again_on_the_next(stage: Stage) -> None:
    socket = await line(stage)
    await stage.act("say", text="hello")
    lost = await socket.receive_json()
    await stage.turn("disconnect", {"reason": "abrupt"})
    second = await line(stage)
    again = await second.receive_json()
    assert again["payload"]["event_id"] == lost["payload"]["event_id"]
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_failed")
    await second.send_json({"envelope_id": again["envelope_id"]})
    found = await deliveries(stage, 2)
    assert [each["acked"] for each in found] == [False, True]
    await second.close()


async def test_what_makes_no_sense_on_the_socket_is_ignored(stage: Stage) -> None:
    socket = await line(stage)
    for nonsense in ("hello", "[]", "{}", '{"envelope_id": "unknown"}', '{"envelope_id": {}}'):
        await socket.send_str(nonsense)
    await stage.act("say", text="hello")
    envelope = await socket.receive_json()
    await socket.send_json({"envelope_id": envelope["envelope_id"]})
    assert (await deliveries(stage, 1))[0]["acked"]
    await socket.close()


async def test_the_page_knows_whether_the_app_is_there(stage: Stage) -> None:
    async with stage.http.ws_connect(f"{stage.world.url}/page/live?user=U0ANA") as page:
        assert (await stage.look("page/state", user="U0ANA"))["mode"] == "none"
        heard = hearing(stage)
        async with on_socket(stage, heard.app):
            assert await asyncio.wait_for(page.receive_json(), 5) == {"type": "presence", "mode": "socket"}
        assert await asyncio.wait_for(page.receive_json(), 5) == {"type": "presence", "mode": "none"}


async def test_replies_tell_their_parents_author_and_edits_what_changed(stage: Stage) -> None:
    heard = hearing(stage)
    async with on_socket(stage, heard.app):
        root = (await stage.client.chat_postMessage(channel=GENERAL, text="root"))["ts"]
        reply = (await stage.act("say", text="reply", thread_ts=root))["ts"]
        await stage.act("edit", ts=reply, text="changed")
        await deliveries(stage, 3)

        async def told() -> bool:
            return len(heard.events) == 2

        await eventually(told)
    said, edited = sorted((body["event"] for body in heard.events), key=lambda event: str(event["event_ts"]))
    assert (said["thread_ts"], said["parent_user_id"]) == (root, keys.BOT_USER)
    assert edited["subtype"] == "message_changed"
    assert (edited["message"]["text"], edited["previous_message"]["text"]) == ("changed", "reply")
    assert edited["message"]["edited"]["user"] == "U0ANA"


async def test_a_delivery_can_be_injected_as_it_is(stage: Stage) -> None:
    heard = hearing(stage)
    async with on_socket(stage, heard.app):
        event = {"type": "message", "channel": GENERAL, "user": "U0EVE", "ts": "1.000001", "text": "odd"}
        payload = {"type": "event_callback", "team_id": keys.TEAM_ID, "event": event, "event_id": "Ev1"}
        headers = {"x-slack-retry-num": "2", "x-slack-retry-reason": "http_timeout"}
        answer = await stage.turn("deliver", {"kind": "event", "payload": payload, "headers": headers})
        assert answer["acked"]

        async def told() -> bool:
            return bool(heard.events)

        await eventually(told)
    assert heard.events[0]["event_id"] == "Ev1"
    assert heard.retries == ["2"]
