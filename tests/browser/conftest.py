"""The page of the world in a box, in a real Chromium. The app behind it is played with Slack's own SDK."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import keys
from bot.playground.world import World

HERE = Path(__file__).parent
MANIFEST = HERE.parents[1] / "manifest.yml"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
LEFT_OUT = "Left out: tests/browser, the page in a real browser. They run when Chromium is on the PATH"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIETER = ["--disable-background-networking", "--disable-component-update"]

OpenPage = Callable[..., Awaitable[Page]]

expect.set_options(timeout=10_000)


collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser, and shares one: starting it takes longer than most tests."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Without a browser, one line says what was left out and how to get it."""
    if CHROMIUM is None:
        terminalreporter.write_line(f"{LEFT_OUT} (Debian: apt-get install chromium).", yellow=True)


@pytest_asyncio.fixture(loop_scope="session")
async def world() -> AsyncIterator[World]:
    """A fresh world without an app connected."""
    made = World(yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def app(world: World) -> AsyncWebClient:
    """What an app would call Slack with."""
    return AsyncWebClient(keys.BOT_TOKEN, base_url=world.slack_api_url)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, without a window; one for all tests, each of which has a context of its own in it."""
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *QUIETER])
        yield made
        await made.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(world: World, browser: Browser) -> AsyncIterator[OpenPage]:
    """Opens the page as a person. Anything the page complains about in its console fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    async def opened(user: str = "U0ANA", query: str = "", **options: Any) -> Page:
        context = await browser.new_context(**options)
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _note(complaints, said.type, said.text))
        await page.goto(f"{world.url}/?user={user}{query}")
        await expect(page.get_by_test_id("composer")).to_be_visible()
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert complaints == []


def _note(complaints: list[str], kind: str, text: str) -> None:
    # A refused request, or a server that is gone, is part of some stories; a broken policy or script never is.
    if kind == "error" and not any(part in text for part in ("Failed to load resource", "ERR_CONNECTION_REFUSED")):
        complaints.append(text)
