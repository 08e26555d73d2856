"""What can be seen on the page: pictures by their boxes and pixels, and the ways to give it a file."""

import asyncio
import base64
import io
from collections.abc import Awaitable, Callable
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from playwright.async_api import Locator, Page, expect

Giving = Callable[[Page, Locator, bytes, str], Awaitable[None]]

SLOW = 30_000  # ms: a picture on a busy machine with two cores

# A drag and a paste carry their files in a DataTransfer, which only the page itself can make.
CARRY = """([data, name]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type: "image/jpeg" }));
  return carried;
}"""
PAINTED = """() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))).then(
  () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))"""
PASTE = """(node, carried) => node.dispatchEvent(
  new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }))"""


async def command(page: Page, line: str) -> None:
    """Type a line into the channel's composer and press Enter."""
    box = page.get_by_test_id("composer")
    await box.fill(line)
    await box.press("Enter")


async def reply(page: Page, line: str) -> None:
    """The same in the open thread."""
    box = page.get_by_test_id("thread-composer")
    await box.fill(line)
    await box.press("Enter")


def channel(page: Page) -> Locator:
    """The messages of the channel."""
    return page.locator("#channel")


def thread(page: Page) -> Locator:
    """The thread panel."""
    return page.get_by_test_id("thread-panel")


async def picture(message: Locator) -> Image.Image:
    """What a message's picture looks like on the screen, once it is there."""
    shown = message.locator(".picture-open.loaded").first
    await expect(shown).to_be_visible(timeout=SLOW)
    return await look(shown)


async def look(what: Page | Locator) -> Image.Image:
    """What is to be seen there, when all that was begun has been painted."""
    page = what if isinstance(what, Page) else what.page
    await page.evaluate(PAINTED)
    pixels = await what.screenshot(animations="disabled")
    return Image.open(io.BytesIO(pixels)).convert("RGB")


async def result(place: Locator, words: str) -> Locator:
    """The message of the bot's with a picture that says this, once it has come."""
    found = place.get_by_test_id("message").filter(has_text=words).filter(has=place.page.locator(".block-image"))
    await expect(found).to_have_count(1, timeout=SLOW)
    await expect(found.get_by_role("group", name="Actions").first).to_be_visible()
    return found


def brightness(seen: Image.Image) -> float:
    """From 0, black, to 255."""
    return float(ImageStat.Stat(seen.convert("L")).mean[0])


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart, as the mean over all pixels and colours."""
    size = (160, 90)
    apart = ImageChops.difference(one.resize(size), other.resize(size))
    return float(sum(ImageStat.Stat(apart).mean) / 3)


async def drop(page: Page, where: Locator, data: bytes, name: str) -> None:
    """Drag a file over a place and let go of it there."""
    carried = await page.evaluate_handle(CARRY, [base64.b64encode(data).decode(), name])
    for step in ("dragenter", "dragover", "drop"):
        await where.dispatch_event(step, {"dataTransfer": carried})


async def paste(page: Page, where: Locator, data: bytes, name: str) -> None:
    """Paste a file."""
    carried = await page.evaluate_handle(CARRY, [base64.b64encode(data).decode(), name])
    await where.evaluate(PASTE, carried)


async def keep(what: Page | Locator, path: Path) -> None:
    """Write what is to be seen to a file, in as few colours as it needs; the pointer and the focus stay out of it."""
    page = what if isinstance(what, Page) else what.page
    await page.mouse.move(0, 0)
    await page.evaluate("document.activeElement.blur()")
    await asyncio.to_thread(_in_few_colours(await look(what)).save, path, optimize=True)


def _in_few_colours(picture: Image.Image) -> Image.Image:
    # The page's own colours stay exactly as they are; pictures share what is left of the 256.
    counted = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    flat = [colour for _, colour in counted[:64]]
    rest = picture.quantize(192, method=Image.Quantize.MEDIANCUT, kmeans=1).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([level for colour in flat for level in colour] + rest)
    few = picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
    for index, colour in enumerate(flat[:16]):
        apart = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).convert("L")
        few.paste(index, mask=apart.point(lambda level: 0 if level else 255))
    return few
