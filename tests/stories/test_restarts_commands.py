"""What the one who runs the bot sees: `doctor`, `serve` with settings that are wrong, and logs without secrets."""

from __future__ import annotations

import asyncio
import copy
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot import manifest
from bot.doctor import Finding, examine
from bot.playground import keys
from bot.playground.world import World
from bot.settings import Settings
from tests.bench.stage import environment, free_port, start, up
from tests.stories.deliveries import command, deliver
from tests.stories.mishaps import breaks, hurry
from tests.stories.story import telling

Change = Callable[[dict[str, str], Path], None]


async def run(folder: Path, extra: dict[str, str], *words: str) -> tuple[int, str]:
    """Run a command of ours to its end; its exit code and all it printed."""
    log = folder / "command.log"
    process = await start(log, extra | {"COLUMNS": "400"}, *words)
    async with asyncio.timeout(30):
        code = await process.wait()
    return code, await asyncio.to_thread(log.read_text)


@asynccontextmanager
async def world_with(declared: dict[str, Any]) -> AsyncIterator[World]:
    box = World(declared)
    await box.start()
    try:
        yield box
    finally:
        await box.stop()


def lacking(*names: str) -> Change:
    def change(extra: dict[str, str], folder: Path) -> None:
        for name in names:
            del extra[name]

    return change


def having(**values: str) -> Change:
    def change(extra: dict[str, str], folder: Path) -> None:
        extra.update({name: value.format(folder=folder) for name, value in values.items()})

    return change


async def test_the_doctor_finds_nothing_wrong_with_a_world_that_is_well(world: World, tmp_path: Path) -> None:
    code, said = await run(tmp_path, environment(world.url, tmp_path, free_port()), "doctor")
    assert code == 0, said
    assert "wrong" not in said
    assert len([line for line in said.splitlines() if line.startswith("ok")]) >= 8
    assert keys.GEMINI_KEY not in said


def beside_slack(extra: dict[str, str], folder: Path) -> None:
    """An address where something answers, and that is not Slack."""
    extra["SLACK_API_URL"] = extra["SLACK_API_URL"].replace("/slack/api/", "/slack/rest/")


ILL: dict[str, tuple[Change, str]] = {
    "no bot token": (lacking("SLACK_BOT_TOKEN"), "slack token: SLACK_BOT_TOKEN is not set"),
    "no bot token for scopes": (lacking("SLACK_BOT_TOKEN"), "slack scopes: Not looked at, because SLACK_BOT_TOKEN"),
    "a wrong bot token": (having(SLACK_BOT_TOKEN="xoxb-of-someone-else"), "invalid_auth"),
    "a wrong app token": (having(SLACK_APP_TOKEN="xapp-of-someone-else"), "slack socket"),
    "no way in": (lacking("SLACK_APP_TOKEN"), "SLACK_SIGNING_SECRET"),
    "no key": (lacking("GEMINI_API_KEY"), "GEMINI_API_KEY"),
    "a wrong key": (having(GEMINI_API_KEY="of-someone-else"), "GEMINI_API_KEY"),
    "no Slack": (having(SLACK_API_URL="http://127.0.0.1:1/slack/api/"), "slack token"),
    "a page that is not Slack's": (beside_slack, "slack token: What answers at SLACK_API_URL is not Slack (HTTP 404)."),
    "no models": (having(GOOGLE_GEMINI_BASE_URL="http://127.0.0.1:1/gemini"), "GOOGLE_GEMINI_BASE_URL"),
    "no such database": (having(DATABASE_URL="mongodb://here"), "mongodb"),
    "a database nobody can write": (having(DATABASE_URL="sqlite:////proc/nowhere/t.db"), "database"),
    "pictures nowhere": (having(PICTURES_URL="/proc/nowhere"), "cannot be made or written"),
    "pictures that need credentials": (having(PICTURES_URL="az://box/x"), "Check its credentials"),
    "limits that are no limits": (having(THREADPAINT_LIMITS=__file__), "cannot be used: it is no TOML"),
    "limits that are not there": (having(THREADPAINT_LIMITS="/proc/nowhere"), "settings: The file of limits"),
    "pictures in no place we know": (having(PICTURES_URL="ftp://here"), "pictures"),
}


