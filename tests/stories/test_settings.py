"""Each command asks for the settings it uses, and for no others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.playground import keys
from bot.playground.world import World
from storage.addresses import address_of
from tests.bench.stage import end, environment, free_port, start, up
from tests.servers.postgres import own_database
from tests.stories.story import Story, telling

TAKING = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL")
WORKING = ("SLACK_BOT_TOKEN", "GEMINI_API_KEY", "DATABASE_URL", "PICTURES_URL")
AROUND = ("SLACK_API_URL", "GOOGLE_GEMINI_BASE_URL", "THREADPAINT_HTTP", "THREADPAINT_EXECUTOR")
NEEDED = [("work", name) for name in WORKING[:2]] + [("serve --no-work", name) for name in TAKING[:2]]


@pytest.fixture
async def told(world: World) -> AsyncIterator[Story]:
    async with telling(world.url) as story:
        yield story


class Bench:
    """Starts a command with so many settings and no others, in an empty folder."""

    def __init__(self, told: Story, folder: Path, database_url: str) -> None:
        self._told, self._url = told, database_url
        self.folder = folder

    def around(self, port: int, *names: str) -> dict[str, str]:
        every = environment(self._told.url, self.folder, port) | {"DATABASE_URL": self._url}
        every |= {"THREADPAINT_EXECUTOR": f"at{port}", "SLACK_SIGNING_SECRET": keys.SIGNING_SECRET}
        given = {name: every[name] for name in (*names, *AROUND)}
        return {"THREADPAINT_LOG_LEVEL": "info", "PICTURES_URL": "/proc/nowhere"} | given

    def said(self, words: str) -> str:
        return self.log(words).read_text("utf-8")

    def log(self, words: str) -> Path:
        return self.folder / f"{words}.log"


@pytest.fixture
def bench(told: Story, tmp_path: Path, postgres_server: str) -> AsyncIterator[Bench]:
    with own_database(postgres_server) as url:
        yield Bench(told, tmp_path, url)  # type: ignore[misc]


async def test_doors_and_worker_each_need_their_own_settings_alone(told: Story, bench: Bench) -> None:
    """The doors know no key of Google's and no pictures, the worker nothing that hears Slack."""
    at, beside = free_port(), free_port()
    doors = await start(bench.log("doors"), bench.around(at, *TAKING), "serve", "--no-work")
    worker = await start(bench.log("work"), bench.around(beside, *WORKING), "work")
    try:
        await up(f"http://127.0.0.1:{at}/readyz")
        await up(f"http://127.0.0.1:{beside}/readyz")
        await told.commands("/imagine a red fox")
        await told.sees_picture()
        await told.commands("/imagine cost")
        assert await told.whispered("Today")
    finally:
        await end(doors)
        await end(worker)
    serving = {
        words: next(line for line in bench.said(words).splitlines() if "serving" in line) for words in ("doors", "work")
    }
    assert "mode='socket'" in serving["doors"]
    assert "what='doors'" in serving["doors"]
    assert "mode='none'" in serving["work"]
    assert "what='work'" in serving["work"]


async def test_doors_over_http_need_the_secret_and_no_token_for_sockets(told: Story, bench: Bench) -> None:
    port = free_port()
    around = bench.around(port, "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL")
    doors = await start(bench.log("doors"), around, "serve", "--no-work")
    try:
        await up(f"http://127.0.0.1:{port}/readyz")
        await told.post("/control/transport", {"mode": "http", "url": f"http://127.0.0.1:{port}/slack/events"})
        await told.commands("/imagine a red fox")
    finally:
        await end(doors)
    assert "mode='http'" in bench.said("doors")
    engine = create_engine(address_of(around["DATABASE_URL"]))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT text FROM requests")).scalars().all() == ["a red fox"]
    engine.dispose()


@pytest.mark.parametrize(("words", "missing"), NEEDED)
async def test_what_is_missing_is_said_in_one_line_before_anything_is_touched(
    bench: Bench, words: str, missing: str
) -> None:
    names = {name for name in (WORKING if words == "work" else TAKING) if name != missing}
    await _misses(bench, bench.around(0, *names), words, missing)


@pytest.mark.parametrize("words", ["serve", "work", "forget --due", "forget --user U0ANA --dry-run"])
async def test_a_server_is_not_given_pictures_of_each_machines_own(bench: Bench, words: str) -> None:
    """By default they are in a folder: whoever forgets would forget rows, and leave the bytes that are elsewhere."""
    around = bench.around(0, *TAKING, *WORKING)
    await _misses(bench, around | {"PICTURES_URL": ""}, words, "PICTURES_URL")
    del around["PICTURES_URL"]
    await _misses(bench, around, words, "PICTURES_URL")


async def test_the_doctor_finds_no_pictures_for_a_server(bench: Bench) -> None:
    around = bench.around(0, *TAKING, *WORKING)
    del around["PICTURES_URL"]
    process = await start(bench.log("doctor"), around | {"COLUMNS": "400"}, "doctor")
    assert await process.wait() == 1
    assert "wrong pictures: PICTURES_URL is not set. " in bench.said("doctor")


async def _misses(bench: Bench, around: dict[str, str], words: str, missing: str) -> None:
    """It says what is missing in one line, and has made no tables."""
    bench.log("late").unlink(missing_ok=True)
    process = await start(bench.log("late"), around, *words.split())
    assert await process.wait() == 1
    said = bench.said("late").splitlines()
    assert len(said) == 1
    assert said[0].startswith(f"threadpaint: {missing} is not set. ")
    engine = create_engine(address_of(around["DATABASE_URL"]))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pg_tables WHERE tablename = 'requests'")).scalar() == 0
    engine.dispose()
