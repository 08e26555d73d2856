"""The frame of the page: themes, narrow screens, keyboard, the policy it runs under."""

from pathlib import Path

import aiohttp
from playwright.async_api import expect

from bot.playground.world import World
from tests.browser.conftest import OpenPage

STATIC = Path(__file__).parents[2] / "bot" / "playground" / "static"


async def test_the_theme_is_changed_and_remembered(open_page: OpenPage) -> None:
    page = await open_page(color_scheme="light")
    light = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.get_by_test_id("theme-toggle").click()
    await page.reload()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") != light


async def test_a_narrow_page_does_not_scroll_sideways_and_has_a_drawer(open_page: OpenPage) -> None:
    page = await open_page(viewport={"width": 380, "height": 720})
    assert await page.evaluate("document.documentElement.scrollWidth") == 380
    await expect(page.get_by_test_id("channel-C0DESIGN")).not_to_be_in_viewport()
    await page.get_by_role("button", name="Open channel list").click()
    await page.get_by_test_id("channel-C0DESIGN").click()
    await expect(page.get_by_role("heading", name="design", exact=True)).to_be_visible()


async def test_everything_one_needs_is_reached_by_keyboard(open_page: OpenPage) -> None:
    page = await open_page()
    reached: set[str] = set()
    for _ in range(30):
        await page.keyboard.press("Tab")
        found = await page.evaluate("document.activeElement.dataset.testid || document.activeElement.ariaLabel")
        reached.add(str(found))
    wanted = {"theme-toggle", "channel-C0GENERAL", "user-switcher", "composer", "attach", "Mention Threadpaint"}
    assert wanted <= reached


async def test_typing_a_command_completes_it_and_shows_how_it_is_used(open_page: OpenPage) -> None:
    page = await open_page()
    box = page.get_by_test_id("composer")
    await box.press_sequentially("/im")
    await expect(page.get_by_role("option", name="/imagine")).to_be_visible()
    await box.press("Tab")
    await expect(box).to_have_value("/imagine ")
    await expect(page.locator("#channel .usage")).to_contain_text("--ar 16:9")


async def test_an_example_of_the_welcome_card_fills_the_composer(open_page: OpenPage) -> None:
    page = await open_page()
    await page.get_by_test_id("welcome").get_by_role("button").first.click()
    await expect(page.get_by_test_id("composer")).to_have_value(
        "/imagine a red fox in fresh snow, early light --ar 16:9"
    )


async def test_the_person_can_be_switched(open_page: OpenPage) -> None:
    page = await open_page()
    await page.get_by_test_id("user-switcher").click()
    await expect(page.get_by_role("menuitemradio", name="Ana", checked=True)).to_be_focused()
    await page.get_by_role("menuitemradio", name="Ben").click()
    await page.wait_for_url("**user=U0BEN*")
    await expect(page.get_by_test_id("user-switcher")).to_contain_text("Ben")


async def test_the_page_is_served_under_a_strict_policy(world: World) -> None:
    async with aiohttp.ClientSession() as http, http.get(world.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_no_file_of_the_page_is_large_or_leaves_the_machine() -> None:
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 300, path
        assert "innerHTML" not in text, path
        assert '@import url("http' not in text, path
