"""Files: the three steps, the waiting, who may see what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.playground import keys
from tests.wire.slack_stage import ANA, GENERAL, RANDOM, Stage, eventually, picture, refused, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.turn("settings", {"rate_limits": False, "file_delay": 0.05})
        yield made


def image(file_id: str, **more: Any) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "a picture", **more}]


async def begin(stage: Stage, data: bytes, declared: int | None = None) -> tuple[str, str]:
    told = await stage.client.files_getUploadURLExternal(filename="a.png", length=declared or len(data))
    return str(told["file_id"]), str(told["upload_url"])


async def send(stage: Stage, url: str, data: bytes) -> int:
    async with stage.http.post(url, data=data) as answer:
        return answer.status


async def test_the_sdk_uploads_and_slack_looks_at_it_later(stage: Stage) -> None:
    await stage.turn("settings", {"file_delay": 30})
    done = await stage.client.files_upload_v2(content=picture(), filename="a.png", title="Fox", alt_txt="a fox")
    file = done["files"][0]
    assert (file["mimetype"], file["filetype"], file["shares"]) == ("", "", {})
    assert "original_w" not in file
    refusal = await refused(stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=image(file["id"])))
    assert refusal["error"] == "invalid_blocks"
    assert refusal["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
    assert refusal["response_metadata"]["messages"] == [f"[ERROR] {refusal['errors'][0]}"]


async def test_a_processed_picture_can_be_shown_and_is_shared_by_that(stage: Stage) -> None:
    file_id = await stage.upload(picture())
    posted = await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=image(file_id))
    file = (await stage.client.files_info(file=file_id))["file"]
    assert (file["mimetype"], file["original_w"], file["original_h"]) == ("image/png", 60, 40)
    assert file["shares"]["public"][GENERAL][0]["ts"] == posted["ts"]
    (shown,) = await stage.seen()
    async with stage.http.get(stage.world.url + shown["blocks"][0]["page_url"]) as answer:
        assert await answer.read() == picture()


async def test_the_length_must_be_as_declared_and_the_address_works_once(stage: Stage) -> None:
    data = picture()
    file_id, url = await begin(stage, data, len(data) + 1)
    assert await send(stage, url, data) == 400
    unsent = stage.client.files_completeUploadExternal(files=[{"id": file_id, "title": "x"}])
    assert (await refused(unsent))["error"] == "file_not_found"
    file_id, url = await begin(stage, data)
    assert await send(stage, url, data) == 200
    assert await send(stage, url, data) == 404
    await stage.client.files_completeUploadExternal(files=[{"id": file_id, "title": "x"}])
    again = stage.client.files_completeUploadExternal(files=[{"id": file_id, "title": "x"}])
    assert (await refused(again))["error"] == "file_not_found"


@pytest.mark.parametrize("length", [0, -1, "ten"])
async def test_refuses_odd_lengths(stage: Stage, length: Any) -> None:
    refusal = await refused(stage.client.files_getUploadURLExternal(filename="a.png", length=length))
    assert refusal["error"] == "invalid_arguments"


async def test_a_share_by_upload_comes_when_the_file_is_ready(stage: Stage) -> None:
    root = (await stage.act("say", text="paint"))["ts"]
    await stage.client.files_upload_v2(
        content=picture(), filename="a.png", channel=GENERAL, thread_ts=root, initial_comment="done"
    )

    async def shared() -> Any:
        return await stage.look("control/posted", thread_ts=root)

    (message,) = await eventually(shared)
    assert (message["text"], message["thread_ts"]) == ("done", root)
    assert message["files"][0]["mimetype"] == "image/png"
    assert message["files"][0]["page_thumb_url"].endswith("?thumb=480")


async def test_files_are_not_shared_where_the_app_is_not(stage: Stage) -> None:
    refusal = await refused(stage.client.files_upload_v2(content=picture(), filename="a.png", channel=RANDOM))
    assert refusal["error"] == "not_in_channel"


@pytest.mark.parametrize(
    ("kind", "name", "ok"),
    [
        ("PNG", "a.txt", True),
        ("JPEG", "a.png", True),
        ("GIF", "a", True),
        ("WEBP", "a.png", False),
        ("TIFF", "a.png", False),
    ],
)
async def test_only_the_bytes_decide_what_a_block_shows(stage: Stage, kind: str, name: str, ok: bool) -> None:
    file_id = await stage.upload(picture(kind), name)
    posting = stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=image(file_id))
    if ok:
        assert (await posting)["ok"]
    else:
        assert (await refused(posting))["error"] == "invalid_blocks"


async def test_bytes_that_only_begin_like_a_picture_are_none(stage: Stage) -> None:
    file_id = await stage.upload(b"\x89PNG\r\n\x1a\nnothing follows")
    refusal = await refused(stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=image(file_id)))
    assert refusal["error"] == "invalid_blocks"


async def test_a_picture_can_be_named_by_its_address(stage: Stage) -> None:
    file_id = await stage.upload(picture())
    url = (await stage.client.files_info(file=file_id))["file"]["url_private"]
    blocks = [{"type": "image", "slack_file": {"url": url}, "alt_text": "x"}]
    await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=blocks)
    (shown,) = await stage.seen()
    assert file_id in shown["blocks"][0]["page_url"]


async def test_an_update_to_a_never_shared_picture_shows_it_broken(stage: Stage) -> None:
    file_id = await stage.upload(picture())
    ts = (await stage.client.chat_postMessage(channel=GENERAL, text="soon"))["ts"]
    await stage.client.chat_update(channel=GENERAL, ts=ts, text="x", blocks=image(file_id))
    (shown,) = await stage.seen()
    assert shown["blocks"][0]["broken"] is True
    assert "page_url" not in shown["blocks"][0]


async def test_an_update_with_a_shared_picture_shows_it(stage: Stage) -> None:
    file_id = await stage.upload(picture())
    ts = (await stage.client.chat_postMessage(channel=GENERAL, text="x", blocks=image(file_id)))["ts"]
    await stage.client.chat_update(channel=GENERAL, ts=ts, text="y", blocks=image(file_id))
    (shown,) = await stage.seen()
    assert "broken" not in shown["blocks"][0]


async def test_a_download_needs_the_token(stage: Stage) -> None:
    file_id = await stage.upload(picture())
    file = (await stage.client.files_info(file=file_id))["file"]
    assert await stage.download(file["url_private"]) == ("image/png", picture())
    assert await stage.download(file["url_private_download"]) == ("image/png", picture())
    for token in ("", "xoxb-wrong", keys.APP_TOKEN):
        kind, body = await stage.download(file["url_private"], token)
        assert (kind, picture() in body) == ("text/html", False)


async def test_thumbnails_are_smaller_pictures(stage: Stage) -> None:
    file_id = await stage.upload(picture(size=(500, 400)))
    file = (await stage.client.files_info(file=file_id))["file"]
    assert "thumb_360" in file
    assert "thumb_720" not in file
    kind, body = await stage.download(file["thumb_360"])
    assert (kind, body[16:24]) == ("image/png", (360).to_bytes(4) + (288).to_bytes(4))


async def test_a_persons_file_is_theirs_until_it_is_in_a_channel_with_the_app(stage: Stage) -> None:
    file_id = await stage.attach(picture())
    url = f"{stage.world.url}/slack/files/{keys.TEAM_ID}-{file_id}/a.png"
    assert (await refused(stage.client.files_info(file=file_id)))["error"] == "file_not_found"
    assert (await stage.download(url))[0] == "text/html"
    await stage.act("say", channel=RANDOM, text="look", files=[file_id])
    assert (await refused(stage.client.files_info(file=file_id)))["error"] == "file_not_found"
    await stage.act("say", text="look", files=[file_id])
    assert (await stage.client.files_info(file=file_id))["file"]["user"] == ANA
    assert (await stage.download(url))[1] == picture()


async def test_a_deleted_file_leaves_a_tombstone(stage: Stage) -> None:
    file_id = await stage.attach(picture())
    await stage.act("say", text="look", files=[file_id])
    assert (await stage.act("delete_file", user="U0BEN", file=file_id))["error"] == "file_not_found"
    assert (await stage.act("delete_file", file=file_id))["ok"]
    (message,) = (await stage.client.conversations_history(channel=GENERAL))["messages"]
    assert message["files"] == [{"id": file_id, "mode": "tombstone"}]
    assert (await refused(stage.client.files_info(file=file_id)))["error"] == "file_not_found"


async def test_deleting_the_message_takes_the_picture_back(stage: Stage) -> None:
    file_id = await stage.attach(picture())
    ts = (await stage.act("say", text="look", files=[file_id]))["ts"]
    await stage.act("delete", ts=ts)
    assert (await refused(stage.client.files_info(file=file_id)))["error"] == "file_not_found"


async def test_upload_faults(stage: Stage) -> None:
    await stage.turn("faults", {"api": "slack", "method": "upload", "fault": {"status": 500}})
    file_id, url = await begin(stage, picture())
    assert await send(stage, url, picture()) == 500
    assert await send(stage, url, picture()) == 200
    await stage.client.files_completeUploadExternal(files=[{"id": file_id, "title": "x"}])
