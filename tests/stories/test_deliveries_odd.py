"""Payloads that nobody should send: each is taken or refused, and the bot goes on as if nothing had been."""

from __future__ import annotations

import hashlib
import hmac
import io
import itertools
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from bot.playground import keys
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.bench.stage import free_port
from tests.stories.deliveries import click, command, deliver, event
from tests.stories.mishaps import hurry, is_kind, whispers
from tests.stories.story import Story, telling

NOT_FOR_US: dict[str, dict[str, Any]] = {
    "nobody's": event(user=...),
    "user null": event(user=None),
    "the bot's own": event(user=keys.BOT_USER, bot_id=keys.BOT_ID),
    "another bot's": event(bot_id="B0OTHER"),
    "bot_message": event(subtype="bot_message", bot_id="B0OTHER", user=...),
    "edited": event(
        subtype="message_changed",
        user=...,
        text=...,
        message={"type": "message", "user": "U0ANA", "text": "<@U0PAINTBOT> a fox", "ts": "1731000000.000100"},
        previous_message={"type": "message", "user": "U0ANA", "text": "a fox", "ts": "1731000000.000100"},
    ),
    "deleted": event(subtype="message_deleted", user=..., text=..., deleted_ts="1731000000.000001"),
    "deleted what": event(subtype="message_deleted", user=..., text=...),
    "joined": event(subtype="channel_join", text="<@U0ANA> has joined the channel"),
    "unknown": event(subtype="something_new"),
    "told of themselves": event(subtype="me_message"),
    "no channel": event(channel=...),
    "channel null": event(channel=None),
    "no time": event(ts=...),
    "time null": event(ts=None),
    "talk": event(text="nothing to do with anyone"),
    "no words": event(text=...),
    "words null": event(text=None),
    "a thread of others": event(text="make it night", thread_ts="1730000000.000100", parent_user_id="U0BEN"),
}


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


@pytest.fixture
async def over_http(world: World, settings: Settings) -> AsyncIterator[tuple[Story, str]]:
    """A conversation over HTTP, and the address where the bot takes deliveries."""
    address = f"127.0.0.1:{free_port()}"
    async with (
        running(settings.model_copy(update={"slack_app_token": SecretStr(""), "http": address})),
        telling(world.url) as told,
    ):
        url = f"http://{address}/slack/events"
        await told.post("/control/transport", {"mode": "http", "url": url})
        await hurry(told)
        yield told, url


async def goes_on(told: Story, paintings: int = 1) -> None:
    """The bot still does what it is for, and has not done anything else."""
    await told.commands("/imagine a blue cat")
    assert "a blue cat" in (await told.sees_picture()).words
    assert len(await told.paintings()) == paintings


async def test_what_is_not_for_us_is_taken_and_ignored(swift: Story) -> None:
    for kind, payload in NOT_FOR_US.items():
        assert (await deliver(swift, "event", payload))["acked"], kind
    assert await whispers(swift) == []
    await goes_on(swift)


@pytest.mark.parametrize("subtype", ["thread_broadcast", "file_share", None])
async def test_a_person_who_speaks_to_us_is_heard_however_they_say_it(swift: Story, subtype: str | None) -> None:
    ts = await swift.says("a thread of people's own")
    payload = event(subtype=subtype, thread_ts=ts, files=None, ts=f"{int(ts[:10]) + 1}.000100")
    assert (await deliver(swift, "event", payload))["acked"]
    assert "a red fox" in (await swift.sees_picture()).words


async def test_a_mention_without_words_shows_how_to_begin(swift: Story) -> None:
    for text in ("<@U0PAINTBOT>", "<@U0PAINTBOT> help", "  <@U0PAINTBOT>  ?"):
        await swift.says(text)
    await swift.whispered("Make a picture")
    assert await swift.paintings() == []


async def test_a_novel_is_answered_in_a_sentence(swift: Story) -> None:
    payload = event(text="<@U0PAINTBOT> " + "a red fox & a <cat> " * 20_000, ts=f"{int(time.time())}.000100")
    assert (await deliver(swift, "event", payload))["acked"]
    assert is_kind(await swift.whispered("Please shorten it"))
    assert await swift.paintings() == []


async def test_letters_of_every_script_go_through(swift: Story) -> None:
    words = "ein Fuchs 🦊 \u202ea\u202c \ud7ff 漢字 \x00\x07 العربية " + "z" + "\u0301" * 50
    assert (await deliver(swift, "command", command(words)))["acked"]
    picture = await swift.sees_picture()
    assert "漢字" in picture.words
    assert len(await swift.paintings()) == 1


async def test_a_command_that_lacks_something_is_answered_at_once(swift: Story) -> None:
    for lacks in ("trigger_id", "team_id", "channel_id", "user_id", "text", "response_url"):
        for words in ("", "--ar 17:3 a red fox"):
            payload = {name: value for name, value in command(words).items() if name != lacks}
            answer = await deliver(swift, "command", payload)
            assert answer["acked"], lacks
            assert is_kind(str((answer["response"] or {}).get("text", "")))
    for lacks in ("trigger_id", "channel_id", "user_id"):  # the team is known from the token
        payload = {name: value for name, value in command("a red fox").items() if name != lacks}
        assert "could not write" in str((await deliver(swift, "command", payload))["response"]), lacks
    await goes_on(swift)


