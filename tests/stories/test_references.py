"""People's files: what is taken, what is left out by name, and where the token never goes."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from PIL import Image

from bot.playground.slack.file import File
from bot.playground.slack.transfers import LOGIN
from bot.playground.world import World
from tests.photographs import photograph
from tests.stories.evidence import bytes_of, given, kinds, turns
from tests.stories.mishaps import hurry, methods
from tests.stories.story import Seen, Story
from tests.unit.imaging_material import GOOD, exif, heic, png_claiming, quarters, saved, tiff_claiming

BOT = "<@U0PAINTBOT>"

LEFT_OUT: dict[str, tuple[bytes, str]] = {
    "bomb.png": (png_claiming(30_000, 30_000), "more pixels than I can take"),
    "bomb.tiff": (tiff_claiming(60_000, 60_000), "more pixels than I can take"),
    "cut.jpg": (photograph(640, 480)[:-3000], "damaged or cut short"),
    "cut.png": (saved(quarters(), "PNG")[:-60], "damaged or cut short"),
    "drawing.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', "an SVG drawing"),
    "paper.pdf": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" + bytes(50), "a PDF"),
    "page.html": (b"<!DOCTYPE html><html><body>hello</body></html>", "and I can only use pictures"),
    "notes.txt": (b"a red fox in the snow", "and I can only use pictures"),
    "picture.png": (b"<html><script>alert(1)</script></html>", "and I can only use pictures"),
    "empty.png": (b"", "the file is empty"),
    "new.avif": (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(64), "an AVIF picture, which I cannot read"),
    "*<!channel>* & co.pdf": (b"%PDF-1.7\n", "&lt;!channel&gt;* &amp; co.pdf"),
}


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


@pytest.fixture
async def elsewhere() -> AsyncIterator[tuple[str, list[dict[str, str]]]]:
    """A host that is not Slack's, and the headers of everyone who asked it for something."""
    heard: list[dict[str, str]] = []

    async def take(request: web.Request) -> web.Response:
        heard.append(dict(request.headers))
        return web.Response(body=photograph(64, 48), content_type="image/jpeg")

    app = web.Application()
    app.router.add_get("/{tail:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}", heard
    await runner.cleanup()


async def asks_with(story: Story, *files: tuple[bytes, str]) -> Seen:
    """Mention the bot with these files; what came back."""
    ids = [await story.attaches(data, name) for data, name in files]
    await story.says(f"{BOT} make it night", files=ids)
    return await story.sees(lambda seen: "make it night" in seen.words)


def becomes(world: World, id: str, **changed: Any) -> None:
    """Let Slack say something else of a file from now on."""

    class Odd(File):
        def described(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
            return super().described(*args, **kwargs) | changed

    world.slack.files[id] = Odd(**vars(world.slack.files[id]))


@pytest.mark.parametrize("kind", ["png", "jpeg", "jpeg-cmyk", "webp", "webp-animated", "gif", "bmp", "tiff", "heic"])
async def test_every_usual_kind_of_picture_is_taken(swift: Story, kind: str) -> None:
    seen = await asks_with(swift, (GOOD[kind], f"picture.{kind.partition('-')[0]}"))
    assert seen.images, seen.words
    assert "1 reference" in seen.words
    [call] = await swift.paintings()
    assert kinds(call)[0] in ("image/png", "image/jpeg", "image/webp")


async def test_the_name_of_a_file_means_nothing(swift: Story) -> None:
    seen = await asks_with(swift, (GOOD["heic"], "notes.pdf"), (GOOD["png"], "noname"), (GOOD["webp"], "p.jpg"))
    assert "3 references" in seen.words
    assert "left out" not in seen.words


@pytest.mark.parametrize("form", ["JPEG", "HEIC"])
async def test_a_photograph_is_seen_the_way_it_was_held(swift: Story, form: str) -> None:
    wide = quarters((640, 360))
    data = saved(wide, "JPEG", exif=exif(6)) if form == "JPEG" else heic(wide, exif=exif(6))
    seen = await asks_with(swift, (data, "phone"))
    assert "768×1376 px" in seen.words


async def test_a_large_photograph_is_made_small_enough(swift: Story) -> None:
    huge = saved(Image.effect_noise((4000, 3000), 80).convert("RGB"), "JPEG", quality=95)
    seen = await asks_with(swift, (huge, "huge.jpg"))
    assert "1 reference" in seen.words
    [call] = await swift.paintings()
    assert turns(call)[0]["parts"][1]["inlineData"]["data"]["bytes"] <= 7_000_000


async def test_what_cannot_be_used_is_left_out_by_name_and_the_rest_goes_on(swift: Story) -> None:
    good = photograph(640, 480)
    names = list(LEFT_OUT)
    files = [(LEFT_OUT[name][0], name) for name in names]
    seen = await asks_with(swift, *files[:4], (good, "window.jpg"), *files[4:])
    assert seen.images
    for name in names:
        assert LEFT_OUT[name][1] in seen.words, name
    for name in names[:-1]:
        assert f"*{name}*" in seen.words
    assert "<!channel>" not in seen.words
    [call] = await swift.paintings()
    assert given(call) == [hashlib.sha256(good).hexdigest()]


async def test_when_nothing_can_be_used_the_words_are_still_painted(swift: Story) -> None:
    seen = await asks_with(swift, (b"%PDF-1.7\n", "paper.pdf"))
    assert seen.images
    assert "I left out *paper.pdf*" in seen.words
    assert "reference" not in seen.words.replace("references", "")


async def test_the_fifteenth_reference_is_left_out_by_name(swift: Story) -> None:
    photos = [(photograph(400 + 8 * count, 300), f"photo-{count}.jpg") for count in range(15)]
    seen = await asks_with(swift, *photos)
    assert "14 references" in seen.words
    assert "I left out *photo-14.jpg*: the model takes at most 14" in seen.words
    [call] = await swift.paintings()
    assert given(call) == [hashlib.sha256(data).hexdigest() for data, _ in photos[:14]]


async def test_what_one_model_does_not_take_another_is_given(swift: Story) -> None:
    photos = [photograph(400 + 8 * count, 300) for count in range(6)]
    files = [await swift.attaches(data, f"{n}.jpg") for n, data in enumerate(photos)]
    await swift.says(f"{BOT} a poster --tier original", files=files)
    seen = await swift.sees_picture()
    assert [f"*{n}.jpg*" in seen.words for n in range(6)] == [False] * 3 + [True] * 3
    await swift.replies("make it night", to=seen)
    await swift.sees_picture()
    await swift.presses("Re-run with Pro", on=seen)
    pro = await swift.sees_picture(by="6 references")
    assert "I left out" not in pro.words
    first, reply, last = await swift.paintings()
    assert [len(turns(call)) for call in (first, reply, last)] == [1, 3, 1]
    assert given(first) == [hashlib.sha256(data).hexdigest() for data in photos[:3]]
    assert given(last) == [hashlib.sha256(data).hexdigest() for data in photos]


async def test_a_file_over_the_limit_is_not_even_fetched(swift: Story) -> None:
    seen = await asks_with(swift, (photograph(640, 480) + bytes(31_000_000), "big.jpg"))
    assert "I left out *big.jpg*" in seen.words
    assert "30 MB" in seen.words
    assert await methods(swift, "download") == []


async def test_a_file_that_is_gone_by_the_time_of_work_is_left_out(swift: Story, world: World) -> None:
    photo = await swift.attaches(photograph(640, 480), "window.jpg")
    await swift.post("/control/faults", {"api": "slack", "method": "files.info", "fault": {"error": "file_not_found"}})
    await swift.says(f"{BOT} make it night", files=[photo])
    seen = await swift.sees_picture()
    assert "I left out *window.jpg*: it is no longer in Slack" in seen.words


@pytest.mark.parametrize("field", ["url_private_download", "url_private"])
async def test_the_token_goes_to_no_other_host(
    swift: Story, world: World, elsewhere: tuple[str, list[dict[str, str]]], field: str
) -> None:
    address, heard = elsewhere
    photo = await swift.attaches(photograph(640, 480), "window.jpg")
    becomes(world, photo, **{"url_private_download": "", field: f"{address}/window.jpg"})
    await swift.says(f"{BOT} make it night", files=[photo])
    seen = await swift.sees_picture()
    assert "I left out *window.jpg*: it is not kept on Slack" in seen.words
    assert heard == []


@pytest.mark.parametrize("trick", ["user@", "port", "scheme"])
async def test_an_address_that_only_looks_like_slacks_is_not_asked(swift: Story, world: World, trick: str) -> None:
    host = world.url.removeprefix("http://")
    name, port = host.split(":")
    urls = {
        "user@": f"http://{host}@127.0.0.1:9/window.jpg",
        "port": f"http://{name}:{int(port) - 1}/window.jpg",
        "scheme": f"ftp://{host}/window.jpg",
    }
    photo = await swift.attaches(photograph(640, 480), "window.jpg")
    becomes(world, photo, url_private_download=urls[trick], url_private=urls[trick])
    await swift.says(f"{BOT} make it night", files=[photo])
    seen = await swift.sees_picture()
    assert "I left out *window.jpg*: it is not kept on Slack" in seen.words


async def test_a_redirect_is_not_followed(
    swift: Story, world: World, elsewhere: tuple[str, list[dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, heard = elsewhere

    async def redirects(_file: File, _edge: int | None) -> web.Response:
        return web.Response(status=302, headers={"Location": f"{address}/window.jpg"})

    monkeypatch.setattr("bot.playground.slack.transfers.file_response", redirects)
    seen = await asks_with(swift, (photograph(640, 480), "window.jpg"))
    assert "I left out *window.jpg*" in seen.words
    assert heard == []


async def test_a_file_kept_outside_slack_is_left_out(swift: Story, world: World) -> None:
    photo = await swift.attaches(photograph(640, 480), "window.jpg")
    becomes(world, photo, mode="external", is_external=True, external_type="gdrive")
    await swift.says(f"{BOT} make it night", files=[photo])
    seen = await swift.sees_picture()
    assert "I left out *window.jpg*: it is kept outside Slack" in seen.words
    assert await methods(swift, "download") == []


@pytest.mark.parametrize(("mode", "kind"), [("quip", ""), ("list", "application/vnd.slack-list")])
async def test_a_canvas_is_not_taken_for_a_sign_in_page(swift: Story, world: World, mode: str, kind: str) -> None:
    """Slack gives a web page in their place, also to an app that may read everything."""
    canvas = await swift.attaches(LOGIN.encode(), "Plans for the window")
    becomes(world, canvas, mode=mode, filetype=mode, mimetype=kind)
    await swift.says(f"{BOT} make it night", files=[canvas])
    seen = await swift.sees_picture()
    assert "I left out *Plans for the window*: it is a Slack document, and I can only use pictures" in seen.words
    assert await methods(swift, "download") == []


async def test_a_sign_in_page_is_not_taken_for_a_picture(swift: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    async def signs_in(_file: File, _edge: int | None) -> web.Response:
        return web.Response(text=LOGIN, content_type="text/html")

    monkeypatch.setattr("bot.playground.slack.transfers.file_response", signs_in)
    seen = await asks_with(swift, (photograph(640, 480), "window.jpg"))
    assert seen.images
    assert "I left out *window.jpg*: Slack gave me a sign-in page" in seen.words


async def test_a_picture_the_bot_made_comes_back_untouched(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    data = await bytes_of(swift, fox.images[0])
    await asks_with(swift, (data, "fox.jpg"))
    assert given((await swift.paintings())[-1]) == [hashlib.sha256(data).hexdigest()]
