"""The page of the world in a box, in a real Chromium. The app behind it is played with Slack's own SDK."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.async_api import Browser, Page, async_playwright, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import keys
from bot.playground.world import World

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIETER = ["--disable-background-networking", "--disable-component-update"]

OpenPage = Callable[..., Awaitable[Page]]

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser; without one it is skipped, not failed."""
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium on the PATH"))


@pytest.fixture
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


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium, without a window."""
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *QUIETER])
        yield made
        await made.close()


@pytest.fixture
async def open_page(world: World, browser: Browser) -> AsyncIterator[OpenPage]:
    """Opens the page as a person. Anything the page complains about in its console fails the test."""
    complaints: list[str] = []

    async def opened(user: str = "U0ANA", query: str = "", **options: Any) -> Page:
        context = await browser.new_context(**options)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _note(complaints, said.type, said.text))
        await page.goto(f"{world.url}/?user={user}{query}")
        await expect(page.get_by_test_id("composer")).to_be_visible()
        return page

    yield opened
    assert complaints == []


def _note(complaints: list[str], kind: str, text: str) -> None:
    # A refused request is part of some stories; a broken policy or script never is.
    if kind == "error" and "Failed to load resource" not in text:
        complaints.append(text)
