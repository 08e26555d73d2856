"""What our engine sends, to the byte. `RECORD=1 pytest tests/wire/test_gemini_requests.py` writes the files anew."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bot.domain.options import Size
from bot.engines.access import ApiKey, Enterprise
from bot.engines.asking import config, contents
from bot.engines.gemini import GeminiEngine
from bot.ports import Ask, Exchange, Given, Said
from tests.wire.gemini_recorder import FLASH, RECORDED, Call, Recorder, recording, service_account

FOX = Given(b"\xff\xd8\xff\xfb\xef\xbe the fox", "image/jpeg")  # its base64 has both letters that tell alphabets apart
NIGHT = Given(b"\xff\xd8\xff\xfb\xef\xbf the night!", "image/jpeg")
PHOTO = Given(b"\x89PNG a photo", "image/png")
FIRST = Exchange(
    'a "red" fox – ünder <trees>',
    (PHOTO,),
    (Said("Here you go", None, b"\xfb\xff first"), Said("", FOX, b"\xfb\xfe second")),
)
SECOND = Exchange("make it night", (), (Said("", NIGHT, b"third\xff\xff"), Said("", None, b"fourth")))
ACCOUNT = "Earlier in this conversation: a red fox; make it night. The picture is attached.\n\nadd snow"
ASKS = {
    "first_turn": Ask(FLASH, "a red fox"),
    "third_turn": Ask(FLASH, "add the logo", (PHOTO,), (FIRST, SECOND)),
    "after_tier_change": Ask(FLASH, ACCOUNT, (NIGHT,)),
    "fourteen_references": Ask(
        FLASH, "all of them", tuple(Given(b"\x89PNG\xff\xfe" + bytes([n]) * n, "image/png") for n in range(1, 15))
    ),
    "picture_alone": Ask(FLASH, "", (PHOTO,)),
    "grounded_web": Ask(FLASH, "the weather in Oslo", search=("web",)),
    "grounded_web_and_image": Ask(FLASH, "the opera in Oslo", search=("web", "image")),
    "thinking_high": Ask(FLASH, "a clock at ten past two", thinking="high"),
    "thinking_minimal": Ask(FLASH, "a clock", thinking="minimal"),
    "everything": Ask(FLASH, "x", (PHOTO,), (FIRST,), "16:9", Size.FOUR, "high", ("web", "image"), 450.2),
}
RATIOS = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", "1:4", "4:1", "1:8", "8:1", "9:21"]
VERSIONS = ("v1", "v1beta")


@pytest.fixture
async def recorder() -> AsyncIterator[Recorder]:
    async with recording() as recorder:
        yield recorder


async def sent(recorder: Recorder, access: ApiKey | Enterprise, ask: Ask) -> Call:
    """The one request this makes."""
    engine = GeminiEngine(access)
    try:
        assert (await engine.paint(ask)).picture is not None
    finally:
        await engine.close()
    (call,) = recorder.calls
    return call


@pytest.fixture
def vertex(recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Enterprise:
    """The door of a project, with a key file in the environment."""
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(service_account(recorder, tmp_path)))
    return Enterprise("paint-project", "europe-west4", recorder.url)


def compare(name: str, body: bytes) -> None:
    """With what was recorded."""
    file = RECORDED / "requests" / f"{name}.json"
    if os.environ.get("RECORD"):
        file.write_bytes(body + b"\n")
    assert body + b"\n" == file.read_bytes()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ASKS)
async def test_the_gemini_api_is_sent_these_bytes(recorder: Recorder, name: str, version: str) -> None:
    call = await sent(recorder, ApiKey("k", recorder.url, version), ASKS[name])
    compare(name, call.body)
    assert (call.method, call.path) == ("POST", f"/{version}/models/{FLASH}:generateContent")
    assert call.headers["x-goog-api-key"] == "k"
    assert "Authorization" not in call.headers
    _is_plain(call, ASKS[name])


@pytest.mark.parametrize("name", ASKS)
async def test_vertex_is_sent_these_bytes(recorder: Recorder, vertex: Enterprise, name: str) -> None:
    call = await sent(recorder, vertex, ASKS[name])
    compare(f"vertex/{name}", call.body)
    where = "/v1beta1/projects/paint-project/locations/europe-west4/publishers/google/models"
    assert (call.method, call.path) == ("POST", f"{where}/{FLASH}:generateContent")
    assert call.headers["Authorization"] == "Bearer token-1"
    assert "x-goog-api-key" not in call.headers
    _is_plain(call, ASKS[name])


@pytest.mark.parametrize("name", ASKS)
async def test_they_are_the_bytes_googles_sdk_would_have_sent(recorder: Recorder, name: str) -> None:
    ours = (await sent(recorder, ApiKey("k", recorder.url), ASKS[name])).body
    async with httpx2.AsyncClient() as plain:
        client = ApiKey("k", recorder.url).client(plain)
        await client.aio.models.generate_content(
            model=FLASH, contents=contents(ASKS[name], lambda data: data), config=config(ASKS[name])
        )
        client.close()
    assert recorder.calls[-1].body == ours


def _is_plain(call: Call, ask: Ask) -> None:
    assert call.headers["Content-Type"] == "application/json"
    assert call.headers["Content-Length"] == str(len(call.body))
    assert call.headers["Accept-Encoding"] == "identity"
    assert call.headers["X-Server-Timeout"] == {300.0: "300", 450.2: "451"}[ask.timeout]


def _shaped(shape: str) -> bytes:
    """The first turn's bytes with this shape in them."""
    first = (RECORDED / "requests" / "first_turn.json").read_bytes().rstrip(b"\n")
    plain = b'"generationConfig": {"responseModalities": ["TEXT", "IMAGE"]}}'
    assert first.endswith(plain)
    return first.removesuffix(plain) + plain.removesuffix(b"}}") + f', "imageConfig": {{{shape}}}}}}}'.encode()