async def examined(extra: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What the doctor finds in this environment, without a process of its own."""
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY", *environment("", Path(), 0)):
        monkeypatch.delenv(name, raising=False)
    for name, value in extra.items():
        monkeypatch.setenv(name, value)
    return [finding async for finding in examine(Settings.read())]


@pytest.mark.parametrize("kind", ILL)
async def test_the_doctor_says_what_is_wrong(
    world: World, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = environment(world.url, tmp_path, free_port())
    change, words = ILL[kind]
    change(extra, tmp_path)
    wrong = [finding for finding in await examined(extra, monkeypatch) if not finding.well]
    assert any(words in f"{finding.name}: {finding.seen}" for finding in wrong), wrong
    assert all(finding.seen.endswith((".", "…")) for finding in wrong), wrong
    assert not any("It failed with" in finding.seen for finding in wrong), wrong


async def test_the_doctor_names_the_scopes_that_are_missing(tmp_path: Path) -> None:
    declared = copy.deepcopy(manifest.read())
    declared["oauth_config"]["scopes"]["bot"].remove("files:write")
    async with world_with(declared) as poor:
        code, said = await run(tmp_path, environment(poor.url, tmp_path, free_port()), "doctor")
    assert code == 1
    assert "files:write" in said


async def test_the_doctor_names_a_model_that_was_retired(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.gemini.configure({"gemini_retired": ["gemini-3-pro-image"]})
    found = await examined(environment(world.url, tmp_path, free_port()), monkeypatch)
    assert [finding.name for finding in found if not finding.well] == ["model gemini-3-pro-image"]


WRONG: dict[str, tuple[Change, str]] = {
    "no bot token": (lacking("SLACK_BOT_TOKEN"), "SLACK_BOT_TOKEN"),
    "a wrong bot token": (having(SLACK_BOT_TOKEN="xoxb-of-someone-else"), "SLACK_BOT_TOKEN"),
    "a wrong app token": (having(SLACK_APP_TOKEN="xapp-of-someone-else"), "SLACK_APP_TOKEN"),
    "no way in": (lacking("SLACK_APP_TOKEN"), "SLACK_SIGNING_SECRET"),
    "no key": (lacking("GEMINI_API_KEY"), "GEMINI_API_KEY"),
    "a misspelt name": (having(THREADPAINT_AT_ONECE="3"), "THREADPAINT_AT_ONECE"),
    "a number too small": (having(THREADPAINT_AT_ONCE="0"), "THREADPAINT_AT_ONCE"),
    "no such level": (having(THREADPAINT_LOG_LEVEL="chatty"), "THREADPAINT_LOG_LEVEL"),
    "no such database": (having(DATABASE_URL="mongodb://here"), "mongodb"),
    "a database that is a folder": (having(DATABASE_URL="sqlite:///{folder}"), "database"),
    "pictures in no place we know": (having(PICTURES_URL="ftp://here"), "ftp"),
    "no Slack": (having(SLACK_API_URL="http://127.0.0.1:1/slack/api/"), "SLACK_API_URL"),
}


@pytest.mark.parametrize("kind", WRONG)
async def test_serve_says_in_one_line_why_it_does_not_start(world: World, tmp_path: Path, kind: str) -> None:
    extra = environment(world.url, tmp_path, free_port())
    change, words = WRONG[kind]
    change(extra, tmp_path)
    code, said = await run(tmp_path, extra, "serve")
    assert code == 1, said
    lines = [line for line in said.splitlines() if line.strip()]
    assert len(lines) == 1, said
    assert lines[0].startswith("threadpaint: ")
    assert words in lines[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
async def test_an_address_that_is_taken_is_seen_before_any_work_is_begun(
    world: World, tmp_path: Path, host: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"{host}:{other.getsockname()[1]}"
        extra = environment(world.url, tmp_path, free_port()) | {"THREADPAINT_HTTP": address}
        code, said = await run(tmp_path, extra, "serve")
    assert code == 1
    assert said.startswith(f"threadpaint: Something else is already listening on {address}.")
    assert said.count("\n") == 1
    assert not (tmp_path / "threadpaint.db").exists()


@pytest.mark.parametrize("host", ["there.is.no.such.host.invalid", "192.0.2.7"])
async def test_an_address_that_is_not_ours_is_said_to_be_unusable(world: World, tmp_path: Path, host: str) -> None:
    extra = environment(world.url, tmp_path, free_port()) | {"THREADPAINT_HTTP": f"{host}:3000"}
    code, said = await run(tmp_path, extra, "serve")
    assert code == 1
    assert said.startswith(f"threadpaint: Nobody can listen on {host}:3000 here")
    assert said.count("\n") == 1
    assert not (tmp_path / "threadpaint.db").exists()


async def test_no_secret_is_ever_logged(world: World, tmp_path: Path) -> None:
    """At the noisiest level, over HTTP and a socket, with everything failing that can."""
    port = free_port()
    extra = environment(world.url, tmp_path, port) | {"THREADPAINT_LOG_LEVEL": "debug"}
    extra |= {"SLACK_SIGNING_SECRET": keys.SIGNING_SECRET}
    bot = await start(tmp_path / "bot.log", extra, "serve")
    try:
        await up(f"http://127.0.0.1:{port}/readyz")
        async with telling(world.url) as told:
            await hurry(told)
            await told.commands("/imagine a red fox")
            fox = await told.sees_picture()
            await breaks(told, "gemini", {"status": 403, "message": f"key {keys.GEMINI_KEY} is not allowed"})
            await told.replies("make it night")
            await told.sees_words("access to the model was refused")
            await breaks(told, "slack", {"error": "invalid_auth"}, method="chat.postMessage", times=2)
            await breaks(told, "slack", {"status": 500}, method="files.completeUploadExternal")
            await told.replies("make it warm", to=fox)
            await told.whispered("does not know me any more", thread=fox.thread)
            await deliver(told, "command", command("a red fox", trigger_id=None))
            await deliver(told, "event", {"type": "event_callback", "token": keys.BOT_TOKEN, "event": None})
            await told.post("/control/disconnect", {"reason": "refresh_requested"})
    finally:
        bot.terminate()
        await bot.wait()
    said = await asyncio.to_thread((tmp_path / "bot.log").read_text)
    assert "serving" in said
    for secret in (keys.BOT_TOKEN, keys.APP_TOKEN, keys.SIGNING_SECRET, keys.GEMINI_KEY, "ticket=", "/slack/response/"):
        assert secret not in said, [line for line in said.splitlines() if secret in line][:3]
