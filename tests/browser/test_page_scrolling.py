"""What has just come is to be seen, unless somebody has gone up to read."""

from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.conftest import OpenPage

TALL = "\n".join(f"line {number}" for number in range(40))

# What comes one frame after another: the first is followed, and the second is there before the page hears of that.
ONE_AFTER_ANOTHER = """() => new Promise((done) => {
  const inner = document.querySelector("#channel .scroll-inner");
  const grow = () => inner.append(Object.assign(document.createElement("div"), { className: "tall" }));
  const style = new CSSStyleSheet();
  style.replaceSync(".tall { flex: none; height: 300px; }");
  document.adoptedStyleSheets.push(style);
  let left = 6;
  const step = () => {
    grow();
    left -= 1;
    requestAnimationFrame(() => setTimeout(left ? step : done));
  };
  step();
})"""
GAP = """() => {
  const area = document.querySelector("#channel .scroll-area");
  return area.scrollHeight - area.scrollTop - area.clientHeight;
}"""


async def filled(page: Page, app: AsyncWebClient) -> None:
    """A channel that is longer than the screen."""
    for number in range(2):
        await app.chat_postMessage(channel="C0GENERAL", text=f"message {number}\n{TALL}")
    await expect(page.get_by_test_id("message")).to_have_count(2)
    await expect(page.get_by_test_id("message").last).to_be_in_viewport()


async def test_what_comes_quickly_one_after_another_is_all_followed(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    await filled(page, app)
    await page.evaluate(ONE_AFTER_ANOTHER)
    await expect(page.locator(".tall")).to_have_count(6)
    await expect(page.locator(".tall").last).to_be_in_viewport(ratio=0.9)
    await expect(page.locator("#channel .jump")).to_be_hidden()


async def test_who_reads_further_up_is_left_there_and_shown_the_way_back(
    open_page: OpenPage, app: AsyncWebClient
) -> None:
    page = await open_page()
    await filled(page, app)
    await page.locator("#channel .scroll-area").hover()
    await page.mouse.wheel(0, -400)
    jump = page.locator("#channel .jump")
    await expect(jump).to_be_visible()
    await page.evaluate(ONE_AFTER_ANOTHER)
    assert await page.evaluate(GAP) > 1800
    await expect(jump).to_have_text("Latest messages")
    await app.chat_postMessage(channel="C0GENERAL", text="the newest")
    await expect(jump).to_have_text("New messages")
    newest = page.get_by_test_id("message").filter(has_text="the newest")
    await expect(newest).to_be_attached()
    await expect(newest).not_to_be_in_viewport()
    await jump.click()
    await expect(page.locator(".tall").last).to_be_in_viewport(ratio=0.9)
    await expect(jump).to_be_hidden()
