"""What comes back: the picture, who asked for it, what it cost, and what one can do with it."""

from __future__ import annotations

import io
import re
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.photographs import photograph
from tests.stories.evidence import bytes_of, digest, drawn, given, model, prompt, roles, shape, turns, words
from tests.stories.mishaps import breaks, hurry, methods
from tests.stories.story import Story, telling

PRO = "gemini-3-pro-image"


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


def price(text: str) -> Decimal:
    return Decimal(re.findall(r"\$(\d+\.\d+)", text)[0])


@pytest.mark.parametrize("tier", ["lite", "flash", "pro"])
async def test_people_get_the_very_bytes_the_model_made(story: Story, tier: str) -> None:
    await story.commands(f"/imagine a red fox --tier {tier}")
    seen = await story.sees_picture()
    data = await bytes_of(story, seen.images[0])
    [call] = await story.paintings()
    assert digest(data) == drawn(call)
    with Image.open(io.BytesIO(data)) as picture:
        assert f"{picture.width}×{picture.height} px" in seen.words


async def test_a_result_says_what_it_is(swift: Story) -> None:
    await swift.commands("/imagine a red fox in the *snow* & ice --ar 16:9")
    seen = await swift.sees_picture()
    assert seen.images[0]["alt_text"] == "AI-made picture: a red fox in the *snow* & ice"
    assert seen.words.startswith("<@U0ANA>: a red fox in the *snow* &amp; ice")
    assert re.search(r"Nano Banana 2 · 1376×768 px · \d+\.\d s · \$0\.0\d\d", seen.words)
    assert list(seen.buttons) == ["Re-run with Pro", "Again", "Variations", "4K", "Keep", "Discard"]
    assert seen.message["subtype"] == "thread_broadcast"


