"""The bot's own ears in Socket Mode: whatever becomes of a socket, there is soon another, and no storm till then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from structlog.testing import capture_logs

from bot.playground import keys
from handlers import sockets
from handlers.sockets import Socket
from tests.wire.slack_stage import Stage, eventually, hearing, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


async def opens(stage: Stage) -> list[float]:
    """When an address was asked for."""
    return [call["at"] for call in await stage.look("control/calls") if call["method"] == "apps.connections.open"]


async def heard_again(stage: Stage, heard: Any) -> None:
    """Wait until what people type comes through."""

    async def look() -> bool:
        await stage.act("command", command="/imagine", text="a red fox")
        return bool(heard.commands)

    await eventually(look, within=20)


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "abrupt"])
async def test_after_handshakes_that_were_refused_it_hears_again(stage: Stage, reason: str) -> None:
    heard = hearing(stage)
    async with Socket(heard.app, keys.APP_TOKEN).listening():
        await stage.turn("faults", {"method": "socket", "fault": {"status": 503}, "times": 2})
        await stage.turn("disconnect", {"reason": reason})
        await heard_again(stage, heard)  # after a warning that may be on the old one

        async def opened() -> bool:
            return len(await opens(stage)) == 4  # each try has an address of its own

        await eventually(opened)


@pytest.mark.parametrize("fault", [{"hang": 30}, {"drop": "before"}])
async def test_a_handshake_that_hangs_or_breaks_is_left(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any]
) -> None:
    monkeypatch.setattr(sockets, "PATIENCE", 0.2)
    heard = hearing(stage)
    async with Socket(heard.app, keys.APP_TOKEN).listening():
        await stage.turn("faults", {"method": "socket", "fault": fault})
        await stage.turn("disconnect", {"reason": "refresh_requested"})
        await heard_again(stage, heard)


@pytest.mark.parametrize("fault", [{"error": "internal_error"}, {"status": 503}, {"drop": "before"}, {"hang": 30}])
async def test_without_an_address_it_asks_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any]
) -> None:
    monkeypatch.setattr(sockets, "PATIENCE", 0.5)
    heard = hearing(stage)
    async with Socket(heard.app, keys.APP_TOKEN).listening():
        await stage.turn("faults", {"method": "apps.connections.open", "fault": fault, "times": 2})
        await stage.turn("disconnect", {"reason": "refresh_requested"})
        await heard_again(stage, heard)


@pytest.mark.parametrize("told", [1, 99_999])
async def test_told_to_wait_for_an_address_it_waits(stage: Stage, monkeypatch: pytest.MonkeyPatch, told: int) -> None:
    """Also for longer than an address may take: who asks too early is told to wait anew. But not for a day."""
    monkeypatch.setattr(sockets, "PATIENCE", 0.5)
    monkeypatch.setattr(sockets, "LONGEST", 1.5)
    heard = hearing(stage)
    async with Socket(heard.app, keys.APP_TOKEN).listening():
        fault = {"retry_after": told}
        await stage.turn("faults", {"method": "apps.connections.open", "fault": fault})
        await stage.turn("disconnect", {"reason": "abrupt"})
        await heard_again(stage, heard)
        at = await opens(stage)
    assert len(at) == 3
    assert at[2] - at[1] >= 1


@pytest.mark.parametrize("reason", ["link_disabled", "too_many_websockets"])
async def test_turned_away_it_asks_less_and_less_often(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    monkeypatch.setattr(sockets, "WAITS", (0.0, 0.0, 0.1, 0.2, 0.4))
    heard = hearing(stage)
    socket = Socket(heard.app, keys.APP_TOKEN)
    async with socket.listening():
        with capture_logs() as logged:
            stage.world.slack.sockets.enabled = False
            await stage.turn("disconnect", {"reason": reason})

            async def tried() -> bool:
                return len(await opens(stage)) == 7

            await eventually(tried)
            assert not socket.open.is_set()
            at = await opens(stage)
            assert at[6] - at[1] >= 0.1 + 0.2 + 3 * 0.4
            stage.world.slack.sockets.enabled = True
            await heard_again(stage, heard)
    assert [(each["event"], each.get("reason")) for each in logged] == [
        ("socket_lost", reason),
        *([("socket_lost", "link_disabled")] if reason != "link_disabled" else []),
        ("socket_open", None),
    ]
    assert logged[0]["log_level"] == "warning"


async def test_each_reason_is_told_once_though_others_come_between(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "WAITS", (0.0, 0.0, 0.01))
    socket = Socket(hearing(stage).app, keys.APP_TOKEN)
    async with socket.listening():
        with capture_logs() as logged:
            for error in ("internal_error", "fatal_error", "internal_error"):
                await stage.turn("faults", {"method": "apps.connections.open", "fault": {"error": error}})
            await stage.turn("disconnect", {"reason": "refresh_requested"})

            async def back() -> bool:
                return "socket_open" in [each["event"] for each in logged]

            await eventually(back)
    reasons = [each["reason"] for each in logged if each["event"] == "socket_lost"]
    assert reasons == ["refresh_requested", "internal_error", "fatal_error"]


async def test_that_slack_renews_a_socket_is_no_warning(stage: Stage) -> None:
    socket = Socket(hearing(stage).app, keys.APP_TOKEN)
    async with socket.listening():
        with capture_logs() as logged:
            await stage.turn("disconnect", {"reason": "refresh_requested"})

            async def renewed() -> bool:
                return len(logged) == 2 and socket.open.is_set()

            await eventually(renewed)
    assert [(each["event"], each["log_level"]) for each in logged] == [("socket_lost", "info"), ("socket_open", "info")]


def slow(stage: Stage, asked: asyncio.Event, done: asyncio.Event) -> AsyncApp:
    """An app whose ack waits until it is `done`."""
    app = AsyncApp(client=stage.client, signing_secret=keys.SIGNING_SECRET)

    async def on_command(ack: Any) -> None:
        asked.set()
        await done.wait()
        await ack("taken")

    app.command("/imagine")(on_command)
    return app


async def test_nobody_waits_for_acks_that_a_dead_socket_cannot_carry(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "ACKS", 60.0)
    asked, done = asyncio.Event(), asyncio.Event()
    async with Socket(slow(stage, asked, done), keys.APP_TOKEN).listening():
        await stage.act("command", command="/imagine", text="a red fox")
        await asked.wait()
        [dead] = stage.world.slack.sockets.lines
        await stage.turn("disconnect", {"reason": "abrupt"})

        async def anew() -> bool:
            return any(line is not dead for line in stage.world.slack.sockets.lines)

        await eventually(anew)
        done.set()


async def test_once_the_old_socket_has_ended_too_there_is_none(stage: Stage) -> None:
    """And not before: until then Slack delivers there."""
    socket = Socket(hearing(stage).app, keys.APP_TOKEN)
    async with socket.listening():
        [old] = stage.world.slack.sockets.lines
        await stage.turn("faults", {"method": "apps.connections.open", "fault": {"hang": 30}, "times": 9})
        with capture_logs() as logged:
            await stage.turn("disconnect", {"reason": "warning"})

            async def warned() -> bool:
                return "socket_lost" in [each["event"] for each in logged]

            await eventually(warned)
        assert socket.open.is_set()
        old.cut()

        async def deaf() -> bool:
            return not socket.open.is_set()

        await eventually(deaf)


async def acked(stage: Stage) -> bool:
    return any(each["acked"] for each in await stage.look("control/deliveries"))


async def test_what_was_taken_is_acknowledged_on_its_own_socket_before_that_is_left(stage: Stage) -> None:
    asked, done = asyncio.Event(), asyncio.Event()
    async with Socket(slow(stage, asked, done), keys.APP_TOKEN).listening():
        await stage.act("command", command="/imagine", text="a red fox")
        await asked.wait()
        await stage.turn("disconnect", {"reason": "warning"})
        done.set()
        await eventually(lambda: acked(stage))
    assert [message["text"] for message in await stage.seen()] == ["taken"]


async def test_at_the_end_what_was_taken_is_still_acknowledged(stage: Stage) -> None:
    asked, done = asyncio.Event(), asyncio.Event()
    async with Socket(slow(stage, asked, done), keys.APP_TOKEN).listening():
        await stage.act("command", command="/imagine", text="a red fox")
        await asked.wait()
        asyncio.get_running_loop().call_later(0.2, done.set)
    await eventually(lambda: acked(stage))
    assert stage.world.slack.sockets.lines == []


NONSENSE = (
    "hello",
    "[]",
    "{}",
    "[" * 200_000,
    '{"type": {}}',
    '{"type": "events_api", "envelope_id": "1"}',
    '{"type": "events_api", "envelope_id": "1", "payload": null}',
    '{"type": "events_api", "envelope_id": "1", "payload": [7]}',
)


async def test_what_makes_no_sense_is_passed_over(stage: Stage) -> None:
    heard = hearing(stage)
    async with Socket(heard.app, keys.APP_TOKEN).listening():
        line = stage.world.slack.sockets.lines[0]
        for nonsense in NONSENSE:
            await line.socket.send_str(nonsense)
        await heard_again(stage, heard)
        assert stage.world.slack.sockets.lines == [line]
