"""Vertex as the pretend Gemini plays it: paths, tokens, and signatures that stay where they were given."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import google.auth
import httpx2
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google import genai
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google.genai import errors, types
from google.oauth2.credentials import Credentials

from bot.playground import keys
from bot.playground.gemini.tokens import ASSERTION, SCOPE
from tests.wire.gemini_material import FLASH, OLD, PRO, Box, final, picture, running, says, user

PLACE = "v1beta1/projects/p/locations/global/publishers/google/models"


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    async with running() as box:
        box.gemini.configure({"gemini_canned": {"bytes": 20_000}})
        yield box


async def vertex(box: Box, model: str, body: Any, token: str = keys.GOOGLE_TOKEN) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    sent = io.BytesIO(json.dumps(body).encode())
    async with box.http.post(f"{box.url}/{PLACE}/{model}:generateContent", data=sent, headers=headers) as answer:
        return answer.status, await answer.json()


async def grant(box: Box, **form: str) -> tuple[int, Any]:
    async with box.http.post(f"{box.url}/token", data=form) as answer:
        return answer.status, await answer.json()


def refresh(**more: str) -> dict[str, str]:
    return {
        "grant_type": "refresh_token",
        "client_id": keys.CLIENT_ID,
        "client_secret": keys.CLIENT_SECRET,
        "refresh_token": keys.REFRESH_TOKEN,
    } | more


def assertion(box: Box, **more: Any) -> str:
    now = int(time.time())
    claims = {"iss": keys.SERVICE_ACCOUNT, "aud": f"{box.url}/token", "iat": now, "exp": now + 3600, "scope": SCOPE}
    pieces = [{"alg": "RS256"}, claims | more]
    return ".".join([*(base64.urlsafe_b64encode(json.dumps(each).encode()).decode() for each in pieces), "c2ln"])


async def test_a_service_account_works_as_application_default_credentials(
    box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    account = {"type": "service_account", "client_email": keys.SERVICE_ACCOUNT, "token_uri": f"{box.url}/token"}
    path = tmp_path / "account.json"
    path.write_text(json.dumps(account | {"private_key": pem.decode(), "private_key_id": "1", "project_id": "p"}))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    credentials, project = google.auth.default(scopes=[SCOPE])
    await asyncio.to_thread(credentials.refresh, Request())
    assert project == "p"
    status, answer = await vertex(box, FLASH, says("a fox"), credentials.token)
    assert status == 200
    assert answer["candidates"][0]["finishReason"] == "STOP"


async def test_googles_own_client_speaks_to_vertex(box: Box) -> None:
    async with httpx2.AsyncClient() as wire:
        client = genai.Client(
            enterprise=True,
            project="p",
            location="global",
            credentials=Credentials(keys.GOOGLE_TOKEN),
            http_options=types.HttpOptions(base_url=box.url, httpx_async_client=wire),
        )
        models = client.aio.models
        drawn = await models.generate_content(model=FLASH, contents="a fox")
        box.gemini.control({"fault": {"finish_reason": "IMAGE_SAFETY"}})
        filtered = await models.generate_content(model=FLASH, contents="a fox")
        with pytest.raises(errors.ClientError, match="Publisher Model"):
            await models.generate_content(model="gemini-3-pro-image-preview", contents="a fox")
        client.close()
    assert final(drawn).data
    assert filtered.candidates[0].finish_message.startswith("Unable to show the generated image.")
    assert [(call["backend"], call["path"]) for call in box.gemini.calls][:1] == [
        ("vertex", f"/gemini/{PLACE}/{FLASH}:generateContent")
    ]


async def test_a_refresh_token_works_and_a_revoked_one_does_not(box: Box) -> None:
    def credentials(token: str) -> Credentials:
        return Credentials(
            None,
            refresh_token=token,
            token_uri=f"{box.url}/token",
            client_id=keys.CLIENT_ID,
            client_secret=keys.CLIENT_SECRET,
        )

    good = credentials(keys.REFRESH_TOKEN)
    await asyncio.to_thread(good.refresh, Request())
    assert (await vertex(box, PRO, says("a cup"), good.token))[0] == 200
    with pytest.raises(RefreshError, match="expired or revoked"):
        await asyncio.to_thread(credentials("1//other").refresh, Request())


async def test_both_addresses_hand_out_tokens(box: Box) -> None:
    root = box.url.removesuffix("/gemini")
    async with box.http.post(f"{root}/token", data=refresh()) as answer:
        granted = await answer.json()
    assert granted["token_type"] == "Bearer"
    assert granted["expires_in"] == 3599
    assert (await vertex(box, FLASH, says("a fox"), granted["access_token"]))[0] == 200


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "unsupported_grant_type"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        (refresh(client_secret="x"), "invalid_client"),
        (refresh(refresh_token=""), "invalid_grant"),
        ({"grant_type": ASSERTION}, "invalid_grant"),
        ({"grant_type": ASSERTION, "assertion": "a.b.c"}, "invalid_grant"),
        ({"grant_type": ASSERTION, "assertion": "a.W10.c"}, "invalid_grant"),
    ],
)
async def test_a_grant_that_is_none(box: Box, form: dict[str, str], error: str) -> None:
    status, answer = await grant(box, **form)
    assert (status, answer["error"]) == (400, error)


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({}, None),
        ({"iss": "somebody@else"}, "invalid_grant"),
        ({"aud": "https://other.example/token"}, "invalid_grant"),
        ({"exp": 1}, "invalid_grant"),
        ({"iat": int(time.time()) + 3600, "exp": int(time.time()) + 7000}, "invalid_grant"),
        ({"exp": int(time.time()) + 86_400}, "invalid_grant"),
        ({"exp": "soon"}, "invalid_grant"),
        ({"scope": "email"}, "invalid_scope"),
    ],
)
async def test_the_claims_of_an_assertion_are_read(box: Box, claims: dict[str, Any], error: str | None) -> None:
    status, answer = await grant(box, grant_type=ASSERTION, assertion=assertion(box, **claims))
    assert (status, answer.get("error")) == (400 if error else 200, error)


async def test_a_wrong_and_an_expired_token_are_refused_in_googles_words(box: Box) -> None:
    box.gemini.configure({"gemini_token_life": -1})
    expired = (await grant(box, **refresh()))[1]["access_token"]
    for token, reason in (("anything", "ACCESS_TOKEN_TYPE_UNSUPPORTED"), (expired, "ACCESS_TOKEN_EXPIRED")):
        status, answer = await vertex(box, FLASH, says("a fox"), token)
        assert (status, answer["error"]["status"]) == (401, "UNAUTHENTICATED")
        assert answer["error"]["message"].startswith("Request had invalid authentication credentials.")
        assert answer["error"]["details"][0]["reason"] == reason
    async with box.http.post(f"{box.url}/{PLACE}/{FLASH}:generateContent", json=says("a fox")) as nobody:
        assert nobody.status == 401
    assert all(expired not in str(call) for call in box.gemini.calls)


async def test_the_token_endpoint_can_fail(box: Box) -> None:
    box.gemini.control({"method": "token", "fault": {"status": 503}})
    assert (await grant(box, **refresh()))[0] == 503
    assert (await grant(box, **refresh()))[0] == 200


async def test_a_model_that_is_gone_is_named_by_its_whole_path(box: Box) -> None:
    box.gemini.configure({"gemini_retired": [FLASH]})
    status, answer = await vertex(box, FLASH, says("a fox"))
    assert (status, answer["error"]["status"]) == (404, "NOT_FOUND")
    assert f"`projects/p/locations/global/publishers/google/models/{FLASH}` was not found" in answer["error"]["message"]


async def test_signatures_stay_on_the_side_that_gave_them(box: Box) -> None:
    async def here(body: Any) -> tuple[int, Any]:
        return await box.post(FLASH, body)

    async def there(body: Any) -> tuple[int, Any]:
        return await vertex(box, FLASH, body)

    for first, second in ((here, there), (there, here)):
        _, answer = await first(says("a fox"))
        story = [user({"text": "a fox"}), answer["candidates"][0]["content"], user({"text": "bluer"})]
        assert (await first({"contents": story}))[0] == 200
        status, refusal = await second({"contents": story})
        assert status == 400
        assert "Thought signature is not valid" in refusal["error"]["message"]
    _, answer = await box.post(OLD, says("a fox"))
    story = [user({"text": "a fox"}), answer["candidates"][0]["content"], user({"text": "bluer"})]
    assert (await vertex(box, OLD, {"contents": story}))[0] == 200


@pytest.mark.parametrize(("size", "status"), [(7_000_000, 200), (7_000_001, 400)])
async def test_one_picture_may_have_seven_megabytes(box: Box, size: int, status: int) -> None:
    data = picture() + b"\0"
    data += bytes(size - len(data))
    sent = {"inlineData": {"mimeType": "image/png", "data": base64.b64encode(data).decode()}}
    body = {"contents": [user({"text": "warmer"}, sent)]}
    answered, answer = await vertex(box, FLASH, body)
    assert answered == status, str(answer)[:300]
    if status == 400:
        assert "at most 7 MB" in answer["error"]["message"]
    assert (await box.post(FLASH, body))[0] == 200
