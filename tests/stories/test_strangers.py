"""People of another company, in a channel shared with them: they see pictures, and spend nobody's money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.playground import keys
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from handlers.sentences import SENTENCES
from tests.stories.deliveries import click, command, deliver
from tests.stories.mishaps import hurry
from tests.stories.story import Story, telling

SHARED, STRANGER, THEIRS = "C0SHARED", "U0DARA", "T0ELSEWHERE"
REFUSED = SENTENCES["stranger"]


async def shares(told: Story) -> None:
    """Open a channel to somebody of another company."""
    await hurry(told)
    await told.post("/control/person", {"id": STRANGER, "name": "Dara", "team": THEIRS})
    members = ["U0ANA", STRANGER, keys.BOT_USER]
    await told.post("/control/channel", {"id": SHARED, "name": "shared", "members": members, "is_ext_shared": True})
    told.channel = SHARED


@pytest.fixture
async def shared(story: Story) -> Story:
    await shares(story)
    return story


async def test_a_stranger_is_told_and_nothing_is_painted(shared: Story) -> None:
    await shared.says(f"<@{keys.BOT_USER}> a red fox", by=STRANGER)
    assert await shared.whispered(REFUSED, to=STRANGER) == REFUSED
    await shared.says(f"<@{keys.BOT_USER}> a blue whale")
    whale = await shared.sees_picture()
    await shared.replies("make it night", to=whale, by=STRANGER)
    assert await shared.whispered(REFUSED, to=STRANGER, thread=whale.thread)
    await shared.presses("Again", on=whale, by=STRANGER)

    async def twice() -> bool | None:
        seen = await shared.messages(STRANGER, SHARED, whale.thread)
        return True if sum(each["text"] == REFUSED for each in seen) == 2 else None

    await shared.eventually(twice)
    await shared.replies("make it snow", to=whale)
    await shared.sees_picture()
    assert len(await shared.paintings()) == 2


async def test_a_strangers_command_is_refused_should_slack_pass_one_on(shared: Story) -> None:
    typed = command("a red fox", team_id=THEIRS, user_id=STRANGER, channel_id=SHARED)
    assert REFUSED in str((await deliver(shared, "command", typed))["response"])
    assert await shared.paintings() == []


async def test_they_may_where_the_one_who_runs_the_bot_allows_it(world: World, settings: Settings) -> None:
    """And it is paid out of the workspace's budget: a foreign team is no way around it."""
    ours = {"strangers": "allow", "budget_workspace_month": Decimal("0.10")}
    async with running(settings.model_copy(update=ours)), telling(world.url) as told:
        await shares(told)
        await told.says(f"<@{keys.BOT_USER}> a red fox", by=STRANGER)
        fox = await told.sees_picture()
        pressed = click(fox.message, value=fox.buttons["Again"]["value"], action_id="again")
        theirs = {"team": {"id": THEIRS}, "user": {"id": STRANGER, "team_id": THEIRS}, "channel": {"id": SHARED}}
        assert (await deliver(told, "action", pressed | theirs))["acked"]
        assert await told.whispered("this workspace has", to=STRANGER, thread=fox.thread)
        assert len(await told.paintings()) == 1
