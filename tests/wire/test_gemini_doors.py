"""The ways into Google, and what happens on the wire when something is wrong with them."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import os
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from google.auth import exceptions
from google.auth.credentials import Credentials
from google.auth.transport import Request

from bot.engines.access import ApiKey, Enterprise
from bot.engines.gemini import GeminiEngine
from bot.errors import ModelDown, NonsenseAnswer, OperatorMustFix, ThreadpaintError
from bot.ports import Answer, Ask, Given
from tests.wire.gemini_recorder import FLASH, PAINTED, Recorder, recording, service_account

PHOTO = Given(b"\x89PNG a photo", "image/png")


class Purse(Credentials):
    """Credentials that do what a test wants when they are to be renewed."""

    def __init__(self, fault: Exception | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.fault = fault
        self.asked = 0

    def refresh(self, request: Request) -> None:
        self.asked += 1
        if self.fault:
            raise self.fault
        self.token = f"given-{self.asked}"


@pytest.fixture
async def recorder() -> AsyncIterator[Recorder]:
    async with recording() as recorder:
        yield recorder


async def came(access: ApiKey | Enterprise, ask: Ask | None = None) -> Answer:
    """What one call comes to."""
    engine = GeminiEngine(access)
    try:
        return await engine.paint(ask or Ask(FLASH, "a red fox"))
    finally:
        await engine.close()


def test_each_door_has_its_name() -> None:
    assert GeminiEngine(ApiKey("k")).route == "gemini"
    assert GeminiEngine(Enterprise("p", credentials=Purse())).route == "vertex"


def test_a_key_is_never_printed() -> None:
    assert "secret" not in repr(ApiKey("secret"))


async def test_the_environment_does_not_turn_a_key_into_a_project(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, said in {"USE_ENTERPRISE": "true", "USE_VERTEXAI": "true"}.items():
        monkeypatch.setenv(f"GOOGLE_GENAI_{name}", said)
    monkeypatch.setenv("GOOGLE_API_KEY", "another")
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "p")
    await came(ApiKey("k", recorder.url))
    assert recorder.calls[0].path.startswith("/v1beta/models/")
    assert recorder.calls[0].headers["x-goog-api-key"] == "k"


async def test_a_key_in_the_environment_does_not_go_to_a_project(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "another")
    await came(Enterprise("p", "global", recorder.url, credentials=Purse()))
    assert recorder.calls[0].headers["Authorization"] == "Bearer given-1"
    assert "x-goog-api-key" not in recorder.calls[0].headers


async def test_a_token_is_asked_for_once(recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(service_account(recorder, tmp_path)))
    engine = GeminiEngine(Enterprise("p", "global", recorder.url))
    await asyncio.gather(*(engine.paint(Ask(FLASH, "a red fox")) for _ in range(5)))
    await engine.check(FLASH)
    await engine.close()
    assert len(recorder.tokens) == 1
    assert {call.headers["Authorization"] for call in recorder.calls} == {"Bearer token-1"}
    assert recorder.calls[-1].path == f"/v1beta1/publishers/google/models/{FLASH}"


@pytest.mark.parametrize(
    ("fault", "kind", "reason"),
    [
        (exceptions.DefaultCredentialsError("no file"), OperatorMustFix, "key_refused"),
        (exceptions.RefreshError("invalid_grant"), OperatorMustFix, "key_refused"),
        (exceptions.RefreshError("busy", retryable=True), ModelDown, "model_unreachable"),
        (exceptions.TransportError("no way"), ModelDown, "model_unreachable"),
        (ValueError("no such curve"), OperatorMustFix, "key_refused"),
        (PermissionError("not yours"), OperatorMustFix, "key_refused"),
    ],
)
async def test_wrong_credentials_are_our_own_error(
    recorder: Recorder, fault: Exception, kind: type[ThreadpaintError], reason: str
) -> None:
    with pytest.raises(kind) as caught:
        await came(Enterprise("p", "global", recorder.url, credentials=Purse(fault)))
    assert caught.value.reason == reason
    assert caught.value.facts == {}
    assert recorder.calls == []


@pytest.mark.parametrize("text", [None, "", "{", "{}", '{"type": "service_account"}', '{"type": "nothing known"}'])
async def test_a_key_file_that_is_none_is_for_the_operator(
    recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    file = tmp_path / "account.json"
    if text is not None:
        file.write_text(text)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    engine = GeminiEngine(Enterprise("p", "global", recorder.url))
    with pytest.raises(OperatorMustFix, match="key_refused"):
        await engine.paint(Ask(FLASH, "a red fox"))
    with pytest.raises(OperatorMustFix, match="key_refused"):
        await engine.check(FLASH)
    await engine.close()


async def test_a_token_server_that_says_no_is_for_the_operator(
    recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder.token_status = 400
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(service_account(recorder, tmp_path)))
    with pytest.raises(OperatorMustFix, match="key_refused"):
        await came(Enterprise("p", "global", recorder.url))
    assert recorder.calls == []


PACKED: list[tuple[str, Callable[[bytes], bytes]]] = [("gzip", gzip.compress), ("deflate", zlib.compress)]


@pytest.mark.parametrize(("name", "pack"), PACKED)
async def test_a_packed_answer_is_unpacked(recorder: Recorder, name: str, pack: Callable[[bytes], bytes]) -> None:
    data = os.urandom(50_000)
    told = json.dumps(PAINTED).replace(base64.b64encode(b"\xff\xd8pixel").decode(), base64.b64encode(data).decode())
    recorder.answers(200, pack(told.encode()), Content_Encoding=name, Content_Type="application/json")
    answer = await came(ApiKey("k", recorder.url))
    assert answer.picture == Given(data, "image/jpeg")


async def test_what_only_says_it_is_packed_is_unreadable(recorder: Recorder) -> None:
    recorder.answers(200, json.dumps(PAINTED).encode(), Content_Encoding="gzip")
    with pytest.raises(NonsenseAnswer, match="answer_unreadable"):
        await came(ApiKey("k", recorder.url))
    recorder.answers(503, b"no gzip", Content_Encoding="gzip")
    with pytest.raises(ThreadpaintError, match="model_overloaded"):
        await came(ApiKey("k", recorder.url))


async def test_a_key_that_a_refusal_repeats_is_blotted_out(recorder: Recorder) -> None:
    told = {"error": {"code": 403, "status": "PERMISSION_DENIED", "message": "key some-long-key is not allowed"}}
    recorder.answers(403, json.dumps(told).encode())
    with pytest.raises(OperatorMustFix) as caught:
        await came(ApiKey("some-long-key", recorder.url))
    assert caught.value.facts["detail"] == "key *** is not allowed"


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_no_proxy_of_the_environment_gets_to_see_the_key(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async with recording() as proxy:
        monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        await came(ApiKey("k", recorder.url))
        assert (len(recorder.calls), proxy.calls) == (1, [])


@pytest.mark.parametrize("code", [301, 302, 307, 308])
async def test_nobody_is_sent_elsewhere_with_the_key(recorder: Recorder, code: int) -> None:
    recorder.answers(code, b"", Location=f"{recorder.url}/elsewhere")
    with pytest.raises(OperatorMustFix, match="model_unreachable"):
        await came(ApiKey("k", recorder.url), Ask(FLASH, "a red fox", (PHOTO,)))
    assert len(recorder.calls) == 1


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1:1", "http://", "127.0.0.1:1", "http://127.0.0.1:1", "http://127.0.0.1:99999"]
)
async def test_an_address_that_is_none_is_our_own_error(url: str) -> None:
    with pytest.raises(ThreadpaintError, match="model_unreachable"):
        await came(ApiKey("k", url))


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"7"])
async def test_a_check_that_meets_a_login_page_is_for_the_operator(recorder: Recorder, body: bytes) -> None:
    recorder.answers(200, body)
    engine = GeminiEngine(ApiKey("k", recorder.url))
    with pytest.raises(OperatorMustFix):
        await engine.check(FLASH)
    await engine.close()


async def test_pictures_of_many_calls_are_not_mixed_up(recorder: Recorder) -> None:
    engine = GeminiEngine(ApiKey("k", recorder.url))
    sent = [Given(os.urandom(5000), "image/png") for _ in range(12)]
    await asyncio.gather(*(engine.paint(Ask(FLASH, str(n), (each,))) for n, each in enumerate(sent)))
    await engine.close()
    for call in recorder.calls:
        words, photo = json.loads(call.body)["contents"][0]["parts"]
        assert base64.urlsafe_b64decode(photo["inlineData"]["data"]) == sent[int(words["text"])].data
