"""The database goes away in the middle of the work: nobody pays twice, nothing is lost, and nobody notices."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from bot.playground.world import World
from storage.columns import PICO
from storage.database import Database
from tests.servers.lossy import Lossy, lossy
from tests.servers.postgres import own_database
from tests.stories.crew import Crew, crew_on
from tests.stories.mishaps import hurry, results
from tests.stories.story import Story, telling

LONG = 120.0  # seconds; on a machine of its own a few are enough
CUT = 10.0  # seconds
BACKENDS = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture
async def told(world: World) -> AsyncIterator[Story]:
    async with telling(world.url) as story:
        await hurry(story)
        yield story


@pytest.fixture
def address(postgres_server: str) -> AsyncIterator[str]:
    with own_database(postgres_server) as url:
        yield url  # type: ignore[misc]


@pytest.fixture
async def way(address: str) -> AsyncIterator[Lossy]:
    async with lossy(address) as opened:
        yield opened


@pytest.fixture
async def crew(told: Story, tmp_path: Path, address: str, way: Lossy) -> AsyncIterator[Crew]:
    """Nobody yet; they reach an empty database by a way that can be cut, and the story looks at it by another."""
    async with crew_on(told, tmp_path, way.url) as bots:
        await bots.database.close()
        bots.database = Database(address)
        yield bots


async def billed(told: Story, crew: Crew) -> tuple[Decimal, Decimal]:
    """Dollars by the ledger, and by the provider."""
    [(written,)] = await crew.rows("SELECT coalesce(sum(price), 0) FROM ledger")
    return Decimal(written) * PICO, sum((Decimal(call["bill"] or 0) for call in await told.paintings()), Decimal(0))


async def answered(told: Story, many: int) -> None:
    """Wait until the model has given so many answers."""

    async def look() -> bool | None:
        return True if len([call for call in await told.paintings() if call["status"]]) >= many else None

    await told.eventually(look)


async def nothing_is_open(crew: Crew) -> None:
    await crew.until("SELECT 1 FROM ledger HAVING count(CASE WHEN outcome = 'open' THEN 1 END) = 0")


async def test_what_was_painted_while_the_database_was_away_is_posted_and_paid_for_once(
    told: Story, crew: Crew, way: Lossy
) -> None:
    await hurry(told, gemini_delay=3.0)
    await crew.born("one")
    await crew.hears()
    await told.commands("/imagine a red fox --n 3")
    await told.commands("/imagine a blue fox")
    await crew.until("SELECT 1 FROM ledger HAVING count(*) = 4")
    await way.cut()
    await answered(told, 4)
    await asyncio.sleep(CUT)
    await way.open()
    await crew.until("SELECT 1 FROM requests HAVING count(finished) = 2", within=LONG)
    await nothing_is_open(crew)
    assert sorted(len(seen.images) for seen in await results(told)) == [1, 3]
    assert len(await told.paintings()) == 4
    ours, theirs = await billed(told, crew)
    assert ours == theirs > 0
    assert await crew.rows("SELECT outcome FROM ledger WHERE outcome <> 'paid'") == []


async def test_who_is_told_to_stop_while_the_database_is_away_stops_in_time(
    told: Story, crew: Crew, way: Lossy
) -> None:
    """What it had in its hands is lost, but not forgotten: the next start knows that it may have been billed."""
    await hurry(told, gemini_delay=2.0)
    leaving = await crew.born("one")
    await crew.hears()
    await told.commands("/imagine a red fox")
    await crew.until("SELECT 1 FROM ledger")
    await way.cut()
    await answered(told, 1)
    leaving.terminate()
    async with asyncio.timeout(30):
        await leaving.wait()
    assert "Traceback" not in crew.said("one")
    await way.open()
    await hurry(told, gemini_delay=0.1)
    await crew.born("one")
    await told.sees_picture(within=LONG)
    await crew.until("SELECT 1 FROM requests WHERE finished IS NOT NULL")
    assert sorted(await crew.rows("SELECT outcome FROM ledger")) == [("paid",), ("unknown",)]
    assert len([seen for seen in await results(told) if seen.images]) == 1


async def test_who_is_told_to_stop_while_the_database_hangs_stops_in_time(told: Story, crew: Crew, way: Lossy) -> None:
    await hurry(told, gemini_delay=2.0)
    leaving = await crew.born("one")
    await crew.hears()
    await told.commands("/imagine a red fox")
    await crew.until("SELECT 1 FROM ledger")
    way.hush()
    await answered(told, 1)
    leaving.terminate()
    async with asyncio.timeout(30):
        await leaving.wait()
    way.speak()
    await hurry(told, gemini_delay=0.1)
    await crew.born("one")
    await told.sees_picture(within=LONG)
    await crew.until("SELECT 1 FROM requests WHERE finished IS NOT NULL")
    await nothing_is_open(crew)
    assert len([seen for seen in await results(told) if seen.images]) == 1


async def test_answers_that_get_lost_change_nothing(told: Story, crew: Crew, way: Lossy) -> None:
    """Again and again a commit is done, and whoever asked for it hears only that the connection broke."""
    await hurry(told, gemini_delay=0.5)
    await crew.born("one")
    await crew.hears()
    losing = asyncio.create_task(_lose_answers(way))
    for number in range(12):
        await told.commands(f"/imagine fox number {number}")
    await crew.until("SELECT 1 FROM requests HAVING count(finished) = 12", within=LONG)
    losing.cancel()
    await nothing_is_open(crew)
    shown = Counter(seen.words for seen in await results(told) if seen.images)
    assert (len(shown), set(shown.values())) == (12, {1})
    assert len(await results(told)) == 12
    assert len(await told.paintings()) == 12
    ours, theirs = await billed(told, crew)
    assert ours == theirs


async def _lose_answers(way: Lossy) -> None:
    while True:
        way.losing = 1
        await asyncio.sleep(0.7)


async def test_a_database_that_restarts_is_not_noticed(told: Story, crew: Crew, way: Lossy) -> None:
    """All connections break, three times, and twice nobody can connect for a while."""
    await hurry(told, gemini_delay=2.0)
    await asyncio.gather(*(crew.born(name) for name in ("one", "two")))
    await crew.hears()
    for number in range(20):
        await told.commands(f"/imagine fox number {number}")
    await crew.until("SELECT 1 FROM requests HAVING count(*) = 20")
    for done, away in ((0, 0.0), (1, 2.0), (8, 2.0)):
        await crew.until(f"SELECT 1 FROM requests HAVING count(finished) >= {done}", within=LONG)
        await crew.database.write(
            lambda connection: connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM {BACKENDS}")
        )
        await way.cut()
        await asyncio.sleep(away)
        await way.open()
    await crew.until("SELECT 1 FROM requests HAVING count(finished) = 20", within=LONG)
    await nothing_is_open(crew)
    shown = Counter(seen.words for seen in await results(told) if seen.images)
    assert (len(shown), set(shown.values())) == (20, {1})
    assert len(await results(told)) == 20
    assert len(await told.paintings()) == 20
    ours, theirs = await billed(told, crew)
    assert ours == theirs