NONSENSE = (
    click({}),
    click({"ts": None}),
    click({"ts": "1731000000.000100"}, value=None),
    click({"ts": "1731000000.000100"}, action_id="again:nonsense"),
    click({"ts": "1731000000.000100"}, action_id="format_the_disk"),
    click({"ts": "1731000000.000100"}) | {"message": None},
    click({"ts": "1731000000.000100"}) | {"user": {}},
    click({"ts": "1731000000.000100"}) | {"actions": []},
)


async def test_a_click_that_makes_no_sense_does_nothing(over_http: tuple[Story, str]) -> None:
    told, _ = over_http
    for payload in NONSENSE:
        await deliver(told, "action", payload)
    await goes_on(told)


async def test_an_envelope_with_nothing_in_it_does_nothing(over_http: tuple[Story, str]) -> None:
    told, _ = over_http
    events = ({}, {"type": "event_callback"}, {"event": None}, {"event": {"type": "app_mention"}})
    for payload in events:
        await deliver(told, "event", payload | {"padding": "x"})
    for kind in ("action", "command"):
        await deliver(told, kind, {"padding": "x"})
    await goes_on(told)


FORGED = {
    "no signature": {"X-Slack-Signature": ""},
    "another's signature": {"X-Slack-Signature": "v0=" + "0" * 64},
    "no time": {"X-Slack-Request-Timestamp": ""},
    "old": {"X-Slack-Request-Timestamp": str(int(time.time()) - 3600)},
    "from the future": {"X-Slack-Request-Timestamp": str(int(time.time()) + 3600)},
    "words for a time": {"X-Slack-Request-Timestamp": "yesterday"},
    "a fraction": {"X-Slack-Request-Timestamp": f"{time.time():.3f}"},
    "digits of another script": {"X-Slack-Request-Timestamp": "١٢٣"},
    "an endless number": {"X-Slack-Request-Timestamp": "9" * 5000},
}


def signed(body: bytes, at: float | None = None) -> dict[str, str]:
    """Slack's headers for this body."""
    stamp = str(int(at or time.time()))
    digest = hmac.new(keys.SIGNING_SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}", "Content-Type": "application/json"}


async def test_what_slack_has_not_signed_is_refused(over_http: tuple[Story, str]) -> None:
    told, url = over_http
    body = b'{"type": "event_callback", "event": {"type": "app_mention"}}'
    for kind, forged in FORGED.items():
        async with told.session.post(url, data=body, headers=signed(body) | forged) as response:
            assert response.status == 401, kind
    await goes_on(told)


async def test_that_slack_looks_at_the_certificate_is_answered_and_starts_nothing(over_http: tuple[Story, str]) -> None:
    told, url = over_http
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body, status in {
        b"ssl_check=1&token=abc": 200,
        b"token=abc&ssl_check=1&command=%2Fimagine&text=a+red+fox&user_id=U0ANA&channel_id=C0GENERAL": 200,
        b"ssl_check=0": 401,
        b"command=%2Fimagine&text=ssl_check=1": 401,
    }.items():
        async with told.session.post(url, data=body, headers=form) as response:
            assert response.status == status, body
    await goes_on(told)


async def test_that_slack_holds_events_back_is_heard(over_http: tuple[Story, str]) -> None:
    told, url = over_http
    body = b'{"type": "app_rate_limited", "team_id": "T0PLAY", "minute_rate_limited": 1518467820, "api_app_id": "A0"}'
    async with told.session.post(url, data=body, headers=signed(body)) as response:
        assert response.status == 200
    async with told.session.post(url, data=body) as response:
        assert response.status == 401
    await goes_on(told)


async def test_a_true_delivery_played_again_later_is_refused(over_http: tuple[Story, str]) -> None:
    told, url = over_http
    body = b'{"type": "url_verification", "challenge": "hello"}'
    async with told.session.post(url, data=body, headers=signed(body, time.time() - 600)) as response:
        assert response.status == 401
    async with told.session.post(url, data=body, headers=signed(body)) as response:
        assert response.status == 200
        assert "hello" in await response.text()


GARBAGE = (
    *(b"", b"{", b"[]", b"null", b'"words"', b"17", b"\xff\xfe\x00", b"payload=%7B", b"payload=", b"payload=[]"),
    *(b"a=b&a=c", b'{"type": 7}', b'{"event": []}', b"{" * 20_000, b"[" * 200_000),
)


async def test_garbage_does_no_harm_signed_or_not(over_http: tuple[Story, str]) -> None:
    told, url = over_http
    forms = ("application/json", "application/x-www-form-urlencoded", "text/plain")
    for body, form in itertools.product(GARBAGE, forms):
        for headers in (signed(body), {}):
            sent = headers | {"Content-Type": form}
            async with told.session.post(url, data=body, headers=sent) as response:
                assert 400 <= response.status < 500, (body[:20], response.status)
    await goes_on(told)


async def test_more_than_slack_ever_sends_is_refused(over_http: tuple[Story, str]) -> None:
    told, url = over_http
    body = b"x" * 5_000_000
    async with told.session.post(url, data=io.BytesIO(body), headers=signed(body)) as response:
        assert response.status == 413
    await goes_on(told)
