"""The workspace takes the bot out: nothing more is painted for it, and nothing accepted, until it is back."""

from __future__ import annotations

import asyncio

from bot.playground import keys
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from storage.database import Database
from storage.tables import departures, requests
from tests.stories.deliveries import command, deliver, event
from tests.stories.mishaps import breaks, hurry
from tests.stories.places import on_both
from tests.stories.story import Story, telling


async def called(told: Story, times: int) -> None:
    """Wait until so many calls to the model are under way, or are over."""

    async def look() -> bool | None:
        return True if len(await told.paintings()) >= times else None

    await told.eventually(look)


async def rows(settings: Settings, table: str) -> list[tuple[object, ...]]:
    """What is in a table, looked at beside the bot."""
    database = Database(settings.database_url)
    await database.open()
    try:
        query = {
            "departures": departures.select(),
            "requests": requests.select().with_only_columns(requests.c.key, requests.c.finished, requests.c.failed),
        }[table]
        return await database.read(lambda connection: [tuple(row) for row in connection.execute(query)])
    finally:
        await database.close()


async def leaves(told: Story, settings: Settings) -> None:
    """Take the app out, and wait until the bot has heard of it."""
    await told.post("/control/uninstall", {})

    async def left() -> bool | None:
        return True if await rows(settings, "departures") else None

    await told.eventually(left)


@on_both
async def test_what_waits_is_dropped_and_what_is_painted_is_stopped(world: World, settings: Settings) -> None:
    async with running(settings), telling(world.url) as told:
        await hurry(told, gemini_delay=30.0)
        for n in range(5):
            await told.says(f"<@{keys.BOT_USER}> a fox, take {n}")
        await called(told, 2)  # of one person at a time; the others wait in line
        await leaves(told, settings)

        async def over() -> bool | None:
            found = await rows(settings, "requests")
            return True if len(found) == 5 and all(finished for _, finished, _ in found) else None

        await told.eventually(over)
        assert len(await told.paintings()) == 2


async def test_that_it_is_taken_out_elsewhere_is_nothing_to_us(world: World, settings: Settings) -> None:
    async with running(settings), telling(world.url) as told:
        elsewhere = {"type": "event_callback", "team_id": "T0ELSEWHERE", "event": {"type": "app_uninstalled"}}
        assert (await deliver(told, "event", elsewhere))["acked"]
        assert await rows(settings, "departures") == []


async def test_nothing_new_is_accepted_until_it_is_back(world: World, settings: Settings) -> None:
    async with running(settings), telling(world.url) as told:
        await hurry(told)
        await leaves(told, settings)
        late = event("app_mention", ts="1731000001.000100")
        assert (await deliver(told, "event", late))["acked"]  # delivered again, it would be no more welcome
        answer = await deliver(told, "command", command("a red fox"))
        assert "does not know me" in str(answer["response"])
        assert await rows(settings, "requests") == []
        await told.post("/control/install", {})
        await told.says(f"<@{keys.BOT_USER}> a blue whale")
        assert "a blue whale" in (await told.sees_picture()).words
        assert await rows(settings, "departures") == []


async def test_slack_that_does_not_say_leaves_it_at_that(world: World, settings: Settings) -> None:
    async with running(settings), telling(world.url) as told:
        await hurry(told)
        await leaves(told, settings)
        await told.post("/control/install", {})
        await breaks(told, "slack", {"hang": 30.0}, method="auth.test")
        answer = await asyncio.wait_for(deliver(told, "command", command("a red fox")), 3.0)
        assert "does not know me" in str(answer["response"])
        assert await rows(settings, "requests") == []


async def test_who_starts_with_a_token_that_works_is_back(world: World, settings: Settings) -> None:
    async with telling(world.url) as told:
        async with running(settings):
            await leaves(told, settings)
        await told.post("/control/install", {})
        async with running(settings):
            assert await rows(settings, "departures") == []
