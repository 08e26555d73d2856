"""What does not fit, and what has stopped: the page says so, and stays usable on a telephone."""

import re

from playwright.async_api import FilePayload, Page, ViewportSize, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.world import World
from tests.browser.conftest import OpenPage
from tests.browser.test_page_pictures import drawn, image, shared

TELEPHONE: ViewportSize = {"width": 400, "height": 800}


async def attached(page: Page, count: int, data: bytes) -> None:
    files: list[FilePayload] = [
        {"name": f"photo {n}.png", "mimeType": "image/png", "buffer": data} for n in range(count)
    ]
    await page.locator("#channel").get_by_test_id("file-input").set_input_files(files)


async def test_files_beyond_ten_are_left_out_and_that_is_said(open_page: OpenPage) -> None:
    page = await open_page(viewport=TELEPHONE)
    await attached(page, 16, drawn(40, 30))
    chips = page.get_by_test_id("chip")
    await expect(chips.filter(has_text=re.compile(r"\d B"))).to_have_count(10)
    note = page.locator("#channel .composer").get_by_text("A message can carry 10 files: the last 6 were left out.")
    await expect(note).to_be_in_viewport()
    box = await page.locator("#channel .composer").bounding_box()
    assert box is not None
    assert box["height"] < 0.4 * TELEPHONE["height"]
    await page.get_by_role("button", name="Remove photo 0.png").click()
    await expect(chips).to_have_count(9)
    await expect(note).to_have_count(0)


async def test_an_empty_file_is_called_empty(open_page: OpenPage) -> None:
    page = await open_page()
    await attached(page, 1, b"")
    await expect(page.get_by_test_id("chip")).to_contain_text("empty")


async def test_a_server_that_has_stopped_is_told_of_once(open_page: OpenPage, world: World) -> None:
    page = await open_page()
    await expect(page.locator("#banner")).to_contain_text("is not connected")
    port = int(world.url.rsplit(":", 1)[1])
    await world.stop()
    await expect(page.locator("#banner")).to_contain_text("has stopped. Start it again with “make play”")
    box = page.get_by_test_id("composer")
    await box.fill("/imagine a boat")
    async with page.expect_event("requestfailed", lambda request: "/page/command" in request.url):
        await box.press("Enter")
    await expect(box).to_have_value("/imagine a boat")
    await expect(page.locator(".toast")).to_have_count(0)
    await world.start(port=port)


async def test_where_a_thread_hides_the_banner_a_notice_tells_of_it(
    open_page: OpenPage, app: AsyncWebClient, world: World
) -> None:
    root = await app.chat_postMessage(channel="C0GENERAL", text="root")
    page = await open_page(query=f"&channel=C0GENERAL&thread={root['ts']}")
    await page.set_viewport_size(TELEPHONE)
    thumb = page.get_by_test_id("thread-panel").get_by_role("button", name="React with thumbs up")
    await page.get_by_test_id("thread-panel").get_by_test_id("message").hover()
    await expect(thumb).to_be_visible()
    port = int(world.url.rsplit(":", 1)[1])
    await world.stop()
    await expect(page.locator("#banner")).to_contain_text("has stopped")
    await thumb.click()
    await expect(page.locator(".toast")).to_contain_text("not answering")
    await world.start(port=port)


async def test_a_flag_is_not_broken_into_lines(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page(viewport=TELEPHONE)
    words = " ".join(f"{'so ' * number}`--think low|high`" for number in range(9))
    await app.chat_postMessage(channel="C0GENERAL", text=f"{words} `/imagine {'a red fox ' * 20}`")
    flags = page.get_by_test_id("message").locator("code")
    await expect(flags).to_have_count(10)
    lines = await flags.evaluate_all("nodes => nodes.map((node) => node.getClientRects().length)")
    assert lines[:9] == [1] * 9
    assert lines[9] > 1
    assert await page.evaluate("document.documentElement.scrollWidth") == TELEPHONE["width"]


async def test_no_arrow_leads_past_the_last_picture(open_page: OpenPage, app: AsyncWebClient, world: World) -> None:
    page = await open_page()
    file = await shared(world, app, drawn(800, 450))
    await app.chat_postMessage(channel="C0GENERAL", text="foxes", blocks=[image(file, "one"), image(file, "two")])
    await page.get_by_role("button", name="Open picture: one").click()
    large = page.get_by_test_id("lightbox")
    following, before = large.get_by_label("Next picture"), large.get_by_label("Previous picture")
    await expect(before).to_be_hidden()
    await following.click()
    await expect(following).to_be_hidden()
    await page.keyboard.press("ArrowLeft")
    await expect(following).to_be_visible()


async def test_a_table_that_goes_on_to_the_right_fades_there(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page(viewport=TELEPHONE)
    row = [{"type": "raw_text", "text": f"column {number}"} for number in range(7)]
    await app.chat_postMessage(channel="C0GENERAL", text="report", blocks=[{"type": "table", "rows": [row, row]}])
    table = page.get_by_role("region", name="Table")
    await expect(table).to_have_css("mask-image", re.compile("linear-gradient"))
    await table.evaluate("node => { node.scrollLeft = node.scrollWidth; }")
    await expect(table).to_have_css("mask-image", "none")
