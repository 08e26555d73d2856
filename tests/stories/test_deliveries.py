"""Slack delivers twice, late, and sometimes only the second time. People get what they asked for once."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.photographs import photograph
from tests.stories.deliveries import click, command, deliver, event
from tests.stories.mishaps import hurry, results, whispers
from tests.stories.story import Seen, Story, telling


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


@pytest.fixture
async def swift_over_http(story_over_http: Story) -> Story:
    await hurry(story_over_http)
    return story_over_http


@pytest.fixture(params=["swift", "swift_over_http"])
def told(request: pytest.FixtureRequest) -> Story:
    """The same in both transports."""
    return request.getfixturevalue(request.param)


async def made_once(told: Story, picture: Seen, asked: int = 1) -> None:
    """After one more reply, which waits for all before it: nothing was made that nobody asked for."""
    await told.replies("make it night", to=picture)
    await told.sees_picture()
    assert len(await told.paintings()) == asked + 1
    assert len(await results(told)) == asked + 1


async def test_events_that_come_three_times_are_done_once(told: Story) -> None:
    await told.post("/control/settings", {"redeliver": {"times": 2}})
    await told.says("<@U0PAINTBOT> a red fox")
    picture = await told.sees_picture()
    await made_once(told, picture)


async def test_a_repeated_event_need_not_say_so(told: Story) -> None:
    ts = await told.says("<@U0PAINTBOT> a red fox")
    picture = await told.sees_picture()
    for _ in range(2):
        assert (await deliver(told, "event", event("app_mention", ts=ts)))["acked"]
    headers = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    assert (await deliver(told, "event", event("message", ts=ts), **headers))["acked"]
    await made_once(told, picture)


async def test_an_event_whose_first_copy_was_lost_is_done(told: Story) -> None:
    await told.post("/control/settings", {"lose_first": True})
    await told.says("<@U0PAINTBOT> a red fox")
    picture = await told.sees_picture()
    await made_once(told, picture)


async def test_a_mention_is_one_request_though_it_comes_as_two_events(told: Story) -> None:
    await told.says("<@U0PAINTBOT> a red fox")
    picture = await told.sees_picture()
    kinds = {each["type"] for each in await told.get("/control/deliveries") if each["kind"] == "event"}
    assert {"app_mention", "message"} <= kinds
    await made_once(told, picture)


async def test_a_mention_that_left_its_files_out_is_painted_with_them(swift: Story) -> None:
    photo = await swift.attaches(photograph(), "window.jpg")
    ts = await swift.says("<@U0PAINTBOT> make it night", channel="C0RANDOM", files=[photo])  # the bot is not there yet
    await swift.commands("/invite @Threadpaint", channel="C0RANDOM")
    where = {"channel": "C0RANDOM", "ts": ts, "text": "<@U0PAINTBOT> make it night"}
    assert (await deliver(swift, "event", event("app_mention", **where)))["acked"]
    whole = event("message", subtype="file_share", files=[{"id": photo, "name": "window.jpg"}], **where)
    assert (await deliver(swift, "event", whole))["acked"]
    picture = await swift.sees_picture()
    assert "1 reference" in picture.words
    assert len(await swift.paintings()) == 1


async def test_a_command_that_comes_twice_is_done_once(told: Story) -> None:
    payload = command("a red fox")
    answers = await asyncio.gather(deliver(told, "command", payload), deliver(told, "command", payload))
    assert [answer["acked"] for answer in answers] == [True, True]
    picture = await told.sees_picture()
    assert (await deliver(told, "command", payload))["acked"]
    await made_once(told, picture)


async def test_the_same_words_typed_twice_are_two_wishes(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    first = await swift.sees_picture()
    await swift.commands("/imagine a red fox")
    second = await swift.sees_picture()
    assert first.thread != second.thread
    assert len(await swift.paintings()) == 2


async def test_a_double_click_makes_one_picture_and_says_so(told: Story) -> None:
    await told.commands("/imagine a red fox")
    picture = await told.sees_picture()
    await asyncio.gather(told.presses("Again", on=picture), told.presses("Again", on=picture))
    await told.whispered("already being made", thread=picture.thread)
    again = await told.sees_picture()
    await made_once(told, again, asked=2)


async def test_two_people_who_click_at_once_get_one_picture_and_both_know(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    picture = await swift.sees_picture()
    await asyncio.gather(swift.presses("Again", on=picture), swift.presses("Again", on=picture, by="U0BEN"))
    again = await swift.sees_picture()

    async def look() -> str | None:
        late = "U0BEN" if "<@U0ANA>" in again.words else "U0ANA"
        heard = await whispers(swift, late, thread=picture.thread)
        return next((words for words in heard if "already being made" in words), None)

    await swift.eventually(look)
    await made_once(swift, again, asked=2)


async def test_different_buttons_pressed_at_once_are_different_wishes(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    picture = await swift.sees_picture()
    await asyncio.gather(swift.presses("Again", on=picture), swift.presses("Re-run with Pro", on=picture))
    await swift.sees_picture()
    await swift.sees_picture()
    assert len(await swift.paintings()) == 3


async def test_a_click_that_comes_twice_is_done_once(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    picture = await swift.sees_picture()
    payload = click(picture.message, value=picture.buttons["Again"]["value"])
    for _ in range(3):
        assert (await deliver(swift, "action", payload))["acked"]
    again = await swift.sees_picture()
    await made_once(swift, again, asked=2)


async def test_a_button_of_long_ago_still_works(world: World, settings: Settings) -> None:
    async with telling(world.url) as told:
        await hurry(told)
        async with running(settings):
            await told.commands("/imagine a red fox")
            picture = await told.sees_picture()
        assert len(picture.buttons["Again"]["value"]) < 100
        async with running(settings):
            await told.presses("Again", on=picture, by="U0BEN")
            again = await told.sees_picture()
            assert "<@U0BEN>" in again.words
            assert "a red fox" in again.words


async def test_a_button_that_nobody_remembers_is_answered_in_words(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    picture = await swift.sees_picture()
    for value in ("t0000000000000000000-0", "", "'; drop table requests; --", "x" * 2000):
        payload = click(picture.message, value=value, action_ts=f"17310{len(value):05}.000100")
        assert (await deliver(swift, "action", payload))["acked"]
    await swift.whispered("no record of this picture", thread=picture.thread)
    assert len(await swift.paintings()) == 1


async def test_sockets_that_slack_refreshes_lose_nothing(swift: Story) -> None:
    await hurry(swift, gemini_delay=0.5)
    await swift.commands("/imagine a red fox")
    await swift.post("/control/disconnect", {"reason": "refresh_requested"})
    picture = await swift.sees_picture()
    await swift.replies("make it warm", to=picture)
    picture = await swift.sees_picture()
    await made_once(swift, picture, asked=2)


async def test_a_socket_that_breaks_is_opened_again(swift: Story) -> None:
    await hurry(swift, gemini_delay=0.5)
    await swift.commands("/imagine a red fox")
    await swift.post("/control/disconnect", {"reason": "abrupt"})
    picture = await swift.sees_picture()
    await swift.replies("make it warm", to=picture)
    await swift.sees_picture()
    assert len(await swift.paintings()) == 2


class Tables:
    """The bot's own table of requests, taken away and given back."""

    def __init__(self, settings: Settings) -> None:
        self._file = Path(settings.database_url.removeprefix("sqlite:///"))

    def hide(self) -> None:
        self._do("alter table requests rename to hidden")

    def bring_back(self) -> None:
        self._do("alter table hidden rename to requests")

    def _do(self, statement: str) -> None:
        with sqlite3.connect(self._file, timeout=10) as tables:
            tables.execute(statement)


async def test_a_command_that_cannot_be_written_down_is_answered(told: Story, settings: Settings) -> None:
    tables = Tables(settings)
    tables.hide()
    await told.commands("/imagine a red fox")
    await told.whispered("could not write your request down")
    tables.bring_back()
    await told.commands("/imagine a blue cat")
    picture = await told.sees_picture()
    assert "a blue cat" in picture.words
    assert len(await told.paintings()) == 1


async def test_an_event_that_cannot_be_written_down_comes_again(told: Story, settings: Settings) -> None:
    await told.post("/control/settings", {"retry_after_scale": 0.005})
    tables = Tables(settings)
    tables.hide()
    await told.says("<@U0PAINTBOT> a red fox")

    async def refused() -> bool | None:
        tries = [each for each in await told.get("/control/deliveries") if each["type"] == "app_mention"]
        return True if tries else None

    await told.eventually(refused)
    tables.bring_back()
    picture = await told.sees_picture()
    tries = [each["acked"] for each in await told.get("/control/deliveries") if each["type"] == "app_mention"]
    assert tries[0] is False
    assert tries[-1] is True
    await made_once(told, picture)
