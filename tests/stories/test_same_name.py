"""A container that is killed and started again has the same name, and goes on with what it had at work."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.playground.world import World
from tests.servers.postgres import own_database
from tests.stories.crew import crew_on
from tests.stories.mishaps import hurry, results
from tests.stories.story import telling


async def test_who_is_killed_goes_on_under_the_same_name(world: World, tmp_path: Path, postgres_server: str) -> None:
    async with telling(world.url) as told:
        await hurry(told, gemini_delay=60.0)
        with own_database(postgres_server) as url:
            async with crew_on(told, tmp_path, url) as crew:
                killed = await crew.born("one")
                await crew.hears()
                await told.commands("/imagine a red fox")
                await crew.until("SELECT 1 FROM ledger WHERE outcome = 'open'")
                await hurry(told, gemini_delay=0.1)
                killed.kill()
                await killed.wait()
                await crew.born("one")
                await crew.until("SELECT 1 FROM requests WHERE finished IS NOT NULL AND executor = 'one'", within=60)
                shown = Counter(seen.words for seen in await results(told) if seen.images)
                assert list(shown.values()) == [1]
                assert await crew.rows("SELECT deaths FROM requests") == [(1,)]
                assert await crew.rows("SELECT outcome FROM ledger ORDER BY begun") == [("unknown",), ("paid",)]
