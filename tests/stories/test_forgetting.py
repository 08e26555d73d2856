"""People are forgotten while the bot serves: nothing of theirs is left, and the conversation goes on kindly."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from obstore.store import LocalStore, from_url
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import create_engine, inspect, text, update

from bot.errors import ChatDown
from bot.jobs.upkeep import chores
from bot.playground import keys
from bot.playground.world import World
from bot.roles import keeping, running
from bot.settings import Settings
from bot.studio.leaving import Leaving
from handlers import departures
from storage.addresses import address_of
from storage.database import Database
from storage.departures import SqlDepartures
from storage.pictures import StoredPictures
from storage.requests import SqlRequests
from storage.tables import requests, turns
from tests.bench.stage import environment, start
from tests.photographs import photograph
from tests.stories.deliveries import deliver, event
from tests.stories.mishaps import breaks, hurry
from tests.stories.places import on_both
from tests.stories.story import Story, telling


@pytest.fixture
async def told(world: World, settings: Settings) -> AsyncIterator[Story]:
    async with running(settings), telling(world.url) as story:
        await hurry(story)
        yield story


@dataclass(frozen=True)
class Clerk:
    """Runs the command beside the bot, in a process of its own, and looks into everything that is kept."""

    world: World
    settings: Settings
    folder: Path

    async def forget(self, *words: str) -> tuple[int, str]:
        """The exit code, and what was said."""
        log = self.folder / "forget.log"
        log.write_text("")
        kept = {"DATABASE_URL": self.settings.database_url, "PICTURES_URL": self.settings.pictures_url}
        process = await start(log, environment(self.world.url, self.folder) | kept, "forget", *words)
        return await process.wait(), log.read_text("utf-8")

    def rows(self) -> dict[str, list[str]]:
        """Every row of every table that has one, ours and the job engine's."""
        if not self.settings.database_url.startswith("sqlite"):
            return _rows(self.settings.database_url, "public", "dbos")
        jobs = self.settings.database_url.replace(".db", "-jobs.db")
        return _rows(self.settings.database_url, None) | _rows(jobs, None)

    def objects(self) -> list[str]:
        """The names of all objects."""
        url = self.settings.pictures_url
        store = from_url(url, client_options={"allow_http": True}) if "://" in url else LocalStore(url)
        return [found["path"] for page in store.list() for found in page]

    def waits(self, days: int) -> None:
        """Everything in the folder of pictures is so much older."""
        moment = time.time() - days * 86_400
        for path in Path(self.settings.pictures_url).rglob("*"):
            os.utime(path, (moment, moment))

    async def raw(self) -> bytes:
        """What stands in the databases' files, and in those that SQLite has beside them.

        Read by another process: who closes a file of SQLite's loses the locks that the bot has on it in this one.
        """
        files = sorted(str(path) for path in self.folder.glob("*.db*"))
        process = await asyncio.create_subprocess_exec("cat", *files, stdout=asyncio.subprocess.PIPE)
        return (await process.communicate())[0]

    def kept(self) -> str:
        """All of it in one text."""
        return "\n".join([*(row for rows in self.rows().values() for row in rows), *self.objects()])


def _rows(url: str, *schemas: str | None) -> dict[str, list[str]]:
    engine, found = create_engine(address_of(url)), {}
    with engine.connect() as connection:
        for schema in schemas:
            for table in inspect(engine).get_table_names(schema):
                name = f'"{schema}"."{table}"' if schema else f'"{table}"'
                rows = [str(tuple(row)) for row in connection.execute(text(f"SELECT * FROM {name}"))]
                found |= {table: rows} if rows else {}
    engine.dispose()
    return found


@pytest.fixture
def clerk(world: World, settings: Settings, tmp_path: Path) -> Clerk:
    return Clerk(world, settings, tmp_path)


@on_both
async def test_a_person_is_forgotten_beside_the_bot(told: Story, clerk: Clerk) -> None:
    mine = await told.attaches(photograph(320, 240), "window.jpg")
    await told.says(f"<@{keys.BOT_USER}> our window in winter", files=[mine])
    ana = await told.sees_picture()
    await told.commands("/imagine a blue whale", by="U0BEN")
    whale = await told.sees_picture()
    await told.presses("Keep", on=whale)
    assert "U0ANA" in clerk.kept()
    code, dry = await clerk.forget("--user", "U0ANA", "--dry-run")
    assert (code, "our window" in clerk.kept()) == (0, True)
    code, said = await clerk.forget("--user", "U0ANA")
    assert code == 0
    assert said.splitlines()[1:] == dry.splitlines()[1:]
    left = clerk.kept()
    assert "U0ANA" not in left
    assert "window" not in left
    assert left.count(ana.thread) == 1  # the thread's own row: a reply there finds a kind answer
    assert "blue whale" in left
    assert len(clerk.objects()) == 1
    assert (await clerk.forget("--user", "U0ANA"))[1].strip() == "Nothing is kept of it."
    await told.replies("make it green", to=ana)
    assert await told.whispered("I have no record of this picture any more", thread=ana.thread)
    await told.replies("make it green", to=whale, by="U0BEN")
    assert (await told.sees_picture()).thread == whale.thread


