"""Threads, statuses, unread marks and the line to the server."""

import aiohttp
from playwright.async_api import Route, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.world import World
from tests.browser.conftest import OpenPage


async def test_a_thread_opens_takes_a_reply_and_gives_the_focus_back(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    root = await app.chat_postMessage(channel="C0GENERAL", text="root")
    await app.chat_postMessage(channel="C0GENERAL", text="one", thread_ts=root["ts"])
    await page.get_by_role("button", name="1 reply").click()
    panel = page.get_by_test_id("thread-panel")
    await expect(panel.get_by_test_id("thread-composer")).to_be_focused()
    await page.keyboard.type("two")
    await page.keyboard.press("Enter")
    await expect(panel.get_by_test_id("message")).to_have_count(3)
    await expect(page.get_by_role("button", name="2 replies")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(page.get_by_role("button", name="2 replies")).to_be_focused()


async def test_the_status_shows_in_channel_and_thread_until_the_app_posts(
    open_page: OpenPage, app: AsyncWebClient
) -> None:
    page = await open_page()
    root = await app.chat_postMessage(channel="C0GENERAL", text="root")
    await app.assistant_threads_setStatus(channel_id="C0GENERAL", thread_ts=root["ts"], status="is painting…")
    status = page.locator("#channel").get_by_test_id("status")
    await expect(status).to_contain_text("Threadpaint is painting…")
    await page.locator(".thread-footer").click()
    await expect(page.get_by_test_id("thread-panel").get_by_test_id("status")).to_be_visible()
    await app.chat_postMessage(channel="C0GENERAL", text="done", thread_ts=root["ts"])
    await expect(page.get_by_test_id("status").filter(visible=True)).to_have_count(0)


async def test_what_was_pushed_is_not_taken_back_by_an_older_answer(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    root = await app.chat_postMessage(channel="C0DESIGN", text="root")

    async def late(route: Route) -> None:
        older = await route.fetch()
        await app.chat_postMessage(channel="C0DESIGN", text="newer")
        await app.assistant_threads_setStatus(channel_id="C0DESIGN", thread_ts=root["ts"], status="is painting…")
        await app.chat_postMessage(channel="D0ANA", text="a sign that all of it has arrived")
        await expect(page.get_by_test_id("channel-D0ANA").get_by_label("new messages")).to_be_visible()
        await route.fulfill(response=older)

    await page.route("**/page/messages?*channel=C0DESIGN*", late, times=1)
    await page.get_by_test_id("channel-C0DESIGN").click()
    await expect(page.get_by_test_id("message").filter(has_text="newer")).to_be_visible()
    await expect(page.locator("#channel").get_by_test_id("status")).to_be_visible()


async def test_a_reply_sent_to_the_channel_as_well_leads_to_its_thread(
    open_page: OpenPage, app: AsyncWebClient
) -> None:
    page = await open_page()
    root = await app.chat_postMessage(channel="C0GENERAL", text="<@U0ANA>: *root*")
    where = {"channel": "C0GENERAL", "thread_ts": root["ts"]}
    await app.chat_postMessage(**where, text="for all", reply_broadcast=True)
    row = page.locator("#channel").get_by_test_id("message").filter(has_text="for all")
    await expect(row.locator(".broadcast")).to_have_text("replied to a thread:@Ana: root")
    await expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    await app.assistant_threads_setStatus(channel_id="C0GENERAL", thread_ts=root["ts"], status="is painting…")
    await page.get_by_role("button", name="View thread").click()
    panel = page.get_by_test_id("thread-panel")
    await expect(panel.get_by_test_id("message").last).to_contain_text("Also sent to the channel")
    await expect(page.get_by_role("button", name="View thread")).to_have_count(0)
    await page.get_by_role("button", name="Close thread").click()
    await row.get_by_role("button", name="@Ana: root").click()
    await expect(panel).to_be_visible()


async def test_a_command_in_a_thread_is_refused_and_turned_into_a_mention(
    open_page: OpenPage, app: AsyncWebClient
) -> None:
    root = await app.chat_postMessage(channel="C0GENERAL", text="root")
    page = await open_page(query=f"&channel=C0GENERAL&thread={root['ts']}")
    box = page.get_by_test_id("thread-composer")
    await box.fill("/imagine a boat")
    await box.press("Enter")
    await page.get_by_role("button", name="mention Threadpaint instead").click()
    await expect(box).to_have_value("@Threadpaint a boat")


async def test_another_channel_is_marked_until_it_is_opened(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    await app.chat_postMessage(channel="C0DESIGN", text="over here")
    link = page.get_by_test_id("channel-C0DESIGN")
    await expect(link.get_by_label("new messages")).to_be_visible()
    await link.click()
    await expect(page.get_by_test_id("message")).to_contain_text("over here")
    await expect(link.get_by_label("new messages")).to_have_count(0)


async def test_the_page_comes_back_by_itself_with_what_it_missed(open_page: OpenPage, world: World) -> None:
    page = await open_page()
    await expect(page.locator("#banner")).to_contain_text("is not connected")
    port = int(world.url.rsplit(":", 1)[1])
    await world.stop()
    await expect(page.locator("#banner")).to_contain_text("has stopped")
    await world.start(port=port)
    await expect(page.locator("#banner")).to_contain_text("is not connected")
    said = {"user": "U0BEN", "channel": "C0GENERAL", "text": "still there?"}
    async with aiohttp.ClientSession() as http, http.post(f"{world.url}/page/say", json=said) as answer:
        assert answer.status == 200
    await expect(page.get_by_test_id("message").filter(has_text="still there?")).to_be_visible()


async def test_what_was_not_sent_says_so_and_can_be_sent_again(open_page: OpenPage) -> None:
    page = await open_page()
    await page.route("**/page/say", lambda route: route.abort())
    await page.get_by_test_id("composer").fill("hold on")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_test_id("message")).to_contain_text("Not sent")
    await page.unroute("**/page/say")
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_test_id("message")).to_have_count(1)
    await expect(page.get_by_test_id("message")).not_to_contain_text("Not sent")


async def test_an_address_that_names_nothing_still_opens(open_page: OpenPage) -> None:
    page = await open_page("U0NOBODY", "&channel=C0NOWHERE&thread=1.000000")
    await expect(page.get_by_test_id("welcome")).to_be_visible()
    await expect(page.get_by_test_id("thread-panel")).to_be_hidden()
