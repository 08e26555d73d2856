"""The made-up past is one that the bot could have had: its own code finds everything where it looks for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, inspect, select

from bot.domain.periods import Period
from bot.domain.requests import Act
from bot.domain.spend import Budgets, Scope
from bot.domain.turns import State
from bot.playground import keys
from bot.studio.opening import turn_id
from storage.clock import now
from storage.database import Database
from storage.ledger import SqlLedger
from storage.requests import SqlRequests
from storage.schema import blocking_engine
from storage.tables import ledger, metadata, requests, turns
from storage.threads import SqlThreads
from storage.turns import SqlTurns
from storage.verdicts import SqlVerdicts
from tests.bench.past import DAYS, LONG, SECOND, Asked, Past
from tests.bench.pouring import fill, upgraded
from tests.bench.reads import Reads
from tests.servers.postgres import own_schema

UNTIL = now() - 3600 * SECOND
DAY = 86_400 * SECOND
TURNS = 130  # three long threads, and one that is cut off
EVER = Period("ever", 0, UNTIL * 2)
Filled = tuple[str, Past]


@pytest.fixture(params=["sqlite", "postgres"], scope="module")
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """A database and what has happened there. Nobody changes it."""
    past = Past(TURNS, UNTIL)
    with _url(request, tmp_path_factory.mktemp("past")) as url:
        fill(upgraded(url), past)
        yield url, past


@contextmanager
def _url(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{folder}/x.db"
        return
    with own_schema(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database for one test."""
    with _url(request, tmp_path) as made:
        yield made


@pytest.fixture
async def database(filled: Filled) -> AsyncIterator[Database]:
    """The filled one."""
    opened = Database(filled[0])
    yield opened
    await opened.close()


@pytest.fixture
def past(filled: Filled) -> Past:
    """What has happened."""
    return filled[1]


def everything(past: Past) -> list[Asked]:
    return [asked for told in Past(past.turns, past.until).threads() for asked in told]


async def test_every_turn_is_read_as_it_was_told(database: Database, past: Past) -> None:
    kept = SqlTurns(database)
    told = everything(past)
    assert len(told) == TURNS
    assert [await kept.find(asked.turn.id) for asked in told] == [asked.turn for asked in told]
    assert {asked.turn.state for asked in told} == {State.SHOWN, State.FAILED}


async def test_a_long_thread_is_one_chain_that_ends_where_replies_go_on(database: Database, past: Past) -> None:
    assert len(past.long) == 3
    for newest, place in past.long.items():
        thread = await SqlThreads(database).find(place)
        chain = await SqlTurns(database).chain(newest)
        assert thread is not None
        assert thread.newest == newest
        assert len(chain) > LONG // 2
        assert {turn.place for turn in chain} == {place}
        assert chain[0].act is Act.COMMAND


async def test_nothing_of_the_past_waits_or_is_at_work(database: Database, past: Past) -> None:
    queue = SqlRequests(database)
    assert await queue.claim(10) == []
    assert await queue.at_work() == []
    for asked in everything(past):
        assert await queue.find(asked.request.key) == asked.request
        assert turn_id(asked.request.key) == asked.turn.id


async def test_every_picture_was_paid_for_and_is_shown(database: Database, past: Past) -> None:
    spent = await books(database).by_tier(Scope(keys.TEAM_ID), EVER)
    painted = [(asked.turn, picture) for asked in everything(past) for picture in asked.turn.pictures]
    assert sum(tier.pictures for tier in spent) == len(painted)
    assert sum((tier.spend for tier in spent), Decimal(0)) == sum(picture.cost for _, picture in painted)
    assert 0 < sum(tier.kept for tier in spent) < sum(tier.judged for tier in spent) < len(painted)
    for turn, picture in painted:
        assert picture.id in await SqlVerdicts(database).at(turn.place, turn.post)


async def test_it_lasts_most_of_a_year_however_many_turns(database: Database, past: Past) -> None:
    query = select(func.min(turns.c.begun), func.max(turns.c.begun))
    first, last = await database.read(lambda connection: connection.execute(query).one())
    assert past.until - first == pytest.approx(DAYS * DAY, rel=0.01)
    assert past.until - DAYS * DAY // 20 < last < past.until
    lately = select(func.count()).where(ledger.c.begun >= past.until - 30 * DAY)
    assert TURNS / 20 < (await database.read(lambda connection: connection.scalar(lately) or 0)) < TURNS / 4


def test_the_indexes_are_there_again(filled: Filled) -> None:
    engine = blocking_engine(filled[0])
    with engine.connect() as connection:
        seen = inspect(connection)
        found = {index["name"] for table in metadata.sorted_tables for index in seen.get_indexes(table.name)}
    engine.dispose()
    assert {index.name for table in metadata.sorted_tables for index in table.indexes} <= found


async def test_a_copy_of_the_past_is_another_past_of_the_same_shape(url: str) -> None:
    long = fill(upgraded(url), Past(TURNS, UNTIL), 3)
    database = Database(url)
    assert len(long) == 9
    for newest, place in long.items():
        thread = await SqlThreads(database).find(place)
        chain = await SqlTurns(database).chain(newest)
        assert thread is not None
        assert thread.newest == newest
        assert len(chain) > LONG // 2
        assert {turn.place for turn in chain} == {place}
        assert len({picture.blob for turn in chain for picture in turn.pictures}) >= len(chain)
        for turn in chain:
            shown = await SqlVerdicts(database).at(place, turn.post)
            assert shown == tuple(picture.id for picture in turn.pictures)
    spent = await books(database).by_tier(Scope(keys.TEAM_ID), EVER)
    await database.close()
    told = everything(Past(TURNS, UNTIL))
    assert sum(tier.pictures for tier in spent) == 3 * sum(len(asked.turn.pictures) for asked in told)
    assert sum(tier.judged for tier in spent) % 3 == 0 < sum(tier.kept for tier in spent)


async def test_what_refers_to_what_is_checked_again_after_copying(url: str) -> None:
    fill(upgraded(url), Past(TURNS, UNTIL), 2)
    engine = blocking_engine(url)
    with engine.connect() as connection:
        seen = inspect(connection)
        found = {(table, key["referred_table"]) for table in metadata.tables for key in seen.get_foreign_keys(table)}
        numbers = connection.scalars(select(requests.c.number).order_by(requests.c.accepted)).all()
    engine.dispose()
    assert {("pictures", "turns"), ("parts", "pictures"), ("verdicts", "pictures")} <= found
    assert len(set(numbers)) == 2 * TURNS


def books(database: Database) -> SqlLedger:
    return SqlLedger(database, Budgets(), ZoneInfo("UTC"), "one")


async def test_all_that_is_measured_can_be_done_again_and_forgets_nothing(url: str) -> None:
    reads = Reads(url, fill(upgraded(url), Past(TURNS, UNTIL)))
    for do in [*(reads.often() | reads.seldom()).values()] * 2:
        await do()
        await reads.tidy()
    left = await reads.database.read(lambda connection: connection.scalar(select(func.count(turns.c.id))) or 0)
    await reads.database.close()
    assert left == TURNS + 2  # replies were begun