async def test_what_was_heard_of_a_person_goes_also_where_only_its_end_was_heard(told: Story, clerk: Clerk) -> None:
    root = await told.says("my diary " + "says many things. " * 300 + "That was all.")
    await told.says(f"<@{keys.BOT_USER}> make a poster", by="U0BEN", thread=root)
    await told.sees_picture()
    assert "That was all." in clerk.kept()
    code, said = await clerk.forget("--user", "U0ANA")
    assert (code, "other people's turns, without what was said" in said) == (0, True)
    assert "That was all." not in clerk.kept()
    assert "make a poster" in clerk.kept()


@on_both
async def test_what_others_had_repeated_of_a_person_goes_and_their_pictures_stay(told: Story, clerk: Clerk) -> None:
    mine = await told.attaches(photograph(320, 240), "window.jpg")
    await told.says(f"<@{keys.BOT_USER}> our window in winter", files=[mine])
    ana = await told.sees_picture()
    await told.presses("Re-run with Pro", on=ana, by="U0BEN")
    pro = await told.sees_picture(by="pro")
    await told.presses("Variations", on=ana, by="U0BEN")
    await told.sees(lambda seen: len(seen.images) == 4)
    code, dry = await clerk.forget("--user", "U0ANA", "--dry-run")
    assert (code, "2  other people's turns, without the words" in dry) == (0, True)
    code, said = await clerk.forget("--user", "U0ANA")
    assert (code, said.splitlines()[1:]) == (0, dry.splitlines()[1:])
    left = clerk.kept()
    assert "window" not in left
    assert "U0ANA" not in left
    assert len(clerk.objects()) == 1  # what is painted in a hurry looks the same
    await told.presses("Again", on=pro, by="U0BEN")
    assert await told.whispered("I have no record of this picture any more", thread=pro.thread, to="U0BEN")
    await told.replies("make it green", to=pro, by="U0BEN")
    await told.sees_picture()
    call = str((await told.paintings())[-1])
    assert "make it green" in call
    assert "window" not in call
    await told.presses("Variations", on=pro, by="U0BEN")
    await told.sees(lambda seen: len(seen.images) == 4)


async def test_what_is_forgotten_stands_in_no_file_any_more(told: Story, clerk: Clerk) -> None:
    """Also not where SQLite has freed a place, or in the log of changes beside the file, while the bot goes on."""
    for count in range(3):
        await told.commands(f"/imagine our window in winter {count} " + "with much snow on it " * 100)
        await told.sees_picture()
    assert b"our window" in await clerk.raw()
    assert (await clerk.forget("--user", "U0ANA"))[0] == 0
    assert b"our window" not in await clerk.raw()
    assert b"U0ANA" not in await clerk.raw()


@on_both
async def test_a_thread_that_lost_its_beginning_goes_on(told: Story, clerk: Clerk) -> None:
    await told.commands("/imagine a red fox")
    fox = await told.sees_picture()
    await told.replies("make it night", to=fox, by="U0BEN")
    night = await told.sees_picture()
    assert (await clerk.forget("--user", "U0ANA"))[0] == 0
    for change in ("make it snow", "make it rain"):
        await told.replies(change, to=night, by="U0BEN")
        assert (await told.sees_picture()).thread == fox.thread
    assert "a red fox" not in str((await told.paintings())[-1])


async def test_what_is_at_work_is_told_and_stays(told: Story, clerk: Clerk) -> None:
    await hurry(told, gemini_delay=10.0)
    await told.commands("/imagine a red fox")

    async def look() -> bool | None:
        return True if await told.paintings() else None

    await told.eventually(look)
    code, said = await clerk.forget("--channel", "C0GENERAL")
    assert code == 1
    assert "1 request is at work" in said
    assert "a red fox" in clerk.kept()


async def test_a_stopped_bot_has_nothing_at_work(world: World, settings: Settings, clerk: Clerk) -> None:
    async with telling(world.url) as told:
        async with running(settings):
            await hurry(told, gemini_delay=60.0)
            await told.commands("/imagine a red fox")

            async def look() -> bool | None:
                return True if await told.paintings() else None

            await told.eventually(look)
        assert (await clerk.forget("--workspace", keys.TEAM_ID))[0] == 0
        left = clerk.kept()
        assert keys.TEAM_ID not in left
        assert "red fox" not in left
        await hurry(told, gemini_delay=0.0)
        async with running(settings):
            await told.commands("/imagine a blue whale")
            assert "a blue whale" in (await told.sees_picture()).words


