"""The real bot behind the real page: what people type, click and see. Pictures are compared by their pixels."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import FilePayload, Page, ViewportSize, expect

from bot.play import settings_for
from bot.playground.world import World
from bot.roles import running
from tests.browser import sights
from tests.browser.conftest import OpenPage
from tests.browser.sights import SLOW, channel, command, reply, result, thread
from tests.photographs import photograph
from tests.stories.story import Story, telling

WIDE: ViewportSize = {"width": 1360, "height": 860}


@pytest_asyncio.fixture(loop_scope="session")
async def story(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Story]:
    """The bot at work in the world. A key of the developer's own is never used in a test."""
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    async with running(settings_for(world, tmp_path)), telling(world.url) as told:
        yield told


async def test_from_the_first_words_to_a_picture_by_pro(open_page: OpenPage, story: Story) -> None:
    await story.post("/control/settings", {"gemini_delay": [0.5, 0.5]})
    page = await open_page(viewport=WIDE)
    await command(page, "/imagine a red fox in the snow --ar 16:9")
    await expect(channel(page).get_by_test_id("status")).to_contain_text("Threadpaint is painting…", timeout=SLOW)
    fox = await result(channel(page), "a red fox in the snow")
    await expect(channel(page).get_by_test_id("status")).to_be_hidden()
    await expect(fox.get_by_role("button", name="Again")).to_be_visible()
    await expect(fox.locator("img[alt='AI-made picture: a red fox in the snow']")).to_have_count(1)
    day = await sights.picture(fox)
    assert day.width >= 480
    assert abs(day.width / day.height - 16 / 9) < 0.02

    await fox.get_by_role("button", name="a red fox in the snow", exact=False).first.click()
    await expect(thread(page).get_by_test_id("message")).to_have_count(2)
    await attach_by_the_chooser(page)
    await reply(page, "make it night")
    night = await result(thread(page), "make it night")
    await expect(night).to_contain_text("1 reference")
    dark = await sights.picture(night)
    assert sights.brightness(dark) < 0.75 * sights.brightness(day)

    await become_ben(page)
    await night.get_by_role("button", name="Re-run with Pro").click()
    ask = page.get_by_test_id("confirm-dialog")
    await expect(ask).to_contain_text(re.compile(r"\$0\.1\d"))
    await ask.get_by_role("button", name="Go ahead").click()
    pro = await result(thread(page), "asked Pro")
    await expect(pro.locator(".mention-me")).to_have_text("@Ben")
    await expect(pro).to_contain_text("Nano Banana Pro")
    await expect(pro.get_by_role("button", name="Re-run with Pro")).to_have_count(0)
    assert sights.difference(await sights.picture(pro), dark) > 1
    assert sights.brightness(await sights.picture(pro)) < 0.75 * sights.brightness(day)


