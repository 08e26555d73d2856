"""The store of pictures is another machine: it is slow, it is away for a while, it takes our key back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import OperatorMustFix
from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from bot.studio import holding
from handlers import wording
from storage import buckets
from tests.bench.stage import environment, start
from tests.contracts.broken_store import BrokenStore, broken_store
from tests.stories.mishaps import breaks, hurry, is_kind, methods
from tests.stories.story import Story, telling


@pytest.fixture
async def store(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[BrokenStore]:
    """A store on this machine, of whom less is put up with than in life."""
    monkeypatch.setitem(buckets.RETRIES, "retry_timeout", timedelta(seconds=0.5))
    async with broken_store() as store:
        for name, value in store.environment.items():
            monkeypatch.setenv(name, value)
        yield store


@pytest.fixture
async def told(world: World, settings: Settings, store: BrokenStore) -> AsyncIterator[Story]:
    """A story whose pictures are kept there."""
    changed = settings.model_copy(update={"pictures_url": "s3://bucket/pictures", "operator": "U0BEN"})
    async with running(changed), telling(world.url) as story:
        await hurry(story)
        yield story


async def test_what_passes_at_the_store_nobody_notices(told: Story, store: BrokenStore) -> None:
    store.mishaps.extend(["503 SlowDown"])
    await told.commands("/imagine a red fox")
    picture = await told.sees_picture()
    store.mishaps.extend(["500 InternalError"])
    await told.replies("make it night", to=picture)
    await told.sees_picture()
    assert len(await told.paintings()) == 2


async def test_a_picture_that_was_paid_for_waits_for_the_store(told: Story, store: BrokenStore) -> None:
    """It is away for longer than one call to it is repeated."""
    store.always = "503 SlowDown"
    await told.commands("/imagine a red fox")

    async def tried() -> bool | None:
        return True if len(store.asked) > 12 else None

    await told.eventually(tried)
    store.always = ""
    await told.sees_picture()
    assert len(await told.paintings()) == 1


async def test_a_store_that_does_not_take_the_picture_is_said_kindly(
    told: Story, store: BrokenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "HELD", 0.5)
    store.always = "503 SlowDown"
    await told.commands("/imagine a red fox")
    said = await told.sees_words("place where pictures are kept")
    assert is_kind(said.words)
    assert "Try again" in said.buttons
    store.always = ""
    await told.presses("Try again", on=said)
    await told.sees_picture()
    assert len(await told.paintings()) == 2


async def painted(told: Story, store: BrokenStore) -> None:
    """Ask for a picture, and return once it is kept and Slack does not take it yet."""
    await breaks(told, "slack", {"status": 503, "delay": 2.0}, method="files.getUploadURLExternal")
    await told.commands("/imagine a red fox")

    async def kept() -> bool | None:
        return True if store.objects else None

    await told.eventually(kept)


async def test_a_painted_picture_waits_until_the_store_gives_it_back(told: Story, store: BrokenStore) -> None:
    await painted(told, store)
    store.always = "503 SlowDown"
    asked = len(store.asked)

    async def refused() -> bool | None:
        return True if len(store.asked) > asked + 1 else None

    await told.eventually(refused)
    store.always = ""
    await told.sees_picture()
    assert len(await told.paintings()) == 1


@pytest.mark.parametrize("code", ["404 NoSuchBucket", "403 ExpiredToken"])
async def test_a_painted_picture_is_shown_once_somebody_has_seen_to_the_store(
    told: Story, store: BrokenStore, code: str
) -> None:
    await painted(told, store)
    store.always = code
    held = await told.sees_words(wording.HELD)
    store.always = ""
    await told.presses("Try again", on=held)
    await told.sees_picture()
    assert len(await told.paintings()) == 1


async def test_a_painted_picture_that_is_gone_is_said_and_said_again(told: Story, store: BrokenStore) -> None:
    await painted(told, store)
    store.always = "404 NoSuchBucket"
    held = await told.sees_words(wording.HELD)
    store.always = ""
    store.objects.clear()
    await told.presses("Try again", on=held)
    assert is_kind(await told.whispered("its file is gone", thread=held.thread))


async def test_people_are_told_that_a_picture_is_gone_before_it_was_shown(told: Story, store: BrokenStore) -> None:
    await painted(told, store)
    store.objects.clear()
    await told.whispered("its file is gone")


async def test_a_reply_to_a_store_that_is_gone_is_for_the_operator(told: Story, store: BrokenStore) -> None:
    await told.commands("/imagine a red fox")
    fox = await told.sees_picture()
    store.always = "404 NoSuchBucket"
    await told.replies("make it night", to=fox)
    await told.sees_words("tell whoever runs me")
    posted = [call for call in await methods(told, "chat.postMessage") if "There is no bucket" in str(call)]
    assert len(posted) == 1


@pytest.mark.parametrize("code", ["403 ExpiredToken", "404 NoSuchBucket"])
async def test_what_was_paid_for_waits_for_the_operator_who_hears_of_it_at_once(
    told: Story, store: BrokenStore, code: str
) -> None:
    store.always = code
    await told.commands("/imagine a red fox")
    await told.sees_words("The store of pictures at" if code == "403 ExpiredToken" else "There is no bucket")
    store.always = ""
    await told.sees_picture()
    assert len(await told.paintings()) == 1


async def test_a_key_that_is_taken_back_is_for_the_operator(
    told: Story, store: BrokenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "HELD", 0.5)
    store.always = "403 ExpiredToken"
    await told.commands("/imagine a red fox")
    said = await told.sees_words("tell whoever runs me")
    assert is_kind(said.words)
    posted = [call for call in await methods(told, "chat.postMessage") if "AWS_SECRET_ACCESS_KEY" in str(call)]
    assert len(posted) == 1


async def test_a_key_that_is_taken_back_from_a_thread_costs_nothing(told: Story, store: BrokenStore) -> None:
    await told.commands("/imagine a red fox")
    fox = await told.sees_picture()
    store.always = "403 ExpiredToken"
    await told.replies("make it night", to=fox)
    said = await told.sees_words("tell whoever runs me")
    assert is_kind(said.words)
    assert len(await told.paintings()) == 1
    store.always = ""
    await told.replies("make it night", to=fox)
    await told.sees_picture()


async def test_a_painted_picture_that_cannot_be_had_is_held_and_the_operator_hears_why(
    told: Story, store: BrokenStore
) -> None:
    await told.commands("/imagine a red fox")
    fox = await told.sees_picture()
    store.mishaps.extend(["", ""])  # the fox is read; the new picture, which has the same bytes here, is found
    store.always = "403 ExpiredToken"
    await told.replies("make it night", to=fox)
    assert is_kind((await told.sees_words(wording.HELD)).words)
    posted = [call for call in await methods(told, "chat.postMessage") if "AWS_SECRET_ACCESS_KEY" in str(call)]
    assert len(posted) == 1


async def test_a_start_without_a_store_is_refused(world: World, settings: Settings, store: BrokenStore) -> None:
    store.always = "403 InvalidAccessKeyId"
    with pytest.raises(OperatorMustFix, match="pictures_refused"):
        async with running(settings.model_copy(update={"pictures_url": "s3://bucket"})):
            pass  # pragma: no cover


async def test_the_command_says_in_one_line_what_is_wrong(world: World, store: BrokenStore, tmp_path: Path) -> None:
    store.always = "404 NoSuchBucket"
    told = environment(world.url, tmp_path) | {"PICTURES_URL": "s3://nobody-made-this/pictures"}
    bot = await start(tmp_path / "bot.log", told, "serve")
    assert await bot.wait() == 1
    lines = (tmp_path / "bot.log").read_text("utf-8").strip().splitlines()
    assert lines == [
        "threadpaint: There is no bucket where pictures are to be kept, at s3://nobody-made-this/pictures. "
        "Make it, or check PICTURES_URL."
    ]
