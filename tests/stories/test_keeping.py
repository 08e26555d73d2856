"""Which pictures people keep, and what the report makes of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.stories.mishaps import hurry, is_kind, methods, results
from tests.stories.story import Seen, Story


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


async def labels(story: Story, ts: str, *wanted: str) -> None:
    """Wait until these buttons stand under this message."""

    async def look() -> bool | None:
        found = next(seen for seen in await story.posted() if seen.ts == ts)
        return True if set(wanted) <= set(found.buttons) else None

    await story.eventually(look)


async def now(story: Story, seen: Seen) -> Seen:
    """The message as it stands now."""
    return next(each for each in await story.posted() if each.ts == seen.ts)


async def react(story: Story, seen: Seen, name: str, *, by: str = "", remove: bool = False) -> None:
    """Put an emoji under a message, or take it away."""
    body = {"user": by or story.person, "channel": seen.message["channel"], "ts": seen.ts, "name": name}
    await story.post("/page/react", body | ({"remove": True} if remove else {}))


def verdicts(folder: Path) -> dict[tuple[str, str], object]:
    """What each person thinks of each picture: 1, 0, or None for taken back."""
    with sqlite3.connect(folder / "threadpaint.db") as tables:
        return {(picture, person): kept for picture, person, kept in tables.execute(
            "SELECT picture, person, kept FROM verdicts"
        )}  # fmt: skip


async def test_keep_and_discard_are_counted_for_all_to_see(swift: Story, tmp_path: Path) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    assert {"Keep", "Discard"} <= set(fox.buttons)
    await swift.presses("Keep", on=fox)
    await labels(swift, fox.ts, "Keep · 1", "Discard")
    await swift.presses("Keep · 1", on=await now(swift, fox), by="U0BEN")
    await labels(swift, fox.ts, "Keep · 2", "Discard")
    await swift.presses("Discard", on=await now(swift, fox), by="U0BEN")
    await labels(swift, fox.ts, "Keep · 1", "Discard · 1")
    assert sorted(map(str, verdicts(tmp_path).values())) == ["0", "1"]
    still = await now(swift, fox)
    assert still.images
    assert "Re-run with Pro" in still.buttons
    await swift.replies("make it night", to=fox)
    await swift.sees_picture()


async def test_thumbs_count_as_well_and_can_be_taken_back(swift: Story, tmp_path: Path) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()

    async def thinks(*kept: object) -> None:
        async def look() -> bool | None:
            return True if sorted(map(str, verdicts(tmp_path).values())) == sorted(map(str, kept)) else None

        await swift.eventually(look)

    await react(swift, fox, "+1")
    await thinks(1)
    await react(swift, fox, "-1::skin-tone-3", by="U0BEN")
    await thinks(1, 0)
    await labels(swift, fox.ts, "Keep · 1", "Discard · 1")
    await react(swift, fox, "-1::skin-tone-3", by="U0BEN", remove=True)
    await thinks(1, None)
    await labels(swift, fox.ts, "Keep · 1", "Discard")
    await react(swift, fox, "tada", by="U0BEN")
    await react(swift, fox, "+1", by="U0BEN")
    await thinks(1, 1)
    await react(swift, fox, "-1", by="U0BEN")
    await thinks(1, 0)
    await react(swift, fox, "+1::skin-tone-5", by="U0BEN")
    await thinks(1, 1)
    await react(swift, fox, "+1::skin-tone-5", by="U0BEN", remove=True)
    await labels(swift, fox.ts, "Keep · 2", "Discard")
    await react(swift, fox, "+1", by="U0BEN", remove=True)
    await labels(swift, fox.ts, "Keep · 1", "Discard · 1")
    await react(swift, fox, "-1", by="U0BEN", remove=True)
    await thinks(1, None)


async def test_a_word_on_a_forgotten_picture_is_answered(swift: Story, tmp_path: Path) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    with closing(sqlite3.connect(tmp_path / "threadpaint.db")) as tables, tables:
        for name in ("displays", "parts", "pictures"):
            tables.execute(f"DELETE FROM {name}")
    await swift.presses("Keep", on=fox)
    assert is_kind(await swift.whispered("no record of this picture", thread=fox.thread))
    assert "Keep" in (await now(swift, fox)).buttons


async def test_four_are_kept_together_and_one_by_itself(swift: Story, tmp_path: Path) -> None:
    await swift.commands("/imagine a red fox --n 4")
    several = await swift.sees_picture()
    await swift.presses("Discard all", on=several)
    await labels(swift, several.ts, "Discard all · 1")
    await swift.presses("Pick 3", on=several)
    third = await swift.sees_picture()
    await swift.presses("Keep", on=third)
    await labels(swift, third.ts, "Keep · 1")
    assert sorted(map(str, verdicts(tmp_path).values())) == ["0", "0", "0", "1"]


async def test_a_verdict_that_comes_twice_counts_once_and_spends_nothing(swift: Story, tmp_path: Path) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    for _ in range(3):
        seen = await now(swift, fox)
        await swift.presses(next(each for each in seen.buttons if each.startswith("Keep")), on=seen)
    await labels(swift, fox.ts, "Keep · 1")
    assert len(await swift.paintings()) == 1
    assert len(verdicts(tmp_path)) == 1


async def test_a_report_of_few_pictures_claims_nothing(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await swift.presses("Keep", on=fox)
    await labels(swift, fox.ts, "Keep · 1")
    await swift.commands("/imagine report")
    report = await swift.sees(lambda seen: any(block["type"] == "table" for block in seen.blocks))
    assert report.images
    assert report.ts == report.thread  # in the channel, not in a thread
    assert "20" in report.words
    assert "cheaper" not in report.words.replace("which tier is cheaper", "")
    assert is_kind(report.words)
    assert len(await swift.paintings()) == 1


async def test_a_report_of_many_names_the_cheaper_tier_and_what_it_rests_on(swift: Story, tmp_path: Path) -> None:
    with_words = [f"/imagine a red fox number {n} --n 4 --tier {tier}" for tier in ("flash", "pro") for n in range(5)]
    for line in with_words:
        await swift.commands(line)
        seen = await swift.sees_picture()
        await swift.presses("Keep all", on=seen)
        await labels(swift, seen.ts, "Keep all · 1")
    await swift.commands("/imagine report")
    report = await swift.sees(lambda seen: any(block["type"] == "table" for block in seen.blocks))
    assert "Flash is cheaper" in report.words
    assert "20" in report.words
    await swift.commands("/imagine report", channel="C0DESIGN")
    other = await swift.sees(lambda seen: str(seen.message["channel"]) == "C0DESIGN")
    assert "Flash is cheaper" not in other.words
    assert len([call for call in await methods(swift, "chat.postMessage") if "report" in str(call["args"])]) == 2
    assert len(await results(swift)) == 10


async def test_an_empty_month_is_one_sentence(swift: Story) -> None:
    await swift.commands("/imagine report 2020-01")
    said = await swift.sees_words("2020")
    assert not said.images
    assert is_kind(said.words)
