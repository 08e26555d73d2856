"""Pictures of all kinds and sizes on their way to a model: it is given what it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue import load
from bot.domain.options import Tier
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.photographs import photograph
from tests.stories import evidence
from tests.stories.mishaps import breaks, hurry
from tests.stories.story import Story, telling
from tests.unit.imaging_material import quarters, saved

FLASH, PRO = (load().of_tier(tier)[0] for tier in (Tier.FLASH, Tier.PRO))
SMALL = f"""
[models."{FLASH.id}"]
picture_bytes = 10_000
[models."{PRO.id}"]
picture_bytes = 6_000
mimes = ["image/png", "image/jpeg"]
"""


@pytest.mark.parametrize("label", ["application/octet-stream", "image/gif", "image/png"])
async def test_what_a_picture_is_falsely_said_to_be_blocks_no_thread(story: Story, label: str) -> None:
    await hurry(story)
    await breaks(story, "gemini", {"label": label})
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await story.presses("4K", on=fox)  # the same model: it refuses what it said itself, and is told in short
    await story.sees_picture()
    await story.replies("make it night --tier pro", to=fox)
    await story.sees_picture()
    calls = await story.paintings()
    assert [(call["status"], len(evidence.turns(call))) for call in calls] == [(200, 1), (400, 3), (200, 1), (200, 1)]
    assert [evidence.kinds(call) for call in calls[2:]] == [["image/jpeg"], ["image/jpeg"]]


async def test_each_model_is_given_pictures_no_larger_than_it_takes(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    overlay = tmp_path / "models.toml"
    overlay.write_text(SMALL)
    async with running(settings.model_copy(update={"catalogue": overlay})), telling(world.url) as story:
        await hurry(story)
        await story.commands("/imagine a red fox")
        fox = await story.sees_picture()
        photo = await story.attaches(photograph(), "fox.jpg")
        web = await story.attaches(saved(quarters(), "WEBP"), "quarters.webp")
        await story.replies("like these", to=fox, files=[photo, web])
        like = await story.sees_picture()
        await story.presses("Re-run with Pro", on=like)
        await story.sees_picture(by=PRO.name)
        calls = await story.paintings()
    assert evidence.kinds(calls[1])[:2] == ["image/jpeg", "image/webp"]
    assert {*evidence.kinds(calls[2])} <= {"image/jpeg", "image/png"}
    assert [len(evidence.given(call)) for call in calls] == [0, 3, 3]
    assert 6_000 < max(sizes(calls[1])) <= 10_000
    assert max(sizes(calls[2])) <= 6_000


def sizes(call: evidence.Call) -> list[int]:
    """How many bytes the pictures of the newest turn have."""
    parts = evidence.turns(call)[-1]["parts"]
    return [int(part["inlineData"]["data"]["bytes"]) for part in parts if "inlineData" in part]
