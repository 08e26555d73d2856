"""The main job: one conversation from the first words to a final picture, over both transports, on either premises."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.photographs import photograph
from tests.stories.places import on_both
from tests.stories.story import Story


@pytest.fixture(params=["story", "story_over_http"])
def told(request: pytest.FixtureRequest, places: dict[str, str]) -> Story:
    """The same story in Socket Mode and over HTTP."""
    return request.getfixturevalue(request.param)


@on_both
async def test_a_picture_travels_all_the_way(told: Story) -> None:
    await told.commands("/imagine a red fox in the snow --ar 16:9")
    root = await told.sees_words("a red fox in the snow")
    fox = await told.sees_picture(by="Nano Banana 2")
    assert fox.thread == root.ts
    assert "<@U0ANA>" in fox.words
    assert "1376×768 px" in fox.words
    assert "$0.0" in fox.words
    assert {"Re-run with Pro", "Again", "Variations", "4K"} <= set(fox.buttons)

    photo = await told.attaches(photograph(), "window.jpg")
    await told.replies("make it night", files=[photo])
    night = await told.sees_picture(by="Nano Banana 2")
    assert night.thread == root.ts
    assert "1 reference" in night.words

    price = night.buttons["Re-run with Pro"]["confirm"]["text"]["text"]
    assert "$0.1" in price
    await told.presses("Re-run with Pro", on=night, by="U0BEN")
    pro = await told.sees_picture(by="Pro")
    assert "<@U0BEN>" in pro.words
    assert pro.thread == root.ts
    assert "Re-run with Pro" not in pro.buttons
    assert len(await told.paintings()) == 3
    assert Decimal(pro.words.split("$")[1].split()[0].split("\n")[0]) > Decimal("0.1")
