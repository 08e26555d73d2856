"""Keeping and discarding, what it cost, and the report, from the page to the ledger and back."""

from __future__ import annotations

import re

from tests.stories.places import on_both
from tests.stories.story import Seen, Story

BEN = "U0BEN"


async def shows(story: Story, seen: Seen, *labels: str) -> Seen:
    """Wait until these are among the message's buttons."""

    async def look() -> Seen | None:
        now = next(each for each in await story.posted() if each.ts == seen.ts)
        return now if set(labels) <= set(now.buttons) else None

    return await story.eventually(look)


async def reacts(story: Story, name: str, *, on: Seen, by: str) -> None:
    body = {"user": by, "channel": on.message["channel"], "ts": on.ts, "name": name}
    answer = await story.post("/page/react", body)
    assert answer["ok"], answer


@on_both
async def test_people_keep_and_discard_a_picture_and_see_how_many_do(story: Story) -> None:
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await story.presses("Keep", on=fox)
    await shows(story, fox, "Keep · 1", "Discard")
    await reacts(story, "+1::skin-tone-3", on=fox, by=BEN)
    await reacts(story, "-1", on=fox, by="U0CHIDI")
    kept = await shows(story, fox, "Keep · 1")
    await story.presses("Keep · 1", on=kept)

    async def counted() -> Seen | None:
        now = await shows(story, fox, "Re-run with Pro")
        if {"Keep · 2", "Discard · 1"} <= set(now.buttons):
            return now
        await story.presses(next(label for label in now.buttons if label.startswith("Keep")), on=now)
        return None

    now = await story.eventually(counted)
    assert [image["slack_file"]["id"] for image in now.images] == [image["slack_file"]["id"] for image in fox.images]
    assert not any(image.get("broken") for image in now.images)
    assert "Pro ≈ $0.1" in now.words


@on_both
async def test_what_was_spent_and_kept_is_told(story: Story) -> None:
    await story.commands("/imagine cost")
    await story.whispered("You have spent nothing in")
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await story.presses("Keep", on=fox)
    await shows(story, fox, "Keep · 1")
    await story.commands("/imagine cost")
    said = await story.whispered("per kept picture, 1 kept")
    assert re.search(r"• Flash: 1 picture, \$0\.0\d+ \(\$0\.0\d+ per kept picture, 1 kept\)", said)


@on_both
async def test_a_report_is_posted_in_the_channel_as_a_table_with_a_plot(story: Story) -> None:
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await story.presses("Keep", on=fox)
    await shows(story, fox, "Keep · 1")
    await story.commands("/imagine report")
    report = await story.sees(lambda seen: any(block["type"] == "table" for block in seen.blocks))
    assert report.thread == report.ts
    assert "Nothing is claimed for this channel yet" in report.words
    assert "so far Flash has 1." in report.words
    rows = [
        [cell["text"] for cell in row] for block in report.blocks if block["type"] == "table" for row in block["rows"]
    ]
    assert [row[:5] for row in rows[1:]] == [
        ["This channel", "Flash", "1", "1", "1"],
        ["Workspace", "Flash", "1", "1", "1"],
    ]
    assert "Flash $0.0" in report.images[0]["alt_text"]


async def test_a_report_that_cannot_be_posted_is_told_to_the_one_who_asked(story: Story) -> None:
    await story.commands("/imagine report", channel="C0RANDOM")
    await story.whispered("I am not in this conversation", channel="C0RANDOM")
