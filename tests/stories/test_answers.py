"""What is answered in words: nothing of what was typed is lost, and no question is painted."""

from __future__ import annotations

import pytest

from tests.stories.story import Story


@pytest.mark.parametrize("flag", ["--tire pro", "--n 9", "--ar 17:5"])
async def test_a_command_that_was_refused_hands_its_words_back(story: Story, flag: str) -> None:
    await story.commands(f"/imagine a fox & a “hen” under <stars> {flag}")
    said = await story.whispered("You typed:")
    assert f"> a fox &amp; a “hen” under &lt;stars&gt; {flag}" in said
    assert await story.paintings() == []


async def test_a_command_that_is_too_long_can_be_copied_and_cut(story: Story) -> None:
    await story.commands("/imagine " + "a fox " * 1500)
    assert (await story.whispered("You typed:")).count("a fox") == 1500


async def test_what_was_spent_is_told_also_to_who_asks_in_a_message(story: Story) -> None:
    await story.says("<@U0PAINTBOT> cost")
    assert "spent nothing" in await story.whispered("spent nothing")
    await story.says("<@U0PAINTBOT> report, please")
    assert "/imagine report" in await story.whispered("/imagine report")
    assert await story.paintings() == []
