"""One thread on the Gemini API's two versions and on Vertex AI: the conversation goes on wherever it is carried."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.playground import keys
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.stories import evidence
from tests.stories.mishaps import hurry
from tests.stories.story import Story, telling

V1 = {"gemini_api_version": "v1"}
V1BETA = {"gemini_api_version": "v1beta"}


def vertex(world: World) -> dict[str, object]:
    """Settings for Google Cloud."""
    return {"google_enterprise": True, "google_project": "p", "google_vertex_base_url": world.gemini_url}


@pytest.fixture
def _credentials(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Application Default Credentials: a service account that the world's token endpoint knows."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    account = {"type": "service_account", "client_email": keys.SERVICE_ACCOUNT, "private_key": pem.decode()}
    account |= {"token_uri": f"{world.url}/token", "private_key_id": "1", "project_id": "p"}
    file = tmp_path / "account.json"
    file.write_text(json.dumps(account))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))


@pytest.mark.usefixtures("_credentials")
async def test_a_thread_is_carried_from_door_to_door(world: World, settings: Settings) -> None:
    told: set[tuple[str, str]] = set()

    @asynccontextmanager
    async def on(**route: object) -> AsyncIterator[Story]:
        async with running(settings.model_copy(update=route)), telling(world.url) as story:
            await hurry(story)
            story.told |= told
            yield story
            told.update(story.told)

    async with on(**V1) as story:
        await story.commands("/imagine a red fox")
        fox = await story.sees_picture()
        await story.replies("make it night", to=fox)
        await story.sees_picture()
    async with on(**vertex(world)) as story:
        for words in ("add a hat", "make it snow"):
            await story.replies(words, to=fox)
            await story.sees_picture()
    async with on(**V1BETA) as story:
        for words in ("add a moon", "flip it"):
            await story.replies(words, to=fox)
            night = await story.sees_picture()
        await story.presses("Re-run with Pro", on=night)
        await story.sees_picture(by="Pro")
        calls = await story.paintings()
    assert [call["status"] for call in calls] == [200] * 7
    paths = [str(call["path"]).partition("/gemini/")[2].partition("/")[0] for call in calls]
    assert paths == ["v1", "v1", "v1beta1", "v1beta1", "v1beta", "v1beta", "v1beta"]
    assert [len(evidence.turns(call)) for call in calls] == [1, 3, 1, 3, 1, 3, 1]
    assert all(call["headers"].get("x-goog-api-key") is None for call in calls[2:4])
