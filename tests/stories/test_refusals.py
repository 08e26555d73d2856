"""Every row of `refusals`: the sentence people read, how many calls were made, and that nothing asked is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import stamina

from bot import manifest
from bot.logs import set_up
from bot.play import settings_for
from bot.playground.world import World
from bot.roles import running
from tests.stories.mishaps import breaks, hurry, is_kind
from tests.stories.refusals import ROWS
from tests.stories.story import Seen, Story, telling

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    """As many attempts as ever, without the waits between them."""
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture(autouse=True)
def logs() -> None:
    """Every row is a fault that is logged: it is the point here, and no news."""
    set_up("critical")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def story(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Story]:
    """One bot for all rows: a fault is over when its row is."""
    box, folder = World(manifest.read()), Path(tmp_path_factory.mktemp("bot"))
    await box.start()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY"):
            patch.delenv(name, raising=False)
        async with running(settings_for(box, folder)), telling(box.url) as told:
            await hurry(told)
            yield told
    await box.stop()


@pytest.mark.parametrize("kind", ROWS)
async def test_a_call_without_a_picture_ends_in_one_kind_sentence(story: Story, kind: str) -> None:
    row, prompt = ROWS[kind], f"a red fox, kind {list(ROWS).index(kind)}."

    def is_result(seen: Seen) -> bool:
        return prompt in seen.words and seen.thread != seen.ts

    before = len(await story.paintings())
    await breaks(story, "gemini", row.fault, times=row.calls)
    await story.commands(f"/imagine {prompt}")
    failed = await story.sees(is_result)
    assert row.sentence in failed.words
    assert is_kind(failed.words.replace(row.sentence, "")), failed.words
    assert not failed.images
    assert len(await story.paintings()) - before == row.calls
    assert row.buttons == frozenset(failed.buttons)
    await story.presses("Try again", on=failed)
    assert (await story.sees(is_result)).images
    assert len(await story.paintings()) - before == row.calls + 1
