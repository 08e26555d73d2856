"""Executors: who lives, who is dead, and whose work becomes whose."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import text

from bot.domain.requests import Place
from bot.errors import OperatorMustFix
from storage import executors as room
from storage.database import Database
from storage.executors import SqlExecutors
from storage.requests import SqlRequests
from tests.contracts.conftest import Ledgers
from tests.contracts.made import Clock, command, entry, paid, reply

Lives = Callable[[str, str], SqlExecutors]


@pytest.fixture
def lives(database: Database, clock: Clock) -> Lives:
    """Lives of executors: by name and token."""
    return lambda name, token: SqlExecutors(database, name, token, lambda _: clock())


async def rows(database: Database) -> dict[str, tuple[str, bool, int, str]]:
    """Of each unfinished request: its executor, whether it has begun, the deaths, why it failed."""
    query = text("SELECT key, executor, begun, deaths, failed FROM requests WHERE finished IS NULL")
    found = await database.read(lambda connection: connection.execute(query).all())
    return {row.key: (row.executor, row.begun is not None, row.deaths, row.failed) for row in found}


async def at_work(database: Database, name: str, *keys: str) -> SqlRequests:
    requests = SqlRequests(database, Clock(), name)
    for key in keys:
        await requests.accept(command(key))
    assert await requests.claim(100) == list(keys)
    return requests


async def test_whoever_beats_lives(lives: Lives, clock: Clock) -> None:
    one, two = lives("one", "x"), lives("two", "y")
    await one.join()
    await two.join()
    for _ in range(5):
        clock.passes(19)
        assert await one.beat()
        assert await two.beat()
    assert await one.inherit() == frozenset()
    assert await one.alive() == {"one", "two", "one/x", "two/y"}


async def test_the_silent_lose_their_work_to_one_heir(lives: Lives, clock: Clock, database: Database) -> None:
    one, two, three = (lives(name, "x") for name in ("one", "two", "three"))
    for each in (one, two, three):
        await each.join()
    await at_work(database, "one", "a", "b")
    clock.passes(19.9)
    assert await two.beat()
    assert await three.beat()
    assert await two.inherit() == frozenset()
    clock.passes(0.2)
    heirs = await asyncio.gather(two.inherit(), three.inherit())
    assert sorted(heirs, key=len) == [frozenset(), {"one"}]
    heir = "two" if heirs[0] else "three"
    assert await rows(database) == {"a": (heir, False, 1, ""), "b": (heir, False, 1, "")}
    assert await one.beat() is False
    assert await two.alive() == {"two", "three", "two/x", "three/x"}


async def test_whose_own_sign_of_life_is_old_takes_nobody_for_dead(
    lives: Lives, clock: Clock, database: Database
) -> None:
    """The database hung between the beat and the look at the others."""
    one, two = lives("one", "x"), lives("two", "x")
    await one.join()
    await two.join()
    await at_work(database, "one", "a")
    clock.passes(21)
    assert await two.inherit() == frozenset()
    assert await two.beat()
    clock.passes(9)
    assert await two.inherit() == {"one"}


async def test_who_was_taken_for_dead_inherits_nothing_and_can_come_again(
    lives: Lives, clock: Clock, database: Database
) -> None:
    one, two = lives("one", "x"), lives("two", "x")
    await one.join()
    await two.join()
    await at_work(database, "two", "a")
    clock.passes(21)
    await two.beat()
    assert await two.inherit() == {"one"}
    clock.passes(21)
    assert await one.inherit() == frozenset()
    assert (await rows(database))["a"][0] == "two"
    again = lives("one", "y")
    await again.join()
    assert await again.beat()
    assert await one.beat() is False
    await one.leave()
    assert await again.beat()
    assert await again.inherit() == {"two"}


async def test_the_next_life_under_the_same_name_has_the_work(lives: Lives, clock: Clock, database: Database) -> None:
    await lives("one", "x").join()
    requests = await at_work(database, "one", "a")
    clock.passes(21)
    await lives("one", "y").join()
    assert await requests.at_work() == ["a"]
    assert await rows(database) == {"a": ("one", False, 1, "")}


async def test_a_life_that_ends_well_counts_against_nobody(lives: Lives, clock: Clock, database: Database) -> None:
    one, two = lives("one", "x"), lives("two", "x")
    await one.join()
    await two.join()
    await at_work(database, "one", "a")
    await one.leave()
    assert await two.inherit() == {"one"}
    assert await rows(database) == {"a": ("two", False, 0, "")}
    assert await two.inherit() == frozenset()


async def test_only_what_has_begun_can_have_killed(lives: Lives, clock: Clock, database: Database) -> None:
    one, two = lives("one", "x"), lives("two", "x")
    await two.join()
    await one.join()
    requests = await at_work(database, "one", "a", "b")
    for deaths in range(1, 4):
        clock.passes(21)
        await two.beat()
        assert await two.inherit() == {"one"}
        assert {key: row[2] for key, row in (await rows(database)).items()} == {"a": deaths, "b": 1}
        one = lives("one", str(deaths))
        await one.join()
        assert await requests.adopt("a") == deaths
        assert await requests.adopt("b") == 1
        await requests.begun("a")
    await requests.failed("a", "poisoned")
    assert (await rows(database))["a"] == ("one", True, 3, "poisoned")


async def test_calls_of_the_dead_are_unknown(lives: Lives, clock: Clock, database: Database, ledgers: Ledgers) -> None:
    one, two = lives("one", "x"), lives("two", "x")
    await one.join()
    await two.join()
    await ledgers(executor="one").open(entry("dead"))
    await ledgers(executor="two").open(entry("living"))
    clock.passes(21)
    await two.beat()
    await two.inherit()
    query = text("SELECT id, outcome FROM ledger")
    outcomes = await database.read(lambda connection: connection.execute(query).all())
    assert {row.id: row.outcome for row in outcomes} == {"dead": "unknown", "living": "open"}


async def outcomes(database: Database) -> dict[str, str]:
    query = text("SELECT id, outcome FROM ledger")
    found = await database.read(lambda connection: connection.execute(query).all())
    return {row.id: row.outcome for row in found}


async def test_a_call_that_nobody_can_settle_any_more_is_unknown_at_somebodys_next_look(
    lives: Lives, clock: Clock, database: Database, ledgers: Ledgers
) -> None:
    """Opened under a name that was taken over in the same moment, and whose process never came again."""
    one = lives("one", "x")
    await one.join()
    await ledgers(executor="gone").open(entry("old"))
    clock.passes(7_199)
    await ledgers(executor="gone").open(entry("young"))
    assert await one.inherit() == frozenset()
    assert await outcomes(database) == {"old": "open", "young": "open"}
    clock.passes(2)
    await one.beat()
    assert await one.inherit() == frozenset()
    assert await outcomes(database) == {"old": "unknown", "young": "open"}
    await ledgers(executor="gone").settle("old", paid("0.01"))
    assert (await outcomes(database))["old"] == "paid"


async def test_at_the_start_on_a_file_no_call_is_under_way(
    lives: Lives, database: Database, ledgers: Ledgers, url: str
) -> None:
    await ledgers(executor="renamed since").open(entry("a"))
    await lives("one", "x").join()
    assert await outcomes(database) == {"a": "unknown" if url.startswith("sqlite") else "open"}


async def test_what_an_older_version_works_on_is_left_to_it_for_long(
    lives: Lives, clock: Clock, database: Database, url: str
) -> None:
    await at_work(database, "", "old")
    clock.passes(1199)
    await lives("one", "x").join()
    if url.startswith("sqlite"):  # nobody else can be at this file
        assert await rows(database) == {"old": ("one", False, 1, "")}
        return
    one = lives("two", "x")
    await one.join()
    assert await one.inherit() == frozenset()
    clock.passes(2)
    await one.beat()
    assert await one.inherit() == {""}
    assert (await rows(database))["old"][0] == "two"


async def test_a_name_that_is_alive_is_not_given_away(
    lives: Lives, clock: Clock, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "GLANCE", 0.01)
    one = lives("one", "x")
    await one.join()
    if url.startswith("sqlite"):  # whoever comes so far has the file to himself
        await lives("one", "y").join()
        assert await one.beat() is False
        return
    asked = asyncio.create_task(lives("one", "y").join())
    while not asked.done():
        clock.passes(1)
        assert await one.beat()
    with pytest.raises(OperatorMustFix, match="executor_taken"):
        await asked
    assert await one.beat()


async def test_a_name_that_gives_no_sign_of_life_is_free_soon(lives: Lives, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "GLANCE", 0.01)
    monkeypatch.setattr(room, "PROBE", 0.05)
    one, two = lives("one", "x"), lives("one", "y")
    await one.join()
    await two.join()
    assert await two.beat()
    assert await one.beat() is False


class Watched:
    """A clock that goes on with every look at it, and what happens meanwhile."""

    def __init__(self, clock: Clock, step: float) -> None:
        self._clock, self._step = clock, step
        self.looks = 0

    def __call__(self, _: object) -> int:
        self.looks += 1
        self._clock.passes(self._step)
        return self._clock()


async def looks_until_joined(database: Database, clock: Clock, silent: float) -> int:
    """How often somebody who comes again looks, half a second each, when its name was silent for so long before."""
    await SqlExecutors(database, "one", "x", lambda _: clock()).join()
    clock.passes(silent)
    watched = Watched(clock, 0.5)
    await SqlExecutors(database, "one", "y", watched).join()
    return watched.looks


@pytest.mark.parametrize(
    ("silent", "looks"), [(0.0, 16), (2.0, 12), (4.0, 8), (6.0, 7), (12.0, 7), (19.6, 1), (60.0, 1)]
)
async def test_a_name_is_free_when_nobody_who_lives_could_be_silent_for_so_long(
    database: Database, clock: Clock, url: str, monkeypatch: pytest.MonkeyPatch, silent: float, looks: int
) -> None:
    """Eight seconds after its last sign of life, and no sooner than three seconds after we came."""
    monkeypatch.setattr(room.asyncio, "sleep", at_once)
    seen = await looks_until_joined(database, clock, silent)
    assert seen == (1 if url.startswith("sqlite") else looks)


async def at_once(_seconds: float) -> None:
    """No time passes but that of the clock."""


async def test_who_comes_back_with_its_database_keeps_its_name(
    lives: Lives, clock: Clock, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody could beat while it was away; whoever lives does so within a second or two."""
    one = lives("one", "x")
    await one.join()
    clock.passes(15)
    if url.startswith("sqlite"):  # whoever comes so far has the file to himself
        await lives("one", "y").join()
        return
    glances = 0

    async def beats_after_two_seconds(seconds: float) -> None:
        nonlocal glances
        glances += 1
        clock.passes(seconds)
        if glances == 4:
            assert await one.beat()

    monkeypatch.setattr(room.asyncio, "sleep", beats_after_two_seconds)
    with pytest.raises(OperatorMustFix, match="executor_taken"):
        await lives("one", "y").join()
    assert await one.beat()


async def test_order_is_kept_in_a_lane_that_changed_hands(lives: Lives, clock: Clock, database: Database) -> None:
    room_ = Place("T1", "C1", "1763720000.000100")
    one, two = lives("one", "x"), lives("two", "x")
    await one.join()
    await two.join()
    requests, others = SqlRequests(database, executor="one"), SqlRequests(database, executor="two")
    for key in "ab":
        await requests.accept(reply(key, place=room_))
    assert await requests.claim(5) == ["a"]
    clock.passes(21)
    await two.beat()
    await two.inherit()
    assert await others.claim(5) == []
    assert await others.at_work() == ["a"]
    await others.finish("a")
    assert await others.claim(5) == ["b"]
