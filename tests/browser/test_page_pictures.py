"""Pictures, files, buttons and dialogs."""

import io
from typing import Any

import aiohttp
from PIL import Image
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.world import World
from tests.browser.conftest import OpenPage

ASK = {
    "title": {"type": "plain_text", "text": "Run on Pro?"},
    "text": {"type": "plain_text", "text": "It costs more."},
    "confirm": {"type": "plain_text", "text": "Run it"},
    "deny": {"type": "plain_text", "text": "Not now"},
}


def drawn(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (180, 60, 40)).save(out, "PNG")
    return out.getvalue()


async def shared(world: World, app: AsyncWebClient, picture: bytes) -> str:
    world.slack.settings.file_delay = 0
    place = await app.files_getUploadURLExternal(filename="fox.png", length=len(picture))
    async with aiohttp.ClientSession() as http, http.post(place["upload_url"], data=picture) as answer:
        assert answer.status == 200
    await app.files_completeUploadExternal(files=[{"id": place["file_id"], "title": "fox"}])
    return str(place["file_id"])


def image(file: str, title: str) -> dict[str, Any]:
    return {
        "type": "image",
        "slack_file": {"id": file},
        "alt_text": title,
        "title": {"type": "plain_text", "text": title},
    }


async def attached(page: Page, *names: str) -> None:
    files = [{"name": name, "mimeType": "image/png", "buffer": drawn(40, 30)} for name in names]
    await page.locator("#channel").get_by_test_id("file-input").set_input_files(files)


async def test_pictures_open_large_and_arrows_go_through_them(
    open_page: OpenPage, app: AsyncWebClient, world: World
) -> None:
    page = await open_page()
    file = await shared(world, app, drawn(800, 450))
    blocks = [image(file, "first fox"), image(file, "second fox")]
    await app.chat_postMessage(channel="C0GENERAL", text="foxes", blocks=blocks)
    button = page.get_by_role("button", name="Open picture: first fox")
    box = await button.bounding_box()
    assert box is not None
    assert abs(box["width"] / box["height"] - 800 / 450) < 0.05
    await button.click()
    large = page.get_by_test_id("lightbox")
    await expect(large).to_contain_text("1 of 2")
    await page.keyboard.press("ArrowRight")
    await expect(large).to_contain_text("second fox")
    await expect(large.get_by_role("link", name="Download original")).to_have_attribute("download", "fox.png")
    await page.keyboard.press("Escape")
    await expect(large).to_have_count(0)
    await expect(button).to_be_focused()


async def test_files_wait_as_chips_can_be_removed_and_are_sent(open_page: OpenPage) -> None:
    page = await open_page()
    await attached(page, "one.png", "two.png")
    await expect(page.get_by_test_id("chip")).to_have_count(2)
    await page.get_by_role("button", name="Remove one.png").click()
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("message").get_by_role("button", name="Open picture: two.png")).to_be_visible()
    await expect(page.get_by_test_id("message")).to_have_count(1)
    await expect(page.get_by_test_id("chip")).to_have_count(0)


async def test_a_command_cannot_carry_files_and_keeps_them(open_page: OpenPage) -> None:
    page = await open_page()
    await attached(page, "one.png")
    await page.get_by_test_id("composer").fill("/imagine a boat")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("can’t carry files")
    await expect(page.get_by_test_id("chip")).to_have_count(1)


async def test_a_confirm_dialog_stands_before_a_costly_button(
    open_page: OpenPage, app: AsyncWebClient, world: World
) -> None:
    button = {"type": "button", "action_id": "pro", "text": {"type": "plain_text", "text": "Re-run with Pro"}}
    blocks = [{"type": "actions", "elements": [button | {"value": "1", "confirm": ASK}]}]
    page = await open_page()
    await app.chat_postMessage(channel="C0GENERAL", text="x", blocks=blocks)
    pressed: list[str] = []
    page.on("request", lambda request: pressed.append(request.url) if "/page/press" in request.url else None)
    await page.get_by_role("button", name="Re-run with Pro").click()
    await page.get_by_test_id("confirm-dialog").get_by_role("button", name="Not now").click()
    await expect(page.get_by_test_id("confirm-dialog")).to_have_count(0)
    assert pressed == []
    async with page.expect_request("**/page/press") as sent:
        await page.get_by_role("button", name="Re-run with Pro").click()
        await page.keyboard.press("Enter")
    assert (await sent.value).post_data_json["action_id"] == "pro"


async def test_an_edit_keeps_the_picture_that_is_already_there(
    open_page: OpenPage, app: AsyncWebClient, world: World
) -> None:
    page = await open_page()
    file = await shared(world, app, drawn(320, 180))
    post = await app.chat_postMessage(channel="C0GENERAL", text="fox", blocks=[image(file, "fox")])
    picture = page.get_by_role("button", name="Open picture: fox")
    await picture.evaluate("node => { node.keptMark = true; }")
    more = {"type": "section", "text": {"type": "mrkdwn", "text": "now with words"}}
    await app.chat_update(channel="C0GENERAL", ts=post["ts"], text="fox", blocks=[image(file, "fox"), more])
    await expect(page.get_by_test_id("message")).to_contain_text("now with words")
    assert await picture.evaluate("node => node.keptMark === true")
