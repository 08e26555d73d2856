"""Where the bot listens and where it holds its tongue."""

from __future__ import annotations

import pytest

from tests.photographs import photograph
from tests.stories.evidence import as_bot, kinds, prompt, roles, settled
from tests.stories.mishaps import hurry, is_kind, whispers
from tests.stories.story import Story

BOT = "<@U0PAINTBOT>"


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


async def test_in_a_channel_without_the_bot_a_command_is_explained_and_costs_nothing(swift: Story) -> None:
    await swift.commands("/imagine a red fox", channel="C0RANDOM")
    said = await swift.whispered("/invite", channel="C0RANDOM")
    assert is_kind(said)
    assert await swift.paintings() == []
    assert await swift.posted() == []


async def test_a_mention_starts_a_thread_under_the_message_itself(swift: Story) -> None:
    said = await swift.says(f"{BOT} a red fox --ar 3:2")
    seen = await swift.sees_picture()
    assert seen.thread == said
    assert "1264×848 px" in seen.words
    await swift.replies("make it night", by="U0BEN")
    night = await swift.sees_picture()
    assert night.thread == said
    assert "<@U0BEN>: make it night" in night.words


@pytest.mark.parametrize("text", ["make it night {}", "make {} it night", "{}: make it night", "{}make it night"])
async def test_the_name_may_stand_anywhere_in_the_message(swift: Story, text: str) -> None:
    await swift.says(text.format(BOT))
    await swift.sees_picture()
    [call] = await swift.paintings()
    assert prompt(call).lstrip(": ") == "make it night"


async def test_a_mention_with_pictures_works_on_them(swift: Story) -> None:
    photo = await swift.attaches(photograph(), "window.jpg")
    await swift.says(f"{BOT} make it night", files=[photo])
    seen = await swift.sees_picture()
    assert "1 reference" in seen.words
    [call] = await swift.paintings()
    assert kinds(call) == ["image/jpeg"]
    assert "1200×896 px" in seen.words


async def test_a_direct_message_needs_no_mention(swift: Story) -> None:
    photo = await swift.attaches(photograph(), "window.jpg")
    said = await swift.says("make it night", channel="D0ANA", files=[photo])
    seen = await swift.sees_picture()
    assert seen.message["channel"] == "D0ANA"
    assert seen.thread == said
    await swift.replies("and snow")
    await swift.sees_picture()
    assert roles((await swift.paintings())[-1]) == ["user", "model", "user"]


async def test_a_command_in_a_direct_message_works(swift: Story) -> None:
    await swift.commands("/imagine a red fox", channel="D0ANA")
    seen = await swift.sees_picture()
    await swift.replies("make it night")
    assert (await swift.sees_picture()).thread == seen.thread


@pytest.mark.parametrize("place", ["C0GENERAL", "D0ANA"])
async def test_asking_for_help_by_message_is_answered_once(swift: Story, place: str) -> None:
    await swift.says(f"{BOT} help", channel=place)
    await swift.whispered("Make a picture", channel=place)
    await settled(swift, 2 if place == "C0GENERAL" else 1)
    await swift.says(f"{BOT} a red fox", channel=place)
    await swift.sees_picture()
    assert len(await whispers(swift, channel=place)) == 1


async def test_what_people_say_among_themselves_is_ignored(swift: Story) -> None:
    root = await swift.says("a red fox would be nice here")
    await swift.says("make it night", thread=root, by="U0BEN")
    photo = await swift.attaches(photograph(), "window.jpg")
    await swift.says("", files=[photo])
    await settled(swift, 3)
    await swift.says(f"{BOT} a blue whale")
    await swift.sees_picture()
    assert len(await swift.paintings()) == 1
    assert await whispers(swift) == []


async def test_after_a_mention_in_their_own_thread_people_can_go_on_talking(swift: Story) -> None:
    root = await swift.says("what about the poster?")
    await swift.says(f"{BOT} a red fox", thread=root)
    fox = await swift.sees_picture()
    await swift.says("lovely, shall we print it?", thread=root, by="U0BEN")
    await swift.says(f"{BOT} make it night", thread=root)
    night = await swift.sees_picture()
    assert night.thread == fox.thread == root
    assert len(await swift.paintings()) == 2


async def test_bots_are_not_listened_to(swift: Story) -> None:
    await as_bot(swift, "chat.postMessage", channel="C0GENERAL", text=f"{BOT} a red fox")
    await swift.commands("/imagine a blue whale")
    whale = await swift.sees_picture()
    await as_bot(swift, "chat.postMessage", channel="C0GENERAL", thread_ts=whale.thread, text="make it night")
    await swift.replies("make it day")
    await swift.sees_picture()
    assert len(await swift.paintings()) == 2


async def test_an_edit_asks_for_nothing(swift: Story) -> None:
    said = await swift.says(f"{BOT} a red fox")
    await swift.sees_picture()
    edit = {"user": "U0ANA", "channel": "C0GENERAL", "ts": said, "text": f"{BOT} a red fox at night"}
    await swift.post("/page/edit", edit)
    await swift.replies("add snow")
    await swift.sees_picture()
    assert len(await swift.paintings()) == 2


async def test_a_reply_under_a_message_the_bot_cannot_remember_is_answered_in_words(swift: Story) -> None:
    root = await as_bot(swift, "chat.postMessage", channel="C0GENERAL", text="a red fox, made long ago")
    await swift.says("make it night", thread=root["ts"])
    said = await swift.whispered("no record of this thread", thread=root["ts"])
    assert is_kind(said)
    await swift.says(f"{BOT} a blue fox", thread=root["ts"])
    await swift.sees_picture()
    assert len(await swift.paintings()) == 1


async def test_a_private_channel_is_a_channel(swift: Story) -> None:
    members = ["U0ANA", "U0BEN", "U0PAINTBOT"]
    await swift.post("/control/channel", {"id": "G0LAUNCH", "name": "launch", "members": members, "is_private": True})
    await swift.says(f"{BOT} a red fox", channel="G0LAUNCH")
    await swift.sees_picture()
    await swift.replies("make it night")
    await swift.sees_picture()


async def test_a_word_to_a_colleague_in_our_thread_is_not_painted(story: Story) -> None:
    await story.commands("/imagine a red fox")
    fox = await story.sees_picture()
    await story.replies("<@U0BEN> what do you think?", to=fox)
    await story.replies("make it look like <@U0BEN>", to=fox, by="U0BEN")
    await story.sees_picture()
    assert len(await story.paintings()) == 2
