"""Reactions, dates, tables and updated messages on the page."""

from typing import Any

from playwright.async_api import Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.conftest import OpenPage

GENERAL = "C0GENERAL"
MOMENT = 1392734382  # 18 February 2014, 14:39:42 UTC
DARK_GREY = 90  # of 255
GREY = "(node, what) => { const [r, g, b] = getComputedStyle(node)[what].match(/\\d+/g); return (+r + +g + +b) / 3; }"
POST = """(body) => fetch("/page/react", { method: "POST", body: JSON.stringify(body) })
  .then((answer) => answer.json())"""


def chip(page: Page, name: str) -> Locator:
    return page.locator(f".reactions [data-reaction='{name}']")


async def test_thumbs_are_one_click_away_and_counted_for_everybody(open_page: OpenPage, app: AsyncWebClient) -> None:
    ana, ben = await open_page("U0ANA"), await open_page("U0BEN")
    await app.chat_postMessage(channel=GENERAL, text="look")
    await ana.get_by_test_id("message").hover()
    await ana.get_by_role("button", name="React with thumbs up").click()
    await expect(chip(ana, "+1")).to_have_attribute("aria-pressed", "true")
    await expect(chip(ben, "+1")).to_have_attribute("aria-pressed", "false")
    await chip(ben, "+1").click()
    await expect(chip(ana, "+1")).to_have_text("👍2")
    await expect(chip(ana, "+1")).to_have_accessible_name("+1, 2: Ana, Ben")
    await ana.get_by_test_id("message").hover()
    await ana.get_by_role("button", name="React with thumbs up").click()
    await expect(chip(ben, "+1")).to_have_text("👍1")
    await chip(ben, "+1").click()
    await expect(ana.locator(".reactions")).to_have_count(0)


async def test_reactions_are_reached_with_the_keyboard_alone(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    await app.chat_postMessage(channel=GENERAL, text="look")
    message = page.get_by_test_id("message")
    await expect(message).to_be_visible()
    await message.focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="React with thumbs down")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chip(page, "-1")).to_have_attribute("aria-pressed", "true")
    await chip(page, "-1").focus()
    await page.keyboard.press("Enter")
    await expect(chip(page, "-1")).to_have_count(0)
    await message.focus()
    for _ in range(4):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="👎 -1")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)


async def test_a_skin_tone_is_shown(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    ts = (await app.chat_postMessage(channel=GENERAL, text="look"))["ts"]
    body = {"user": "U0BEN", "channel": GENERAL, "ts": ts, "name": "+1::skin-tone-3"}
    await page.evaluate(POST, body)
    await expect(chip(page, "+1::skin-tone-3")).to_have_text("👍🏼1")


async def test_dates_are_told_in_the_readers_own_zone(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page(timezone_id="America/New_York", locale="en-US")
    lines = (
        f"<!date^{MOMENT}^Posted {{date_num}} {{time_secs}}|old>",
        f"<!date^{MOMENT}^{{date_long}}|old>",
        f"<!date^{MOMENT}^{{date_short_pretty}} at {{time}}^https://example.com/|old>",
        f"<!date^{MOMENT}^{{date_of_birth}}|the &lt;fallback&gt;>",
        "<!date^soon^{date}|some day>",
    )
    await app.chat_postMessage(channel=GENERAL, text="\n".join(lines))
    rows = page.get_by_test_id("message").locator(".line")
    await expect(rows.nth(0)).to_have_text("Posted 2014-02-18 9:39:42 AM")
    await expect(rows.nth(1)).to_have_text("Tuesday, February 18th, 2014")
    await expect(rows.nth(2).locator("a")).to_have_text("Feb 18, 2014 at 9:39 AM")
    await expect(rows.nth(3)).to_have_text("the <fallback>")
    await expect(rows.nth(4)).to_have_text("some day")


async def test_a_moment_close_by_is_today(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    now = await page.evaluate("Math.floor(Date.now() / 1000)")
    text = f"<!date^{now}^{{date_short_pretty}}|old> and <!date^{now + 86400}^due {{date_pretty}}|old>"
    await app.chat_postMessage(channel=GENERAL, text=text)
    await expect(page.get_by_test_id("message").locator(".line")).to_have_text("Today and due tomorrow")


def report() -> list[dict[str, Any]]:
    """A table as an app posts it: a head, words and numbers."""
    rows = [("Tier", "Kept", "USD"), ("flash", "21 of 40", "2.81"), ("pro", "3 of 4", "0.54")]
    cells = [[{"type": "raw_text", "text": cell} for cell in row] for row in rows]
    right = {"align": "right"}
    return [{"type": "table", "rows": cells, "column_settings": [{"is_wrapped": True}, right, right]}]


async def test_a_table_is_a_table_in_both_themes(open_page: OpenPage, app: AsyncWebClient) -> None:
    light, dark = await open_page(color_scheme="light"), await open_page(color_scheme="dark")
    await app.chat_postMessage(channel=GENERAL, text="report", blocks=report())
    for page in (light, dark):
        table = page.get_by_role("table")
        await expect(table.get_by_role("columnheader")).to_have_text(["Tier", "Kept", "USD"])
        await expect(table.get_by_role("row").nth(1).get_by_role("cell")).to_have_text(["flash", "21 of 40", "2.81"])
        await expect(table.get_by_role("cell").nth(2)).to_have_css("text-align", "right")
        head = table.get_by_role("columnheader").first
        paper, ink = [await head.evaluate(GREY, each) for each in ("backgroundColor", "color")]
        assert (paper < DARK_GREY < ink) if page is dark else (ink < DARK_GREY < paper)


async def test_an_updated_message_changes_under_the_eyes(open_page: OpenPage, app: AsyncWebClient) -> None:
    page = await open_page()
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Keep"}}
    blocks = [{"type": "actions", "elements": [button]}]
    ts = str((await app.chat_postMessage(channel=GENERAL, text="look", blocks=blocks))["ts"])
    await expect(page.get_by_role("button", name="Keep")).to_be_visible()
    kept = [{"type": "context", "elements": [{"type": "mrkdwn", "text": "Kept by Ana"}]}]
    await app.chat_update(channel=GENERAL, ts=ts, text="kept", blocks=kept)
    await expect(page.get_by_test_id("message")).to_contain_text("Kept by Ana")
    await expect(page.get_by_role("button", name="Keep")).to_have_count(0)
