"""A thread is the model's context: every reply goes on from what is there."""

from __future__ import annotations

import asyncio
import hashlib
import json

import pytest

from tests.photographs import photograph
from tests.stories.evidence import (
    answered,
    as_bot,
    drawn,
    given,
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
from tests.stories.mishaps import breaks, hurry, is_kind
from tests.stories.story import Story

BOT = "<@U0PAINTBOT>"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def hears_of_it(story: Story) -> None:
    """Wait until the bot was told that a message is gone."""

    async def look() -> bool | None:
        told = await story.get("/control/deliveries")
        return True if any(each["subtype"] == "message_deleted" and each["acked"] for each in told) else None

    await story.eventually(look)


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


async def test_a_mention_in_peoples_own_thread_takes_what_they_said_and_showed(swift: Story) -> None:
    photos = [photograph(640 + 8 * count, 480) for count in range(3)]
    names = ("window.jpg", "lamp.jpg", "door.jpg")
    files = [await swift.attaches(photo, name) for photo, name in zip(photos, names, strict=True)]
    root = await swift.says("our shop window & the <door>", files=files[:1])
    lamp = await swift.attaches(photos[1], "lamp.jpg", by="U0BEN")
    await swift.says("I would hang this lamp there", by="U0BEN", thread=root, files=[lamp])
    await swift.says(f"{BOT} make a poster of it, with this door", thread=root, files=files[2:])
    seen = await swift.sees_picture()
    assert seen.thread == root
    [call] = await swift.paintings()
    told = prompt(call)
    assert "our shop window & the <door>" in told
    assert told.index("our shop window") < told.index("I would hang this lamp there") < told.index("make a poster")
    assert told.count("make a poster") == 1
    assert given(call) == [digest(photo) for photo in photos]


async def test_what_people_say_after_the_mention_is_no_part_of_it(swift: Story) -> None:
    root = await swift.says("a shop window")
    await swift.post("/control/settings", {"gemini_delay": 0.5})
    await swift.says(f"{BOT} make a poster", thread=root)
    await swift.says("the cat got out", thread=root)
    await swift.sees_picture()
    [call] = await swift.paintings()
    assert "cat" not in prompt(call)


async def test_a_second_mention_goes_on_from_the_first_ones_picture(swift: Story) -> None:
    root = await swift.says("a shop window")
    await swift.says(f"{BOT} make a poster", thread=root)
    await swift.sees_picture()
    await swift.says(f"{BOT} make it night", thread=root, by="U0BEN")
    await swift.sees_picture()
    call = (await swift.paintings())[-1]
    assert roles(call) == ["user", "model", "user"]
    assert "a shop window" in words(turns(call)[0])
    assert prompt(call) == "make it night"


async def test_a_mention_after_a_failed_one_still_has_what_people_said(swift: Story) -> None:
    root = await swift.says("a shop window", files=[await swift.attaches(photograph(640, 480), "window.jpg")])
    await breaks(swift, "gemini", {"finish_reason": "IMAGE_SAFETY"})
    await swift.says(f"{BOT} make a poster", thread=root)
    await swift.sees_words("filtered out")
    await swift.says(f"{BOT} make a calmer poster", thread=root)
    await swift.sees_picture()
    call = (await swift.paintings())[-1]
    assert "a shop window" in prompt(call)
    assert len(given(call)) == 1


async def test_a_long_thread_is_heard_up_to_its_newest_messages(swift: Story) -> None:
    root = await swift.says("message 0")
    for count in range(1, 230):
        await swift.says(f"message {count}.", thread=root)
    await swift.says(f"{BOT} make a poster", thread=root)
    await swift.sees_picture()
    told = prompt((await swift.paintings())[0])
    assert "message 229." in told
    assert "message 10." not in told


async def test_pictures_attached_to_the_mention_go_before_those_overheard_when_there_are_too_many(swift: Story) -> None:
    root = await swift.says("pictures follow")
    for count in range(9):
        file = await swift.attaches(photograph(320 + 8 * count, 240), f"old-{count}.jpg")
        await swift.says(f"picture {count}", thread=root, files=[file])
    photos = [photograph(640 + 8 * count, 480) for count in range(10)]
    files = [await swift.attaches(photo, f"new-{count}.jpg") for count, photo in enumerate(photos)]
    await swift.says(f"{BOT} one poster of all", thread=root, files=files)
    seen = await swift.sees_picture()
    assert "14 references" in seen.words
    assert given((await swift.paintings())[0])[-10:] == [digest(photo) for photo in photos]
    assert "new-" not in seen.words


async def test_a_picture_without_words_is_heard_as_well(swift: Story) -> None:
    photo = photograph(640, 480)
    root = await swift.says("", files=[await swift.attaches(photo, "window.jpg")])
    await swift.says(f"{BOT} make it night", thread=root, by="U0BEN")
    await swift.sees_picture()
    [call] = await swift.paintings()
    assert (given(call), roles(call)) == ([digest(photo)], ["user"])
    assert prompt(call).endswith("make it night")


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


async def test_a_file_people_have_deleted_again_is_not_missed(swift: Story) -> None:
    gone = await swift.attaches(photograph(640, 480), "window.jpg")
    root = await swift.says("our window", files=[gone])
    await swift.post("/page/delete_file", {"user": "U0ANA", "file": gone})
    await swift.says(f"{BOT} a poster", thread=root)
    seen = await swift.sees_picture()
    assert "left out" not in seen.words
    assert given((await swift.paintings())[0]) == []


async def test_a_mention_that_could_not_be_read_leaves_a_thread_to_try_again_in(swift: Story) -> None:
    root = await swift.says(f"{BOT} a red fox --size 8k")
    await swift.whispered("`8k` is not a size")
    await swift.says("a red fox --size 2k", thread=root)
    seen = await swift.sees_picture()
    assert (seen.thread, "2048×2048 px" in seen.words) == (root, True)
