"""Every model through a long conversation, with changes of tier in between, and again in another process."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from bot.catalogue import load
from bot.domain.options import Tier
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.stories import evidence
from tests.stories.mishaps import hurry, results
from tests.stories.places import ONE_MACHINE, SERVERS
from tests.stories.story import Seen, Story, telling

MODELS = {id: model.tier.value for id, model in load().models.items()}
OTHER = {"flash": "pro", "pro": "lite", "lite": "flash", "original": "flash"}

Bot = Callable[[Path, str], AbstractAsyncContextManager[Story]]


def first_of_its_tier(id: str) -> str:
    """What an operator lays over the catalogue so that this model paints for its tier."""
    return f'[models."{id}"]\norder = 0\n'


@pytest.fixture
def bot(world: World, settings: Settings, tmp_path: Path, places: dict[str, str]) -> Bot:
    """Starts the bot with a model put first and its data in a folder, or where the story's places are."""

    @asynccontextmanager
    async def start(folder: Path, model: str) -> AsyncIterator[Story]:
        overlay = tmp_path / "models.toml"
        overlay.write_text(first_of_its_tier(model))
        kept = {"database_url": f"sqlite:///{folder / 'threadpaint.db'}", "pictures_url": str(folder / "pictures")}
        changed = settings.model_copy(update={"catalogue": overlay} | kept | places)
        async with running(changed), telling(world.url) as story:
            await hurry(story)
            yield story

    return start


async def change(story: Story, words: str, to: Seen) -> Seen:
    """Reply under a picture and see what comes of it."""
    await story.replies(words, to=to)
    return await story.sees_picture()


def is_whole(call: evidence.Call) -> bool:
    """Whether the model was told the conversation turn by turn."""
    return len(evidence.turns(call)) > 1


@pytest.mark.parametrize(
    ("id", "places"), [*((id, ONE_MACHINE) for id in MODELS), (next(iter(MODELS)), SERVERS)], indirect=["places"]
)
async def test_six_turns_and_more_with_changes_of_tier_and_of_process(bot: Bot, tmp_path: Path, id: str) -> None:
    own, other = MODELS[id], OTHER[MODELS[id]]
    here, there = tmp_path / "here", tmp_path / "there"
    async with bot(here, id) as story:
        await story.commands(f"/imagine a red fox --tier {own}")
        seen = await story.sees_picture()
        for words in (
            "make it night",
            "add a hat",
            f"make it snow --tier {other}",
            "add a tie",
            f"warmer --tier {own}",
        ):
            seen = await change(story, words, seen)
        seen = await change(story, "flip it", seen)
    told = story.told
    if here.exists():
        shutil.copytree(here, there)
    async with bot(there, id) as story:
        story.told |= told
        seen = await change(story, "add a moon", seen)
        last = (await change(story, "add the text SALE", seen)).words
        calls = await story.paintings()
        assert load().model(id).name in last
        failures = [result.words for result in await results(story) if not result.images]
    assert failures == []
    assert [call["status"] for call in calls] == [200] * 9
    tiers = [own] * 3 + [other] * 2 + [own] * 4
    assert [MODELS[evidence.model(call)] for call in calls] == tiers
    assert {evidence.model(call) for call, tier in zip(calls, tiers, strict=True) if tier == own} == {id}
    assert [is_whole(call) for call in calls] == [False, True, True, False, True, False, True, True, True]


@pytest.mark.parametrize("id", MODELS)
async def test_what_a_model_said_goes_back_exactly_as_it_came(bot: Bot, tmp_path: Path, id: str) -> None:
    async with bot(tmp_path / "here", id) as story:
        await story.commands(f"/imagine a red fox --tier {MODELS[id]}")
        seen = await story.sees_picture()
        for words in ("make it night", "add a hat", "make it snow"):
            seen = await change(story, words, seen)
        calls = await story.paintings()
    for before, after in pairwise(calls):
        told = [turn for turn in evidence.turns(after) if turn["role"] == "model"][-1]
        came = [part for part in evidence.answered(before) if not part.get("thought")]
        assert evidence.pictures(told) == [evidence.drawn(before)]
        assert evidence.signatures(told) == evidence.signatures({"parts": came})


async def test_the_cost_of_a_turn_stops_growing(bot: Bot, tmp_path: Path) -> None:
    most = load().of_tier(Tier.FLASH)[0].history.turns
    async with bot(tmp_path / "here", load().of_tier(Tier.FLASH)[0].id) as story:
        await story.commands("/imagine a red fox")
        seen = await story.sees_picture()
        for number in range(2 * most + 3):
            seen = await change(story, f"add {number + 2} stars", seen)
        lengths = [len(evidence.turns(call)) for call in await story.paintings()]
    assert max(lengths) == 2 * most + 1
    assert lengths[most + 1] == 1
    assert lengths[2 * most + 2] == 1
