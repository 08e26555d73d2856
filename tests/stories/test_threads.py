"""A thread is the model's context: every reply goes on from what is there."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.photographs import photograph
from tests.stories.evidence import (
    answered,
    as_bot,
    digest,
    drawn,
    given,
    hears_of_it,
    model,
    pictures,
    prompt,
    roles,
    shape,
    signatures,
    turns,
    vanishes,
    words,
)
from tests.stories.mishaps import hurry, is_kind
from tests.stories.story import Story

BOT = "<@U0PAINTBOT>"


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


async def test_the_model_is_told_every_turn_with_its_own_parts_as_they_came(swift: Story) -> None:
    photos = [photograph(640 + 8 * count, 480) for count in range(3)]
    await swift.commands("/imagine a red fox")
    await swift.sees_picture()
    files = [await swift.attaches(photo, f"window-{count}.jpg") for count, photo in enumerate(photos[:2])]
    await swift.replies("put it at the first window", files=files)
    await swift.sees_picture()
    await swift.replies("and this lamp", files=[await swift.attaches(photos[2], "lamp.jpg")], by="U0ANA")
    await swift.sees_picture()

    first, second, third = await swift.paintings()
    assert roles(third) == ["user", "model", "user", "model", "user"]
    assert [words(turn) for turn in turns(third) if turn["role"] == "user"] == [
        "a red fox",
        "put it at the first window",
        "and this lamp",
    ]
    assert [pictures(turn) for turn in turns(third)][::2] == [
        [],
        [digest(photo) for photo in photos[:2]],
        [digest(photos[2])],
    ]
    for asked, told in ((first, turns(third)[1]), (second, turns(third)[3])):
        assert pictures(told) == [drawn(asked)]
        assert signatures(told) == signatures({"parts": answered(asked)})
        assert any(signatures(told))
        assert words(told) == words({"parts": answered(asked)})


async def test_references_come_after_the_words_in_the_order_attached(swift: Story) -> None:
    photos = [photograph(400 + 8 * count, 300) for count in range(4)]
    files = [await swift.attaches(photo, f"{name}.jpg") for name, photo in zip("dbca", photos, strict=True)]
    await swift.says(f"{BOT} the first one's jacket on the second", files=files)
    await swift.sees_picture()
    [call] = await swift.paintings()
    [turn] = turns(call)
    assert "text" in turn["parts"][0]
    assert given(call) == [digest(photo) for photo in photos]


async def test_a_ratio_and_a_tier_hold_for_the_replies_but_size_and_number_do_not(swift: Story) -> None:
    await swift.commands("/imagine a red fox --ar 16:9 --size 2k --tier pro")
    await swift.sees_picture()
    await swift.replies("make it night")
    seen = await swift.sees_picture()
    assert "1376×768 px" in seen.words
    call = (await swift.paintings())[-1]
    assert (shape(call), model(call)) == ({"aspectRatio": "16:9"}, "gemini-3-pro-image")


async def test_with_references_beside_it_the_picture_keeps_its_own_shape(swift: Story) -> None:
    await swift.says(f"{BOT} frame this", files=[await swift.attaches(photograph(900, 1600), "tall.jpg")])
    seen = await swift.sees_picture()
    assert "768×1376 px" in seen.words
    await swift.replies("with this lamp", files=[await swift.attaches(photograph(1600, 900), "wide.jpg")])
    seen = await swift.sees_picture()
    assert "768×1376 px" in seen.words


async def test_two_replies_at_once_are_done_in_order_and_the_second_sees_the_first(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await swift.post("/control/settings", {"gemini_delay": 0.5})
    await asyncio.gather(swift.replies("make it night", to=fox), swift.replies("add snow", to=fox, by="U0BEN"))
    one, two = await swift.sees_picture(), await swift.sees_picture()
    said = {"U0ANA": "make it night", "U0BEN": "add snow"}
    typed = [m for m in await swift.messages("U0ANA", "C0GENERAL", fox.thread) if m["text"] in said.values()]
    assert [seen.words.split("\n")[0] for seen in (one, two)] == [f"<@{m['user']}>: {m['text']}" for m in typed]
    last = (await swift.paintings())[-1]
    assert [words(turn) for turn in turns(last) if turn["role"] == "user"] == [
        "a red fox",
        *(message["text"] for message in typed),
    ]


async def test_a_reply_before_the_picture_is_there_waits_for_it(swift: Story) -> None:
    await swift.post("/control/settings", {"gemini_delay": 1})
    await swift.commands("/imagine a red fox")
    await swift.sees_words("a red fox")
    await swift.replies("make it night")
    await swift.sees_picture()
    await swift.sees_picture()
    assert roles((await swift.paintings())[-1]) == ["user", "model", "user"]


async def test_two_threads_know_nothing_of_each_other(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await swift.commands("/imagine a blue whale")
    await swift.sees_picture()
    await swift.replies("make it night", to=fox)
    await swift.sees_picture()
    assert "whale" not in json.dumps((await swift.paintings())[-1]["body"])


async def test_a_reply_to_a_deleted_picture_is_answered_in_words(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await vanishes(swift, fox)
    await hears_of_it(swift)
    await swift.replies("make it night", to=fox)
    said = await swift.whispered("has been deleted", thread=fox.thread)
    assert is_kind(said)
    assert len(await swift.paintings()) == 1


async def test_a_reply_to_a_picture_whose_file_was_deleted_is_answered_in_words(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await as_bot(swift, "files.delete", file=fox.images[0]["slack_file"]["id"])
    await swift.replies("make it night", to=fox)
    await swift.whispered("has been deleted", thread=fox.thread)
    assert len(await swift.paintings()) == 1


async def test_after_a_deleted_picture_a_new_one_can_be_attached_as_the_sentence_says(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await vanishes(swift, fox)
    await hears_of_it(swift)
    photo = photograph(640, 480)
    await swift.replies(f"{BOT} make it night", to=fox, files=[await swift.attaches(photo, "window.jpg")])
    seen = await swift.sees_picture()
    assert seen.thread == fox.thread
    call = (await swift.paintings())[-1]
    assert (roles(call), given(call)) == (["user"], [digest(photo)])
    await swift.replies("add snow")
    await swift.sees_picture()
    assert roles((await swift.paintings())[-1]) == ["user", "model", "user"]


async def test_a_thread_too_long_for_the_model_is_told_in_short_and_goes_on(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    await swift.sees_picture()
    for count in range(9):
        await swift.replies(f"change number {count}")
        await swift.sees_picture()
    *_, before, last = await swift.paintings()
    assert roles(last) == ["user"]
    assert given(last) == [drawn(before)]
    assert "change number 7" in prompt(last)
    assert prompt(last).endswith("change number 8")


async def test_a_file_attached_in_the_thread_without_the_words_is_answered(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await swift.replies("", files=[await swift.attaches(photograph(640, 480), "window.jpg")])
    assert is_kind(await swift.whispered("Tell me what to paint", thread=fox.thread))
    assert len(await swift.paintings()) == 1


async def test_after_a_deleted_picture_a_mention_starts_anew_in_the_same_thread(swift: Story) -> None:
    await swift.commands("/imagine a red fox")
    fox = await swift.sees_picture()
    await vanishes(swift, fox)
    await hears_of_it(swift)
    await swift.replies(f"{BOT} a blue whale", to=fox)
    whale = await swift.sees_picture()
    assert whale.thread == fox.thread
    await swift.replies("make it night")
    await swift.sees_picture()
    assert words(turns((await swift.paintings())[-1])[0]) == "a blue whale"


async def test_a_picture_made_again_is_the_one_that_replies_go_on_from(swift: Story) -> None:
    await swift.commands("/imagine a red fox --size 512")
    fox = await swift.sees_picture()
    await swift.presses("Again", on=fox)
    again = await swift.sees_picture()
    await vanishes(swift, again)
    await hears_of_it(swift)
    await swift.replies("make it night", to=fox)
    await swift.whispered("has been deleted", thread=fox.thread)


async def test_a_mention_that_could_not_be_read_leaves_a_thread_to_try_again_in(swift: Story) -> None:
    root = await swift.says(f"{BOT} a red fox --size 8k")
    await swift.whispered("`8k` is not a size")
    await swift.says("a red fox --size 2k", thread=root)
    seen = await swift.sees_picture()
    assert (seen.thread, "2048×2048 px" in seen.words) == (root, True)