async def test_every_other_result_stays_in_its_thread(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    await swift.sees_picture()
    await swift.replies("make it night")
    night = await swift.sees_picture()
    await swift.presses("Again", on=night)
    again = await swift.sees_picture()
    assert [seen.message.get("subtype") for seen in (night, again)] == [None, None]


async def test_pro_gets_the_same_request_with_its_references_and_what_went_before(swift: Story) -> None:
    photo = photograph(640, 480)
    await swift.commands("/imagine a red fox --ar 3:2")
    fox = await swift.sees_picture()
    await swift.replies("at this window", files=[await swift.attaches(photo, "window.jpg")])
    seen = await swift.sees_picture()
    await swift.presses("Re-run with Pro", on=seen, by="U0BEN")
    pro = await swift.sees_picture(by="Pro")
    first, _, last = await swift.paintings()
    assert (model(last), shape(last)) == (PRO, {"aspectRatio": "3:2"})
    assert roles(last) == ["user"]
    assert given(last) == [digest(photo), drawn(first)]
    assert "a red fox" in prompt(last)
    assert prompt(last).endswith("at this window")
    assert "<@U0BEN> asked Pro: at this window" in pro.words
    assert "1 reference" in pro.words
    assert pro.thread == fox.thread
    promised, paid = price(seen.buttons["Re-run with Pro"]["confirm"]["text"]["text"]), price(pro.words)
    assert abs(promised - paid) < Decimal("0.02")


async def test_pro_on_a_first_picture_is_the_same_words_and_nothing_else(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    seen = await swift.sees_picture()
    await swift.presses("Re-run with Pro", on=seen)
    await swift.sees_picture(by="Pro")
    last = (await swift.paintings())[-1]
    assert (prompt(last), given(last), roles(last)) == ("a red fox", [], ["user"])


async def test_after_pro_the_thread_goes_on_from_its_picture_on_the_usual_model(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    seen = await swift.sees_picture()
    await swift.presses("Re-run with Pro", on=seen)
    await swift.sees_picture(by="Pro")
    await swift.replies("make it night")
    await swift.sees_picture()
    _, pro, last = await swift.paintings()
    assert (model(last), roles(last), given(last)) == ("gemini-3.1-flash-image", ["user"], [drawn(pro)])


async def test_references_never_crowd_out_the_picture_that_is_edited(swift: Story) -> None:
    photos = [photograph(400 + 8 * count, 300) for count in range(28)]
    files = [await swift.attaches(photo, f"{count}.jpg") for count, photo in enumerate(photos)]
    await swift.says("<@U0PAINTBOT> a poster of these", files=files[:14])
    first = await swift.sees_picture()
    assert "14 references" in first.words
    await swift.replies("and all of these", files=files[14:])
    seen = await swift.sees_picture()
    assert "13 references" in seen.words
    assert "I left out *27.jpg*: the model takes at most 13 beside the picture" in seen.words
    await swift.presses("Re-run with Pro", on=seen)
    pro = await swift.sees(lambda seen: "asked Pro" in seen.words)
    assert pro.images, pro.words
    drawn_first, *later = await swift.paintings()
    assert [given(call) for call in later] == [[*map(digest, photos[14:27]), drawn(drawn_first)]] * 2


async def test_again_is_the_same_request_by_whoever_pressed(swift: Story) -> None:
    await swift.commands("/imagine a red fox --ar 3:2 --size 2k")
    seen = await swift.sees_picture()
    await swift.presses("Again", on=seen, by="U0CHIDI")
    again = await swift.sees_picture()
    first, second = await swift.paintings()
    assert first["body"] == second["body"]
    assert "<@U0CHIDI> asked again: a red fox" in again.words


async def test_variations_are_four_of_the_same_picture(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    seen = await swift.sees_picture()
    await swift.presses("Variations", on=seen, by="U0BEN")
    four = await swift.sees(lambda seen: len(seen.images) == 4)
    assert "<@U0BEN> asked for variations: a red fox" in four.words
    first, *rest = await swift.paintings()
    assert len(rest) == 4
    for call in rest:
        assert drawn_in(turns(call)[1]) == drawn(first)
    promised = price(seen.buttons["Variations"]["confirm"]["text"]["text"])
    assert abs(promised - price(four.words)) < Decimal("0.02")


@pytest.mark.parametrize("label", ["4K", "Variations"])
async def test_a_picture_of_a_model_that_is_no_longer_known_can_be_had_again(
    world: World, settings: Settings, tmp_path: Path, label: str
) -> None:
    async with telling(world.url) as story:
        await hurry(story)
        async with running(settings):
            await story.commands("/imagine a red fox --n 2")
            seen = await story.sees_picture()
            with closing(sqlite3.connect(tmp_path / "threadpaint.db")) as rows, rows:
                rows.execute("UPDATE turns SET model = 'a-model-of-last-year'")
                rows.execute("UPDATE pictures SET model = 'a-model-of-last-year'")
            await story.presses("Pick 2", on=seen)
            picked = await story.sees_picture(by="a-model-of-last-year")
            await story.presses(label, on=picked)
            await story.sees_picture(by="Nano Banana 2")


async def test_the_words_of_a_button_are_never_shown_as_somebodys(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    seen = await swift.sees_picture()
    await swift.presses("Variations", on=seen)
    four = await swift.sees(lambda seen: len(seen.images) == 4)
    await swift.presses("Pick 2", on=four)
    picked = await swift.sees(lambda seen: "picked" in seen.words)
    await swift.presses("Again", on=picked, by="U0BEN")
    again = await swift.sees(lambda seen: "again" in seen.words)
    assert "<@U0BEN> asked again: a red fox" in again.words
    assert again.images[0]["alt_text"].endswith("a red fox")
    assert "another version" not in str([seen.message for seen in await swift.posted()])


async def test_four_at_once_are_one_message_and_a_pick_is_where_replies_go_on(swift: Story) -> None:
    await swift.commands("/imagine a red fox --n 4")
    four = await swift.sees(lambda seen: bool(seen.images))
    assert len(four.images) == 4
    assert len({image["alt_text"] for image in four.images}) == 4
    assert list(four.buttons) == ["Pick 1", "Pick 2", "Pick 3", "Pick 4", "Keep all", "Discard all"]
    shown = [digest(await bytes_of(swift, image)) for image in four.images]
    await swift.presses("Pick 3", on=four, by="U0BEN")
    picked = await swift.sees_picture()
    assert "<@U0BEN> picked number 3: a red fox" in picked.words
    assert digest(await bytes_of(swift, picked.images[0])) == shown[2]
    assert {"Re-run with Pro", "Again", "Variations", "4K", "Keep", "Discard"} == set(picked.buttons)
    await swift.replies("make it night", to=picked)
    await swift.sees_picture()
    last = (await swift.paintings())[-1]
    assert roles(last) == ["user", "model", "user"]
    assert drawn_in(turns(last)[1]) == shown[2]
    assert len(await swift.paintings()) == 5


def drawn_in(turn: dict[str, Any]) -> str:
    return next(part["inlineData"]["data"]["sha256"] for part in turn["parts"] if "inlineData" in part)


async def test_without_a_pick_replies_go_on_from_the_first(story: Story) -> None:
    await hurry(story, gemini_canned=None)
    await story.commands("/imagine a red fox --n 2 --size 512")
    two = await story.sees(lambda seen: len(seen.images) == 2)
    shown = [digest(await bytes_of(story, image)) for image in two.images]
    assert len(set(shown)) == 2
    await story.replies("make it night")
    await story.sees_picture()
    assert drawn_in(turns((await story.paintings())[-1])[1]) == shown[0]


async def test_a_pick_after_a_reply_turns_the_thread_to_the_picked_one(story: Story) -> None:
    await hurry(story, gemini_canned=None)
    await story.commands("/imagine a red fox --n 2 --size 512")
    two = await story.sees(lambda seen: len(seen.images) == 2)
    shown = [digest(await bytes_of(story, image)) for image in two.images]
    await story.replies("make it night")
    await story.sees_picture()
    await story.presses("Pick 2", on=two)
    await story.sees(lambda seen: "picked" in seen.words)
    await story.replies("add snow")
    await story.sees_picture()
    last = (await story.paintings())[-1]
    assert [words(turn) for turn in turns(last)][::2] == ["a red fox", "add snow"]
    assert drawn_in(turns(last)[1]) == shown[1]


async def test_4k_is_the_same_picture_larger_and_then_no_longer_offered(swift: Story) -> None:
    await swift.commands("/imagine a red fox --ar 3:2")
    seen = await swift.sees_picture()
    await swift.presses("4K", on=seen, by="U0BEN")
    large = await swift.sees_picture()
    first, last = await swift.paintings()
    assert shape(last) == {"aspectRatio": "3:2", "imageSize": "4K"}
    assert drawn_in(turns(last)[1]) == drawn(first)
    assert "5056×3392 px" in large.words
    assert "<@U0BEN> asked for 4K: a red fox" in large.words
    assert "4K" not in large.buttons
    promised = price(seen.buttons["4K"]["confirm"]["text"]["text"])
    assert abs(promised - price(large.words)) < Decimal("0.02")


async def test_trying_again_asks_for_as_many_as_before(swift: Story) -> None:
    await breaks(swift, "gemini", {"finish_reason": "IMAGE_SAFETY"}, times=3)
    await swift.commands("/imagine a red fox --n 3")
    failed = await swift.sees_words("filtered out")
    await swift.presses("Try again", on=failed)
    three = await swift.sees(lambda seen: bool(seen.images))
    assert len(three.images) == 3


async def test_buttons_of_an_old_picture_work_on_that_picture(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await swift.replies("make it night")
    await swift.sees_picture()
    await swift.presses("4K", on=fox)
    large = await swift.sees_picture()
    assert "a red fox" in large.words
    first, _, last = await swift.paintings()
    assert drawn_in(turns(last)[1]) == drawn(first)
    assert len(turns(last)) == 3


async def test_a_picture_is_never_changed_under_peoples_eyes(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    seen = await swift.sees_picture()
    await swift.presses("Variations", on=seen)
    four = await swift.sees(lambda seen: len(seen.images) == 4)
    await swift.presses("Pick 1", on=four)
    await swift.sees_picture()
    assert await methods(swift, "chat.update") == []


async def statuses(story: Story) -> dict[str, Any]:
    answer = await story.get("/page/messages", user="U0ANA", channel="C0GENERAL")
    return dict(answer["statuses"])


async def test_the_thread_says_that_work_goes_on_until_the_picture_is_there(swift: Story) -> None:
    await swift.post("/control/settings", {"gemini_delay": 3})
    await swift.commands("/imagine a red fox")
    root = await swift.sees_words("a red fox")

    async def painting() -> bool | None:
        return True if "painting" in str((await statuses(swift)).get(root.ts)) else None

    await swift.eventually(painting)
    await swift.sees_picture()
    assert not ((await statuses(swift)).get(root.ts) or {}).get("text")


async def test_who_waits_sees_how_many_are_ahead(world: World, settings: Settings) -> None:
    async with running(settings.model_copy(update={"at_once": 1})), telling(world.url) as told:
        await hurry(told, gemini_delay=2.5)
        for count in range(3):
            await told.commands(f"/imagine a red fox {count}.")
        roots = [await told.sees_words(f"a red fox {count}.") for count in range(3)]
        said = {"is painting", "is next in line", "is waiting, number 2 in line"}

        async def all_said() -> bool | None:
            shown = " ".join(str(each) for each in (await statuses(told)).values())
            return True if all(words in shown for words in said) else None

        await told.eventually(all_said)
        for _ in roots:
            await told.sees_picture()
        assert len(await told.paintings()) == 3
