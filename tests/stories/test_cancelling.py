"""People change their minds: what waits is dropped, what is painted is stopped, and what others want goes on."""

from __future__ import annotations

import time
from typing import Any

import pytest
from sqlalchemy import Select, select

from bot.playground.world import World
from bot.ports import Cancelled
from bot.roles import running
from bot.settings import Settings
from handlers import waiting
from handlers.sentences import SENTENCES
from storage.database import Database
from storage.tables import pictures, requests
from tests.stories.deliveries import deliver, event
from tests.stories.mishaps import hurry, whispers
from tests.stories.places import on_both
from tests.stories.story import Story, telling

TRIO = ["U0ANA", "U0BEN", "U0PAINTBOT"]
NOTHING = waiting.cancelled(Cancelled(0, 0))


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


async def called(told: Story, times: int) -> None:
    """Wait until so many calls to the model are under way, or are over."""

    async def look() -> bool | None:
        return True if len(await told.paintings()) >= times else None

    await told.eventually(look)


async def written(told: Story, settings: Settings, rows: Select[Any], many: int) -> None:
    """Wait until so many of these are in the database."""
    database = Database(settings.database_url)

    async def look() -> bool | None:
        found = await database.read(lambda connection: connection.execute(rows).all())
        return True if len(found) == many else None

    await told.eventually(look)
    await database.close()


@on_both
async def test_what_is_painted_and_what_waits_in_line_is_stopped(world: World, settings: Settings) -> None:
    async with running(settings), telling(world.url) as told:
        await hurry(told, gemini_delay=30)
        for n in range(3):
            await told.commands(f"/imagine a fox, take {n}")
        await told.commands("/imagine an owl", by="U0BEN")
        await called(told, 3)  # two of one person and one of another; the third fox waits in line
        await told.commands("/imagine cancel")
        assert "3 requests" in await told.whispered("I am stopping")
        stopped = [await told.sees_words(SENTENCES["cancelled"]) for _ in range(3)]
        assert {seen.words.split("take ")[1][0] for seen in stopped} == {"0", "1", "2"}
        assert list(stopped[0].buttons) == ["Try again"]
        assert [seen.message.get("subtype") for seen in stopped] == [None] * 3  # in their threads, not in the channel
        assert len(await told.paintings()) == 3
        await hurry(told, gemini_delay=0)
        await told.presses("Try again", on=stopped[0])
        assert "a fox" in (await told.sees_picture()).words


async def test_a_call_that_was_stopped_may_cost_something_and_people_can_see_it(swift: Story) -> None:
    await hurry(swift, gemini_delay=30)
    await swift.commands("/imagine a red fox")
    await called(swift, 1)
    await swift.commands("/imagine stop it!")
    await swift.sees_words(SENTENCES["cancelled"])
    await swift.commands("/imagine cost")
    assert "nobody knows" in await swift.whispered("nobody knows")


async def test_in_a_thread_the_reply_that_waits_is_dropped_and_the_thread_goes_on(
    swift: Story, settings: Settings
) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await hurry(swift, gemini_delay=30)
    await swift.commands("/imagine a blue whale")
    await swift.replies("make it night", to=fox)
    await called(swift, 3)
    await swift.replies("add snow", to=fox)
    await written(swift, settings, select(requests.c.key).where(requests.c.text == "add snow"), 1)
    await swift.replies("Cancel, please", to=fox)
    said = await swift.whispered("I am stopping", thread=fox.thread)
    assert "1 request of yours. " in said
    assert "dropped 1 request" in said
    await swift.sees_words("make it night\n" + SENTENCES["cancelled"])
    await hurry(swift, gemini_delay=0)
    await swift.replies("make it day", to=fox)
    assert "make it day" in (await swift.sees_picture()).words
    assert len(await swift.paintings()) == 4  # the fox, the whale, the night, the day: no snow


async def test_some_of_four_that_are_there_are_shown(swift: Story, settings: Settings) -> None:
    await hurry(swift)
    await swift.post("/control/faults", {"api": "gemini", "fault": {"delay": 30}, "times": 1})
    await swift.commands("/imagine a red fox --n 4")
    await called(swift, 4)

    await written(swift, settings, select(pictures.c.id), 3)
    await swift.commands("/imagine cancel")
    shown = await swift.sees_picture()
    assert len(shown.images) == 3
    assert "1 of 4 did not come. Cancelled" in shown.words


async def test_others_are_not_stopped_and_nothing_is_said_kindly(swift: Story) -> None:
    await hurry(swift, gemini_delay=1)
    await swift.commands("/imagine a red fox")
    await swift.commands("/imagine cancel", by="U0BEN")
    assert await swift.whispered("Nothing of yours", to="U0BEN") == NOTHING
    await swift.sees_picture()
    assert await whispers(swift) == []


async def test_a_mention_that_says_stop_is_heard_once(swift: Story) -> None:
    await hurry(swift, gemini_delay=30)
    await swift.commands("/imagine a red fox")
    await called(swift, 1)
    await swift.says("<@U0PAINTBOT> cancel")
    assert "1 request of yours" in await swift.whispered("I am stopping")
    await swift.sees_words(SENTENCES["cancelled"])
    assert NOTHING not in await whispers(swift)


async def test_among_several_people_the_message_is_enough(swift: Story) -> None:
    """Whether Slack tells of a mention there, its documents do not agree."""
    await swift.post("/control/channel", {"id": "G0TRIO", "name": "trio", "kind": "mpim", "members": TRIO})
    swift.channel = "G0TRIO"
    await hurry(swift, gemini_delay=30)
    await swift.says("<@U0PAINTBOT> a red fox")
    await called(swift, 1)
    asked = event(text="<@U0PAINTBOT> cancel", channel="G0TRIO", channel_type="mpim", ts=f"{time.time():.6f}")
    assert (await deliver(swift, "event", asked))["acked"]
    assert "1 request of yours" in await swift.whispered("I am stopping")
    await swift.sees_words(SENTENCES["cancelled"])


async def test_stop_signs_can_be_painted(swift: Story) -> None:
    await swift.commands("/imagine stop sign at dusk")
    assert "stop sign at dusk" in (await swift.sees_picture()).words


async def test_in_peoples_own_thread_the_word_is_heard_without_a_mention(swift: Story) -> None:
    """The status that says so stands there as well; where nothing of theirs is at work, nobody is answered."""
    root = await swift.says("what about the poster?")
    await swift.says("never mind", thread=root)
    await hurry(swift, gemini_delay=30)
    await swift.says("<@U0PAINTBOT> a red fox", thread=root)
    await called(swift, 1)
    await swift.says("cancel", thread=root)
    assert "1 request of yours" in await swift.whispered("I am stopping", thread=root)
    await swift.sees_words(SENTENCES["cancelled"])
    assert len(await whispers(swift, thread=root)) == 1
