"""A picture of twenty megabytes: it is shown, gone on from, and blocks nobody."""

from __future__ import annotations

from tests.stories import evidence
from tests.stories.story import Story


async def test_a_very_large_picture_can_be_gone_on_from(story: Story) -> None:
    await story.post("/control/settings", {"file_delay": 0.02, "rate_limits": False})
    await story.commands("/imagine a red fox [huge] --size 4k")
    fox = await story.sees_picture(within=60)
    assert "4096×4096 px" in fox.words
    assert len(await evidence.bytes_of(story, fox.images[0])) > 15_000_000
    await story.replies("make it night", to=fox)
    night = await story.sees_picture(within=60)
    await story.replies("add a hat", to=night)
    await story.sees_picture(within=60)
    calls = await story.paintings()
    assert [call["status"] for call in calls] == [200, 200, 200]
    assert [evidence.roles(call) for call in calls] == [["user"], ["user"], ["user", "model", "user"]]
    [current] = [part["inlineData"] for part in evidence.turns(calls[1])[0]["parts"] if "inlineData" in part]
    assert current["data"]["bytes"] <= 7_000_000