async def attach_by_the_chooser(page: Page) -> None:
    async with page.expect_file_chooser() as choosing:
        await thread(page).get_by_test_id("attach").click()
    chosen: FilePayload = {"name": "window.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    await (await choosing.value).set_files([chosen])
    await expect(thread(page).get_by_test_id("chip")).to_contain_text("window.jpg")


async def become_ben(page: Page) -> None:
    await page.get_by_test_id("user-switcher").click()
    await page.get_by_role("menuitemradio", name="Ben").click()
    await expect(page.get_by_test_id("user-switcher")).to_contain_text("Ben")
    await page.get_by_role("button", name="3 replies").click()
    await expect(thread(page).get_by_test_id("message")).to_have_count(4)


@pytest.mark.parametrize("give", [sights.drop, sights.paste])
async def test_a_photograph_that_is_dropped_or_pasted_is_used(
    open_page: OpenPage, story: Story, give: sights.Giving
) -> None:
    page = await open_page()
    box = page.get_by_test_id("composer")
    await give(page, box, photograph(), "window.jpg")
    await expect(page.get_by_test_id("chip")).to_contain_text("window.jpg")
    await expect(channel(page)).not_to_have_attribute("data-dropping", "")
    await command(page, "@Threadpaint a cat at this window")
    await expect(channel(page).get_by_role("button", name="Open picture: window.jpg")).to_be_visible()
    await page.get_by_role("button", name="1 reply").click(timeout=SLOW)
    await expect(await result(thread(page), "a cat at this window")).to_contain_text("1 reference")


async def test_one_of_four_is_picked_and_stands_by_itself(open_page: OpenPage, story: Story) -> None:
    page = await open_page(viewport=WIDE, color_scheme="dark")
    await command(page, "/imagine a boat on a lake --n 4")
    four = await result(channel(page), "a boat on a lake")
    assert sights.brightness(await sights.look(page.locator("#header"))) < 60, "dark where people want it dark"
    pictures = four.locator(".picture-open.loaded")
    await expect(pictures).to_have_count(4)
    boxes = [box for index in range(4) if (box := await pictures.nth(index).bounding_box())]
    assert [len({round(box[side]) for box in boxes}) for side in ("x", "y")] == [2, 2], "two by two"
    assert all(abs(box["width"] - box["height"]) < 2 for box in boxes)
    await four.get_by_role("button", name="Pick 3").click()
    await page.get_by_role("button", name="2 replies").click(timeout=SLOW)
    picked = thread(page).get_by_test_id("message").last
    await expect(picked.get_by_role("button", name="Re-run with Pro")).to_be_visible()
    assert "3 of 4" in str(await picked.locator(".picture-open img").get_attribute("alt"))
    third = await sights.picture(thread(page).locator(".block-image").nth(2))
    assert sights.difference(await sights.picture(picked), third) < 8


async def test_help_and_a_misspelt_flag_are_answered_to_the_asker_alone(open_page: OpenPage, story: Story) -> None:
    page = await open_page()
    await command(page, "/imagine help")
    whispered = page.get_by_test_id("message").filter(has_text="Only visible to you")
    await expect(whispered).to_contain_text("Make a picture:", timeout=SLOW)
    await command(page, "/imagine a fox --aspekt 16:9")
    await expect(whispered.last).to_contain_text("I do not know --aspekt", timeout=SLOW)
    assert await story.messages("U0BEN", "C0GENERAL") == []


async def test_a_refusal_is_a_sentence_in_the_thread_with_a_way_on(open_page: OpenPage, story: Story) -> None:
    fault = {"api": "gemini", "times": 1, "fault": {"block_reason": "PROHIBITED_CONTENT"}}
    await story.post("/control/faults", fault)
    page = await open_page()
    await command(page, "/imagine a fox in the rain")
    refused = channel(page).get_by_test_id("message").filter(has_text="replied to a thread")
    await expect(refused).to_contain_text("nothing was drawn", timeout=SLOW)
    await refused.get_by_role("button", name="Try again").click()
    await page.get_by_role("button", name="2 replies").click(timeout=SLOW)
    await sights.picture(await result(thread(page), "asked again"))


async def test_the_page_is_fit_to_be_shown(open_page: OpenPage, story: Story, tmp_path: Path) -> None:
    """The pictures of the README: `make shots` keeps them in docs/."""
    folder = Path(os.environ.get("SHOTS") or tmp_path)
    page = await open_page(viewport=WIDE, color_scheme="light")
    await story.says("The winter letter still needs something for the top.", by="U0BEN")
    await story.says("On it.")
    await command(page, "/imagine a red fox in fresh snow, early light --ar 16:9")
    await sights.picture(await result(channel(page), "a red fox in fresh snow"))
    await page.get_by_role("button", name="1 reply").click()
    await reply(page, "make it night")
    await sights.picture(await result(thread(page), "make it night"))
    await sights.keep(page, folder / "page.png")
    await story.presses("Re-run with Pro", on=await story.sees_words("make it night"), by="U0BEN")
    await sights.picture(await result(thread(page), "asked Pro"))
    await page.set_viewport_size({"width": 1360, "height": 1400})
    await sights.keep(thread(page), folder / "thread.png")

    await page.set_viewport_size(WIDE)
    await page.emulate_media(color_scheme="dark")
    await page.get_by_test_id("channel-C0DESIGN").click()
    await story.says(
        "Something calm for the lake page, please. A few to choose from?", by="U0CHIDI", channel="C0DESIGN"
    )
    await command(page, "/imagine a paper boat on a quiet lake at dusk --ar 16:9 --n 4")
    await result(channel(page), "a paper boat")
    await expect(channel(page).locator(".picture-open.loaded")).to_have_count(4)
    await sights.keep(page, folder / "dark.png")
    assert all((folder / f"{name}.png").stat().st_size < 400_000 for name in ("page", "thread", "dark"))