@pytest.mark.parametrize("ratio", RATIOS)
async def test_each_ratio_is_sent_as_these_bytes(recorder: Recorder, ratio: str) -> None:
    call = await sent(recorder, ApiKey("k", recorder.url), Ask(FLASH, "a red fox", ratio=ratio))
    assert call.body == _shaped(f'"aspectRatio": "{ratio}"')


@pytest.mark.parametrize(("size", "told"), [(Size.HALF, "512"), (Size.ONE, "1K"), (Size.TWO, "2K"), (Size.FOUR, "4K")])
async def test_each_size_is_sent_as_these_bytes(recorder: Recorder, size: Size, told: str) -> None:
    call = await sent(recorder, ApiKey("k", recorder.url), Ask(FLASH, "a red fox", size=size))
    assert call.body == _shaped(f'"imageSize": "{told}"')


async def test_both_are_sent_in_one(recorder: Recorder) -> None:
    call = await sent(recorder, ApiKey("k", recorder.url), Ask(FLASH, "a red fox", ratio="4:5", size=Size.TWO))
    assert call.body == _shaped('"aspectRatio": "4:5", "imageSize": "2K"')


@pytest.mark.parametrize("length", [0, 1, 2, 3, 196_607, 196_608, 196_609, 1_000_000])
async def test_a_picture_of_any_length_arrives_whole(recorder: Recorder, length: int) -> None:
    data = os.urandom(length) if length else b""
    call = await sent(recorder, ApiKey("k", recorder.url), Ask(FLASH, "x", (Given(data, "image/png"), FOX)))
    body: dict[str, Any] = json.loads(call.body)
    told = [part["inlineData"]["data"] for part in body["contents"][0]["parts"][1:]]
    assert told == [base64.urlsafe_b64encode(each).decode() for each in (data, FOX.data)]  # the SDK's own way
    assert call.headers["Content-Length"] == str(len(call.body))
