"""Several bots on one Postgres: they share the work, and nobody's death or sleep is seen by people."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.world import World
from handlers.sentences import SENTENCES
from tests.bench.stage import environment, start
from tests.servers.postgres import own_database
from tests.stories.crew import Crew, crew_on
from tests.stories.mishaps import hurry, results
from tests.stories.story import Story, telling

LONG = 120.0  # seconds; on a machine of its own half a minute is enough, and the promise is a minute


@pytest.fixture
async def told(world: World) -> AsyncIterator[Story]:
    async with telling(world.url) as story:
        await hurry(story)
        yield story


@pytest.fixture
async def crew(told: Story, tmp_path: Path, postgres_server: str) -> AsyncIterator[Crew]:
    """Nobody yet, on an empty database."""
    with own_database(postgres_server) as url:
        async with crew_on(told, tmp_path, url) as bots:
            yield bots


async def test_the_work_of_the_dead_and_of_the_paused_is_done_once(told: Story, crew: Crew) -> None:
    """One of three is killed, one paused until it is taken for dead, and woken; each picture is posted once."""
    await hurry(told, gemini_delay=3.0)
    bots = await asyncio.gather(*(crew.born(name) for name in ("one", "two", "three")))
    await crew.hears()
    for number in range(12):
        await told.commands(f"/imagine fox number {number}")
    await crew.until("SELECT 1 FROM requests HAVING count(begun) = 12")
    bots[0].kill()
    bots[1].send_signal(signal.SIGSTOP)
    await crew.until("SELECT 1 FROM requests HAVING count(finished) = 12", within=LONG)
    await crew.until("SELECT 1 FROM executors HAVING min(name) = 'three'", within=LONG)
    bots[1].send_signal(signal.SIGCONT)
    await crew.until("SELECT 1 FROM executors WHERE name = 'two'")
    assert "taken_for_dead" in crew.said("two")
    await told.commands("/imagine a last fox")
    await told.sees_words("a last fox")
    await crew.until("SELECT 1 FROM requests HAVING count(finished) = 13")
    shown = Counter(seen.words for seen in await results(told) if seen.images)
    assert (len(shown), set(shown.values())) == (13, {1})
    assert await crew.rows("SELECT 1 FROM ledger WHERE outcome = 'open'") == []
    assert bots[1].returncode is None


async def test_a_name_that_is_alive_is_taken_by_nobody_else(told: Story, crew: Crew) -> None:
    await crew.born("one")
    second = await crew.started("one", "work")
    async with asyncio.timeout(30):
        assert await second.wait() == 1
    said = [line for line in crew.said("one").splitlines() if line.startswith("threadpaint:")]
    assert len(said) == 1
    assert "under the name one" in said[0]
    await crew.hears()
    await told.commands("/imagine a red fox")
    await told.sees_picture()


async def test_what_one_takes_in_another_begins_at_once(told: Story, crew: Crew) -> None:
    await asyncio.gather(crew.born("door", "serve", "--no-work"), crew.born("hand", "work"))
    await crew.hears()
    await crew.until("SELECT 1 FROM executors WHERE name = 'hand'")
    for number in range(5):
        await told.commands(f"/imagine fox number {number}")
        await told.sees_picture()
    rows = await crew.rows("SELECT executor, admitted - accepted FROM requests")
    assert {name for name, _ in rows} == {"hand"}
    assert sorted(waited for _, waited in rows)[2] < 150_000  # microseconds
    assert await crew.rows("SELECT name FROM executors") == [("hand",)]


async def test_who_leaves_hands_its_work_over(told: Story, crew: Crew) -> None:
    """Told to stop while a call takes long: the other goes on with it, and nobody is blamed for a death."""
    await hurry(told, gemini_delay=60.0)
    leaving = await crew.born("one")
    await crew.hears()
    await told.commands("/imagine a red fox")
    await crew.until("SELECT 1 FROM ledger WHERE outcome = 'open'")
    await crew.born("two")
    await hurry(told, gemini_delay=0.1)
    leaving.terminate()
    async with asyncio.timeout(30):
        assert await leaving.wait() == 0
    await told.sees_picture()
    await crew.until("SELECT 1 FROM requests WHERE finished IS NOT NULL AND executor = 'two' AND deaths = 0")


@pytest.mark.parametrize("words", [("serve",), ("serve", "--no-work"), ("work",), ("migrate",)])
async def test_a_newer_schema_is_refused_in_one_line(crew: Crew, words: tuple[str, ...]) -> None:
    migrating = await crew.started("first", "migrate")
    assert await migrating.wait() == 0, crew.said("first")
    await crew.database.write(
        lambda connection: connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9'")
    )
    refused = await crew.started("late", *words)
    assert await refused.wait() == 1
    assert [line for line in crew.said("late").splitlines() if "event=" not in line] == [
        "threadpaint: The database was written by a newer version of Threadpaint than this one. "
        "Start that version, or restore a backup."
    ]


@pytest.mark.parametrize("words", [("serve", "--no-work"), ("work",)])
async def test_a_file_is_not_for_several(told: Story, tmp_path: Path, words: tuple[str, ...]) -> None:
    log = tmp_path / "bot.log"
    bot = await start(log, environment(told.url, tmp_path), *words)
    assert await bot.wait() == 1
    said = log.read_text("utf-8").splitlines()
    assert len(said) == 1
    assert said[0].startswith(f"threadpaint: `{' '.join(words)}` needs a database that several processes can share")


async def test_what_one_hears_is_stopped_in_another_and_stays_so(told: Story, crew: Crew) -> None:
    """Cancelled at the door, stopped by the hand that paints; and by the heir of a hand that was killed meanwhile."""
    await hurry(told, gemini_delay=60.0)
    _, hand = await asyncio.gather(crew.born("door", "serve", "--no-work"), crew.born("hand", "work"))
    await crew.hears()
    await told.commands("/imagine a red fox")
    await crew.until("SELECT 1 FROM ledger WHERE outcome = 'open'")
    await told.commands("/imagine cancel")
    await told.sees_words(SENTENCES["cancelled"])
    await crew.until("SELECT 1 FROM ledger WHERE outcome = 'unknown' AND reason = 'cancelled'")
    await told.commands("/imagine a blue fox")

    async def called() -> bool | None:
        return True if len(await told.paintings()) == 2 else None

    await told.eventually(called)
    hand.kill()
    await told.commands("/imagine cancel")
    await told.whispered("I am stopping 1 request")
    await crew.born("heir", "work")
    await told.sees_words(SENTENCES["cancelled"], within=LONG)
    assert len(await told.paintings()) == 2