async def test_the_workspace_leaves_and_comes_back(told: Story, world: World, settings: Settings, clerk: Clerk) -> None:
    await told.commands("/imagine a red fox")
    await told.sees_picture()
    await told.post("/control/uninstall", {})

    async def left() -> bool | None:
        return True if "departures" in clerk.rows() else None

    await told.eventually(left)
    database = Database(settings.database_url)
    await database.open()
    try:
        client = world_client(world)
        leaving = Leaving(SqlDepartures(database), SqlRequests(database), 30)
        at_once = chores(keeping(settings.model_copy(update={"uninstall_days": 0})), database).forget
        later = chores(keeping(settings), database).forget
        assert not await departures.clear_up(client, leaving, later)  # not for thirty days
        await told.post("/control/install", {})
        await breaks(told, "slack", {"error": "internal_error"}, method="auth.test")
        with pytest.raises(ChatDown):
            await departures.clear_up(client, leaving, at_once)  # nobody knows whether it is back
        assert not await departures.clear_up(client, leaving, at_once)  # it is
        assert "departures" not in clerk.rows()
        await told.post("/control/uninstall", {})
        await told.eventually(left)
        assert (await departures.clear_up(client, leaving, at_once)).turns == 1
    finally:
        await database.close()
    assert keys.TEAM_ID not in clerk.kept()


def world_client(world: World) -> AsyncWebClient:
    return AsyncWebClient(token=keys.BOT_TOKEN, base_url=world.slack_api_url)


async def test_somebodys_own_token_is_not_the_bots(told: Story, clerk: Clerk) -> None:
    payload = event("tokens_revoked", tokens={"oauth": ["U0ANA"]})
    assert (await deliver(told, "event", payload))["acked"]
    assert "departures" not in clerk.rows()


async def test_a_database_that_is_away_is_told_in_a_line(tmp_path: Path) -> None:
    log, database = tmp_path / "forget.log", f"sqlite:///{tmp_path}"
    process = await start(log, {"DATABASE_URL": database, "PICTURES_URL": str(tmp_path)}, "forget", "--user", "U0ANA")
    assert await process.wait() == 1
    said = log.read_text("utf-8")
    assert said.startswith("threadpaint: The database at ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("words", ["--user U0ANA", "--due --dry-run"])
async def test_a_database_that_is_not_there_is_not_taken_for_an_empty_one(tmp_path: Path, words: str) -> None:
    """As when it is run from another folder: nothing is forgotten, so nothing of the kind is said, and nothing made."""
    log, file, pictures = tmp_path / "forget.log", tmp_path / "here" / "x.db", tmp_path / "pictures"
    kept = {"DATABASE_URL": f"sqlite:///{file}", "PICTURES_URL": str(pictures)}
    process = await start(log, kept, "forget", *words.split())
    assert await process.wait() == 1
    said = log.read_text("utf-8")
    assert said.startswith(f"threadpaint: There is no database at {file}")
    assert said.count("\n") == 1
    assert not file.parent.exists()
    assert not pictures.exists()


async def test_bytes_that_no_row_names_go_with_the_same_command(told: Story, clerk: Clerk) -> None:
    """As a death between an upload and its row leaves them; two days later they are nobody's."""
    await told.commands("/imagine a red fox")
    await told.sees_picture()
    before = clerk.objects()
    stray = await StoredPictures(clerk.settings.pictures_url).put(b"painted for nobody", "image/png")
    assert await clerk.forget("--due") == (0, "Nothing is due.\n")
    clerk.waits(3)
    code, dry = await clerk.forget("--due", "--dry-run")
    assert (code, stray.key in clerk.objects()) == (0, True)
    code, said = await clerk.forget("--due")
    assert [line.split() for line in said.splitlines()[1:]] == [
        ["1", "objects", "there", "that", "nothing", "names"],
        ["18", "bytes", "in", "them"],
    ]
    assert said.splitlines()[1:] == dry.splitlines()[1:]
    assert [name for name in clerk.objects() if not name.startswith("threadpaint/")] == before


async def test_what_is_past_its_time_goes_with_one_command(told: Story, clerk: Clerk) -> None:
    await told.commands("/imagine a red fox")
    await told.sees_picture()
    assert await clerk.forget("--due") == (0, "Nothing is due.\n")
    database = Database(clerk.settings.database_url)
    await database.open()
    try:
        long_ago = (time.time_ns() // 1000) - 31 * 86_400_000_000
        for table, moment in ((turns, turns.c.begun), (requests, requests.c.accepted)):
            await database.write(
                lambda connection, t=table, m=moment: connection.execute(update(t).values({m: long_ago}))
            )
    finally:
        await database.close()
    assert "a red fox" in clerk.kept()
    aged = environment(clerk.world.url, clerk.folder) | {"THREADPAINT_RETENTION": "30"}
    process = await start(clerk.folder / "due.log", aged, "forget", "--due")
    assert await process.wait() == 0
    assert "a red fox" not in clerk.kept()
    assert [name for name in clerk.objects() if not name.startswith("threadpaint/")] == []
    assert set(clerk.rows()) >= {"ledger", "threads"}
    assert "turns" not in clerk.rows()
