"""A mention in a thread that people started: what they said and showed there is its context."""

from __future__ import annotations

import pytest

from tests.photographs import photograph
from tests.stories.evidence import digest, given, prompt, roles, turns, words
from tests.stories.mishaps import breaks, hurry
from tests.stories.story import Story

BOT = "<@U0PAINTBOT>"


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


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


async def test_what_is_too_long_to_be_heard_whole_still_has_its_speaker(swift: Story) -> None:
    root = await swift.says("our diary: " + "it snowed. " * 500 + "the end")
    await swift.says("fine", thread=root, by="U0BEN")
    await swift.says(f"{BOT} make a poster", thread=root, by="U0BEN")
    await swift.sees_picture()
    told = prompt((await swift.paintings())[0])
    assert "our diary" not in told
    said, rest = told.partition("<@U0ANA>: ")[2].split("\n", 1)
    assert said.endswith("it snowed. the end")
    assert rest.startswith("<@U0BEN>: fine\n")
    assert len(f"<@U0ANA>: {said}\n<@U0BEN>: fine") == 4000


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


async def test_a_file_people_have_deleted_again_is_not_missed(swift: Story) -> None:
    gone = await swift.attaches(photograph(640, 480), "window.jpg")
    root = await swift.says("our window", files=[gone])
    await swift.post("/page/delete_file", {"user": "U0ANA", "file": gone})
    await swift.says(f"{BOT} a poster", thread=root)
    seen = await swift.sees_picture()
    assert "left out" not in seen.words
    assert given((await swift.paintings())[0]) == []
