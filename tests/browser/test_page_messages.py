"""Messages on the page: what is drawn, what is never drawn, what people do with their own."""

from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.conftest import OpenPage

HOSTILE = "&lt;img src=x onerror=alert(1)&gt; <javascript:alert(1)|press> <https://example.com|safe> *bold* `a*b*c`"


async def test_markup_becomes_elements_and_hostile_markup_stays_text(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    await app.chat_postMessage(channel="C0GENERAL", text=HOSTILE)
    message = page.get_by_test_id("message")
    await expect(message.locator("strong")).to_have_text("bold")
    await expect(message.locator("code")).to_have_text("a*b*c")
    await expect(message.locator("a")).to_have_count(1)
    await expect(message).to_contain_text("<img src=x onerror=alert(1)> press safe")
    await expect(message.locator("img[src='x']")).to_have_count(0)


async def test_a_line_of_stars_does_not_stop_the_page(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    await app.chat_postMessage(channel="C0GENERAL", text="*a _b ~c " * 1200)
    await expect(page.get_by_test_id("message")).to_contain_text("*a _b ~c *a", timeout=3000)


async def test_what_is_said_arrives_once_and_escaped_once(open_page: OpenPage) -> None:
    ana, ben = await open_page("U0ANA"), await open_page("U0BEN")
    await ana.get_by_test_id("composer").fill("@Ben see <b> & https://example.com/?a=1&b=2")
    await ana.get_by_test_id("composer").press("Enter")
    for page in (ana, ben):
        await expect(page.get_by_test_id("message")).to_have_count(1)
        await expect(page.get_by_test_id("message")).to_contain_text("@Ben see <b> & https://example.com/?a=1&b=2")
        await expect(page.get_by_test_id("message")).not_to_have_attribute("data-pending", "sending")
    await expect(ana.get_by_test_id("composer")).to_have_value("")


async def test_own_messages_can_be_edited_and_deleted_and_others_cannot(open_page: OpenPage) -> None:
    ana, ben = await open_page("U0ANA"), await open_page("U0BEN")
    await ana.get_by_test_id("composer").fill("first & foremost")
    await ana.get_by_test_id("send").click()
    await expect(ana.get_by_test_id("message")).not_to_have_attribute("data-pending", "sending")
    await ana.get_by_test_id("message").hover()
    await ana.get_by_role("button", name="More actions").click()
    await ana.get_by_role("menuitem", name="Edit message").click()
    words = ana.get_by_test_id("edit-dialog").get_by_label("Message text")
    await expect(words).to_have_value("first & foremost")
    await words.fill("second")
    await words.press("Enter")
    await expect(ben.get_by_test_id("message")).to_contain_text("second")
    await expect(ben.get_by_test_id("message")).to_contain_text("(edited)")
    await expect(ben.get_by_role("menuitem", name="Edit message")).to_have_count(0)
    await ana.get_by_test_id("message").hover()
    await ana.get_by_role("button", name="More actions").click()
    await ana.get_by_role("menuitem", name="Delete message").click()
    await ana.get_by_test_id("confirm-dialog").get_by_role("button", name="Delete").click()
    await expect(ben.get_by_test_id("message")).to_have_count(0)
    await expect(ben.get_by_test_id("welcome")).to_be_visible()


async def test_only_the_addressee_sees_an_ephemeral_message(open_page: OpenPage, app: AsyncWebClient) -> None:
    ana, ben = await open_page("U0ANA"), await open_page("U0BEN")
    await app.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="between us")
    await app.chat_postMessage(channel="C0GENERAL", text="for all")
    await expect(ben.get_by_test_id("message")).to_have_count(1)
    note = ana.get_by_test_id("message").filter(has_text="between us")
    await expect(note).to_contain_text("Only visible to you")


async def test_a_reaction_is_counted_and_taken_back(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    await app.chat_postMessage(channel="C0GENERAL", text="look")
    await page.get_by_test_id("message").hover()
    await page.get_by_role("button", name="Add reaction").click()
    await page.get_by_role("menuitem", name="tada").click()
    mine = page.get_by_role("button", name="tada, 1: Ana")
    await expect(mine).to_have_attribute("aria-pressed", "true")
    await mine.click()
    await expect(mine).to_have_count(0)
