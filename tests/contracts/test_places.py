"""The places at the models: in memory, and shared over a database, where processes also die."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text, update

from bot.domain.fairness import Ticket
from bot.domain.limits import Limits
from bot.ports import Places
from bot.studio.places import LocalPlaces
from storage import places as shared
from storage.database import Database
from storage.places import SqlPlaces
from storage.tables import tickets

TREE = Path(__file__).parents[2]
PATIENCE = 30.0
GONE = 30_000_000  # microseconds after which a process without a sign of life is surely dead


class Rules:
    """Limits that a test changes."""

    def __init__(self) -> None:
        self.limits = Limits(2, 64, 64)

    def __call__(self) -> Limits:
        return self.limits


@pytest.fixture
def rules() -> Rules:
    return Rules()


@pytest.fixture
def another(database: Database, rules: Rules) -> Callable[..., SqlPlaces]:
    """One more process on the same database, as far as that can tell."""

    def make(name: str, room: int = 100) -> SqlPlaces:
        return SqlPlaces(database, name, rules, room)

    return make


@pytest.fixture(params=["memory", "shared"])
def places(request: pytest.FixtureRequest, another: Callable[..., SqlPlaces], rules: Rules) -> Places:
    return LocalPlaces(rules, 100) if request.param == "memory" else another("one")


def ticket(id: str, asker: str = "U1", model: str = "flash", team: str = "T1", *, later: bool = False) -> Ticket:
    return Ticket(id, team, asker, model, later=later)


class Crowd:
    """Tasks that wait for a place; `came` is who got one, in order."""

    def __init__(self) -> None:
        self.came: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    def line_up(self, places: Places, *tickets: Ticket) -> None:
        for each in tickets:
            self.tasks[each.id] = asyncio.create_task(self._wait(places, each))

    async def _wait(self, places: Places, ticket: Ticket) -> None:
        await places.take(ticket)
        self.came.append(ticket.id)


@pytest.fixture
async def crowd() -> AsyncIterator[Crowd]:
    made = Crowd()
    yield made
    for task in made.tasks.values():
        task.cancel()
    await asyncio.gather(*made.tasks.values(), return_exceptions=True)


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(0.005)


async def for_all(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await is_so():  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(0.02)


async def test_a_person_has_two_places_and_the_third_waits(places: Places, crowd: Crowd) -> None:
    crowd.line_up(places, *(ticket(f"{n}") for n in range(4)))
    await until(lambda: len(crowd.came) == 2 and [places.ahead(f"{n}") for n in range(4)] == [0, 0, 1, 2])
    places.leave("1")
    await until(lambda: crowd.came == ["0", "1", "2"])
    await until(lambda: places.ahead("3") == 1)
    assert places.ahead("nobody") == 0


async def test_each_limit_is_kept(places: Places, crowd: Crowd, rules: Rules) -> None:
    rules.limits = Limits(1, 2, 2)
    crowd.line_up(places, ticket("0", "a"), ticket("1", "a"), ticket("2", "b", "pro"), ticket("3", "c", "pro"))
    await until(lambda: crowd.came == ["0", "2"])
    crowd.line_up(places, ticket("4", "d", team="T2"), ticket("5", "e", team="T3"))
    await until(lambda: crowd.came == ["0", "2", "4"])
    places.leave("4")
    await until(lambda: crowd.came == ["0", "2", "4", "5"])


async def test_a_hundred_of_one_person_delay_anothers_first_by_one_place_at_most(
    places: Places, crowd: Crowd, rules: Rules
) -> None:
    rules.limits = Limits(2, 64, 1)
    crowd.line_up(places, *(ticket(f"{n}") for n in range(100)))
    await until(lambda: places.ahead("99") == 99)
    crowd.line_up(places, ticket("other", "U2"))
    await until(lambda: places.ahead("other") == 1)
    places.leave("0")
    await until(lambda: len(crowd.came) == 2)
    assert crowd.came == ["0", "other"]


async def test_who_can_wait_lets_everybody_else_go_first(places: Places, crowd: Crowd, rules: Rules) -> None:
    rules.limits = Limits(2, 64, 1)
    crowd.line_up(places, ticket("works", "U9"), *(ticket(f"later {n}", later=True) for n in range(3)))
    await until(lambda: places.ahead("later 2") == 3)
    crowd.line_up(places, ticket("0", "U2"), ticket("1", "U3"), ticket("2", "U2"))
    await until(lambda: [places.ahead(id) for id in ("0", "1", "2", "later 0", "later 2")] == [1, 2, 3, 4, 6])
    for many, id in enumerate(("works", "0", "1", "2", "later 0", "later 1"), 2):
        places.leave(id)
        await until(lambda many=many: len(crowd.came) == many)  # type: ignore[misc]
    assert crowd.came == ["works", "0", "1", "2", "later 0", "later 1", "later 2"]


async def test_a_hundred_that_can_wait_do_not_delay_the_same_persons_one_that_cannot(
    places: Places, crowd: Crowd
) -> None:
    crowd.line_up(places, *(ticket(f"later {n}", later=True) for n in range(100)))
    await until(lambda: places.ahead("later 99") == 98)
    crowd.line_up(places, ticket("now"))
    await until(lambda: places.ahead("now") == 1)
    places.leave("later 0")
    await until(lambda: len(crowd.came) == 3)
    assert crowd.came == ["later 0", "later 1", "now"]


async def test_a_place_that_nobody_in_a_hurry_fits_into_is_for_who_can_wait(
    places: Places, crowd: Crowd, rules: Rules
) -> None:
    rules.limits = Limits(1, 64, 2)
    crowd.line_up(places, ticket("0"), ticket("1"))
    await until(lambda: places.ahead("1") == 1)
    crowd.line_up(places, ticket("later", "U2", later=True))
    await until(lambda: crowd.came == ["0", "later"])


async def test_who_goes_away_while_waiting_takes_no_place(places: Places, crowd: Crowd) -> None:
    crowd.line_up(places, *(ticket(f"{n}") for n in range(4)))
    await until(lambda: len(crowd.came) == 2)
    crowd.tasks["2"].cancel()
    places.leave("2")
    places.leave("2")
    places.leave("0")
    await until(lambda: crowd.came == ["0", "1", "3"])


async def test_who_goes_away_before_anybody_heard_takes_no_place(places: Places, crowd: Crowd, rules: Rules) -> None:
    rules.limits = Limits(1, 64, 64)
    crowd.line_up(places, ticket("0"), ticket("1"))
    await asyncio.sleep(0)
    crowd.tasks["0"].cancel()
    places.leave("0")
    await until(lambda: "1" in crowd.came)


async def test_limits_that_are_raised_let_in_who_waits(places: Places, crowd: Crowd, rules: Rules) -> None:
    crowd.line_up(places, *(ticket(f"{n}") for n in range(5)))
    await until(lambda: len(crowd.came) == 2)
    rules.limits = Limits(4, 64, 64)
    await until(lambda: len(crowd.came) == 4)


async def test_a_process_takes_no_more_than_it_has_room_for(
    another: Callable[..., SqlPlaces], crowd: Crowd, rules: Rules
) -> None:
    rules.limits = Limits(64, 64, 64)
    small, large = another("small", 1), another("large", 3)
    crowd.line_up(small, *(ticket(f"s{n}") for n in range(5)))
    crowd.line_up(large, *(ticket(f"l{n}") for n in range(5)))
    await until(lambda: len(crowd.came) == 4)
    assert sorted(crowd.came) == ["l0", "l1", "l2", "s0"]


async def test_a_place_that_one_gives_up_is_filled_by_another_soon(
    another: Callable[..., SqlPlaces], crowd: Crowd
) -> None:
    one, two = another("one"), another("two")
    crowd.line_up(one, ticket("0"), ticket("1"))
    await until(lambda: len(crowd.came) == 2)
    crowd.line_up(two, *(ticket(f"two {n}") for n in range(6)))
    await until(lambda: two.ahead("two 5") == 6)
    took = []
    for n in range(6):
        left = time.monotonic()
        one.leave(f"{n}") if n < 2 else two.leave(f"two {n - 2}")
        await until(lambda n=n: f"two {n}" in crowd.came)  # type: ignore[misc]
        took.append(time.monotonic() - left)
    assert sorted(took)[3] < 0.15


async def test_who_can_wait_lets_those_of_other_processes_go_first(
    another: Callable[..., SqlPlaces], crowd: Crowd, rules: Rules
) -> None:
    rules.limits = Limits(2, 64, 1)
    one, two = another("one"), another("two")
    crowd.line_up(one, ticket("works", "U9"), *(ticket(f"later {n}", later=True) for n in range(20)))
    await until(lambda: one.ahead("later 19") == 20)
    crowd.line_up(two, ticket("0", "U2"), ticket("1", "U1"), ticket("later too", "U2", later=True))
    await until(lambda: [two.ahead(id) for id in ("0", "1", "later too")] == [1, 2, 3])
    await until(lambda: one.ahead("later 19") == 23)
    for who, id in ((one, "works"), (two, "0"), (two, "1")):
        before = len(crowd.came)
        who.leave(id)
        await until(lambda before=before: len(crowd.came) > before)  # type: ignore[misc]
    assert crowd.came == ["works", "0", "1", "later too"]


OLD = """INSERT INTO tickets (id, executor, team, asker, model, room, since, started, beat)
         VALUES ('old', 'old', 'T1', 'U2', 'flash', 9, 1, NULL, :beat)"""  # all that the version before knows


async def test_who_lines_up_at_a_process_of_the_version_before_is_in_a_hurry(
    database: Database, another: Callable[..., SqlPlaces], crowd: Crowd, rules: Rules
) -> None:
    rules.limits = Limits(2, 64, 1)
    one = another("one")
    crowd.line_up(one, ticket("works"), ticket("later", "U3", later=True))
    await until(lambda: crowd.came == ["works"])
    beat = {"beat": time.time_ns() // 1000 + GONE}
    await database.write(lambda connection: connection.execute(text(OLD), beat))
    await until(lambda: one.ahead("later") == 2)
    one.leave("works")

    async def let_in() -> bool:
        return await rows(database) == {"later": False, "old": True}

    await for_all(let_in)
    assert crowd.came == ["works"]


async def test_all_see_the_same_line(
    database: Database, another: Callable[..., SqlPlaces], crowd: Crowd, rules: Rules
) -> None:
    rules.limits = Limits(2, 64, 1)
    one, two = another("one"), another("two")
    for who, id, asker in ((one, "a0", "a"), (one, "a1", "a"), (two, "a2", "a"), (two, "b1", "b")):
        crowd.line_up(who, ticket(id, asker))

        async def told(id: str = id) -> bool:
            return id in await rows(database)

        await for_all(told)
    await until(lambda: (two.ahead("b1"), one.ahead("a1"), two.ahead("a2")) == (1, 2, 3))
    assert crowd.came == ["a0"]


async def rows(database: Database) -> dict[str, bool]:
    found = await database.read(lambda connection: connection.execute(select(tickets.c.id, tickets.c.started)).all())
    return {row.id: row.started is not None for row in found}


def left_behind(connection: Connection, executor: str, beat: int) -> None:
    alike = {"executor": executor, "team": "T1", "asker": "U1", "model": "flash", "room": 9, "since": 1}
    for n in range(2):
        connection.execute(insert(tickets).values(alike | {"id": f"{executor} {n}", "started": 1, "beat": beat}))


async def test_tickets_of_the_dead_stop_counting(
    database: Database, another: Callable[..., SqlPlaces], crowd: Crowd
) -> None:
    await database.write(lambda connection: left_behind(connection, "dead", 1))
    crowd.line_up(another("one"), ticket("0"))
    await until(lambda: crowd.came == ["0"])
    assert await rows(database) == {"0": True}


async def test_the_living_count_and_the_next_run_of_an_executor_clears_up(
    database: Database, another: Callable[..., SqlPlaces], crowd: Crowd
) -> None:
    beat = time.time_ns() // 1000 + GONE
    await database.write(lambda connection: left_behind(connection, "living", beat))
    crowd.line_up(another("one"), ticket("0"))
    one_waits = {"living 0": True, "living 1": True, "0": False}

    async def waiting() -> bool:
        return await rows(database) == one_waits

    await for_all(waiting)
    crowd.line_up(another("living"), ticket("1", "U2"))
    await until(lambda: sorted(crowd.came) == ["0", "1"])


async def test_who_was_taken_for_dead_and_lives_is_counted_again(
    database: Database, another: Callable[..., SqlPlaces], crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "BEAT", 0.05)
    one = another("one")
    crowd.line_up(one, *(ticket(f"{n}") for n in range(3)))
    await until(lambda: len(crowd.came) == 2)
    await database.write(lambda connection: connection.execute(tickets.delete()))

    async def told_again() -> bool:
        return await rows(database) == {"0": True, "1": True, "2": False}

    await for_all(told_again)
    one.leave("0")
    await until(lambda: len(crowd.came) == 3)


async def test_a_process_that_lives_says_so(
    database: Database, another: Callable[..., SqlPlaces], crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "BEAT", 0.05)
    crowd.line_up(another("one"), ticket("0"))
    await until(lambda: crowd.came == ["0"])
    await database.write(lambda connection: connection.execute(update(tickets).values(beat=1)))

    async def fresh() -> bool:
        beats = await database.read(lambda connection: list(connection.scalars(select(tickets.c.beat))))
        return beats != [1]

    await for_all(fresh)


async def test_a_closed_database_has_no_tickets_left(url: str, database: Database, rules: Rules, crowd: Crowd) -> None:
    closing = Database(url)
    await closing.open()
    crowd.line_up(SqlPlaces(closing, "one", rules, 9), *(ticket(f"{n}") for n in range(3)))
    await until(lambda: len(crowd.came) == 2)
    await closing.close()
    assert await rows(database) == {}


async def test_who_has_just_come_is_not_told_of_a_line_that_is_over(
    another: Callable[..., SqlPlaces], crowd: Crowd, rules: Rules
) -> None:
    """Nor of any line, before somebody has looked."""
    rules.limits = Limits(64, 1, 64)
    one = another("one")
    crowd.line_up(one, *(ticket(f"{n}", f"U{n}") for n in range(5)))
    await until(lambda: [one.ahead(f"{n}") for n in range(1, 5)] == [1, 2, 3, 4])
    for n in range(5):
        one.leave(f"{n}")
    crowd.line_up(one, ticket("alone"), ticket("next", "U9"))
    seen = set()

    def let_in() -> bool:
        seen.add(one.ahead("alone"))
        return "alone" in crowd.came

    await until(let_in)
    assert seen <= {None, 0, 1}
    await until(lambda: one.ahead("next") == 1)


async def test_while_the_database_is_away_nothing_is_lost(
    database: Database, another: Callable[..., SqlPlaces], crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "AGAIN", 0.01)
    one = another("one")
    crowd.line_up(one, *(ticket(f"{n}") for n in range(3)))
    await until(lambda: len(crowd.came) == 2)
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE tickets RENAME TO elsewhere")
    one.leave("0")
    crowd.line_up(one, ticket("3", "U2"))
    await until(lambda: one.ahead("3") is None)
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO tickets")
    await until(lambda: sorted(crowd.came) == ["0", "1", "2", "3"])


@asynccontextmanager
async def child(url: str, name: str, many: int, limits: Limits) -> AsyncIterator[Process]:
    counts = (str(limits.person), str(limits.workspace), str(limits.model))
    arguments = ("-m", "tests.contracts.places", url, name, str(many), *counts)
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=PIPE, stdout=PIPE, cwd=TREE)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_several_processes_keep_the_limits_together(url: str, database: Database) -> None:
    limits, spans = Limits(2, 7, 5), []
    async with (
        child(url, "a", 40, limits) as a,
        child(url, "b", 40, limits) as b,
        child(url, "c", 40, limits) as c,
    ):
        outs = await asyncio.gather(*(each.communicate(b"go\n") for each in (a, b, c)))
    for out, _ in outs:
        spans += [json.loads(line) for line in out.splitlines()]
    assert len(spans) == 120
    for _, asker, model, began, _ in spans:
        there = [each for each in spans if each[3] <= began < each[4]]
        assert len(there) <= limits.workspace
        assert sum(each[1] == asker for each in there) <= limits.person
        assert sum(each[2] == model for each in there) <= limits.model
    assert await rows(database) == {}
