"""When Slack is busy, breaks or refuses: the result is posted exactly once, or a sentence says why not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.playground.world import World
from bot.roles import running
from bot.settings import Settings
from tests.photographs import photograph
from tests.stories.deliveries import command, deliver, event
from tests.stories.mishaps import breaks, hurry, is_kind, methods, results, whispers
from tests.stories.story import Story, telling

PASSING: dict[str, dict[str, Any]] = {
    "busy": {"error": "ratelimited", "retry_after": 1},
    "unavailable": {"status": 503},
    "internal": {"error": "internal_error"},
    "moving": {"error": "team_added_to_org"},
    "a page": {"status": 200, "text": "<html>Back soon</html>", "kind": "text/html"},
    "plain words": {"status": 200, "text": "ok"},
    "no JSON": {"status": 503, "text": "upstream connect error", "kind": "application/json"},
    "cut off before": {"drop": "before"},
    "cut off after": {"drop": "after"},
}
UPLOAD = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal", "files.info")


@pytest.fixture
async def swift(story: Story) -> Story:
    await hurry(story)
    return story


@pytest.mark.parametrize("kind", PASSING)
async def test_the_root_is_posted_once_whatever_happens_on_the_way(swift: Story, kind: str) -> None:
    await breaks(swift, "slack", PASSING[kind], method="chat.postMessage")
    await swift.commands("/imagine a red fox")
    picture = await swift.sees_picture()
    assert [seen.thread for seen in await swift.posted()] == [picture.thread] * 2
    assert len(await swift.paintings()) == 1


@pytest.mark.parametrize("kind", PASSING)
async def test_the_result_is_posted_once_whatever_happens_on_the_way(swift: Story, kind: str) -> None:
    await swift.says("<@U0PAINTBOT> a red fox")
    await swift.sees_picture()
    await breaks(swift, "slack", PASSING[kind], method="chat.postMessage")
    await swift.replies("make it night")
    picture = await swift.sees_picture()
    await swift.replies("make it warm")
    after = await swift.sees_picture()
    assert [seen.ts for seen in await results(swift)][1:] == [picture.ts, after.ts]
    assert len(await swift.paintings()) == 3
    assert len(await methods(swift, "upload")) == 3


@pytest.mark.parametrize("step", UPLOAD)
@pytest.mark.parametrize("kind", ["unavailable", "cut off before", "cut off after"])
async def test_an_upload_that_fails_is_made_again(swift: Story, step: str, kind: str) -> None:
    await breaks(swift, "slack", PASSING[kind], method=step)
    await swift.commands("/imagine a red fox")
    picture = await swift.sees_picture()
    assert [seen.ts for seen in await results(swift)] == [picture.ts]
    assert len(await swift.paintings()) == 1


@pytest.mark.parametrize("kind", ["busy", "unavailable", "cut off after"])
async def test_a_file_that_slack_cannot_be_asked_about_now_is_not_uploaded_again(swift: Story, kind: str) -> None:
    await breaks(swift, "slack", PASSING[kind], method="files.info", times=2)
    await swift.commands("/imagine a red fox")
    await swift.sees_picture()
    assert len(await methods(swift, "upload")) == 1


async def test_a_file_that_slack_is_slow_to_look_at_is_waited_for(swift: Story) -> None:
    await hurry(swift, file_delay=3.0)
    await swift.commands("/imagine a red fox")
    picture = await swift.sees_picture()
    assert [seen.ts for seen in await results(swift)] == [picture.ts]
    refused = [call for call in await methods(swift, "chat.postMessage") if not call["ok"]]
    assert refused == []


async def test_blocks_refused_once_are_shown_after_all(swift: Story) -> None:
    await swift.says("<@U0PAINTBOT> a red fox")
    await swift.sees_picture()
    await breaks(
        swift, "slack", {"error": "invalid_blocks", "messages": ["invalid slack file"]}, method="chat.postMessage"
    )
    await swift.replies("make it night")
    await swift.sees_picture()
    assert len(await results(swift)) == 2
    assert len(await swift.paintings()) == 2


REFUSALS = {
    "not_in_channel": "I am not in this conversation",
    "channel_not_found": "I am not in this conversation",
    "is_archived": "archived",
    "restricted_action": "rules do not let me post",
    "missing_scope": "missing a permission",
    "message_limit_exceeded": "message limit",
    "app_access_restricted": "keep this app from you",
    "team_access_not_granted": "not been added to this workspace",
    "org_login_required": "is being moved",
    "invalid_blocks": "did not let me post the result",
    "a_refusal_we_never_met": "did not let me post the result",
}


@pytest.mark.parametrize("code", REFUSALS)
async def test_a_root_that_is_refused_is_explained_and_nothing_is_spent(swift: Story, code: str) -> None:
    await breaks(swift, "slack", {"error": code}, method="chat.postMessage", times=9)
    await swift.commands("/imagine a red fox")
    said = await swift.whispered(REFUSALS[code])
    assert is_kind(said)
    assert await swift.paintings() == []
    assert await swift.posted() == []
    assert len(await whispers(swift)) == 1


@pytest.mark.parametrize("code", ["not_in_channel", "missing_scope", "invalid_blocks"])
async def test_a_result_that_is_refused_is_explained_to_the_one_who_asked(swift: Story, code: str) -> None:
    await hurry(swift, gemini_delay=0.5)
    await swift.commands("/imagine a red fox")
    await swift.sees_words("a red fox")
    await breaks(swift, "slack", {"error": code}, method="chat.postMessage", times=9)
    said = await swift.whispered(REFUSALS[code])
    assert is_kind(said)
    assert len(await whispers(swift)) == 1
    assert await results(swift) == []
    assert len(await swift.paintings()) == 1


@pytest.mark.parametrize(
    ("step", "code", "words"),
    [
        ("files.getUploadURLExternal", "file_type_not_allowed", "a picture file like this one"),
        ("files.completeUploadExternal", "blocked_file_type", "a picture file like this one"),
        ("files.completeUploadExternal", "slack_connect_blocked_file_type", "a picture file like this one"),
        ("files.completeUploadExternal", "file_upload_size_restricted", "a file as large as this picture"),
        ("files.completeUploadExternal", "slack_connect_file_upload_sharing_blocked", "a channel that is not shared"),
        ("files.completeUploadExternal", "missing_scope", "missing a permission"),
        ("files.info", "missing_scope", "missing a permission"),
    ],
)
async def test_an_upload_that_is_refused_is_explained(swift: Story, step: str, code: str, words: str) -> None:
    await breaks(swift, "slack", {"error": code}, method=step, times=9)
    await swift.commands("/imagine a red fox")
    said = await swift.whispered(words)
    assert is_kind(said)
    assert len(await swift.paintings()) == 1


async def test_a_channel_archived_meanwhile_is_told_of_where_nobody_can_post(swift: Story) -> None:
    await hurry(swift, gemini_delay=0.5)
    await swift.post("/control/channel", {"id": "C0OLD", "name": "old", "members": ["U0ANA", "U0PAINTBOT"]})
    await swift.commands("/imagine a red fox", channel="C0OLD")
    await swift.sees_words("a red fox")
    await breaks(swift, "slack", {"error": "is_archived"}, method="chat.postMessage", times=9)
    await breaks(swift, "slack", {"error": "is_archived"}, method="chat.postEphemeral", times=9)
    assert is_kind(await swift.whispered("archived", channel="C0OLD"))


async def test_a_mention_that_cannot_be_answered_in_the_thread_is_answered_to_the_person(swift: Story) -> None:
    await breaks(swift, "slack", {"error": "restricted_action"}, method="chat.postMessage", times=9)
    ts = await swift.says("<@U0PAINTBOT> a red fox")

    async def look() -> str | None:
        found = await whispers(swift) + await whispers(swift, thread=ts)
        return found[0] if found else None

    assert "rules do not let me post" in await swift.eventually(look)


async def test_a_status_that_is_refused_keeps_nobody_waiting(swift: Story) -> None:
    await breaks(swift, "slack", {"error": "missing_scope"}, method="assistant.threads.setStatus", times=9)
    await swift.commands("/imagine a red fox")
    await swift.sees_picture()


async def test_a_status_that_hangs_keeps_nobody_waiting(swift: Story) -> None:
    await breaks(swift, "slack", {"hang": 30}, method="assistant.threads.setStatus", times=9)
    await swift.commands("/imagine a red fox")
    await swift.sees_picture(within=10)


@pytest.mark.parametrize("kind", ["unavailable", "cut off before", "cut off after"])
async def test_a_reference_that_is_hard_to_fetch_is_fetched_again(swift: Story, kind: str) -> None:
    await breaks(swift, "slack", PASSING[kind], method="download")
    photo = await swift.attaches(photograph(), "window.jpg")
    await swift.says("<@U0PAINTBOT> make it night", files=[photo])
    picture = await swift.sees_picture()
    assert "1 reference" in picture.words
    assert len(await swift.paintings()) == 1


async def test_a_response_url_that_fails_is_followed_by_an_ephemeral(swift: Story) -> None:
    await breaks(swift, "slack", {"error": "restricted_action"}, method="chat.postMessage", times=9)
    await breaks(swift, "slack", {"status": 500}, method="response_url")
    await swift.commands("/imagine a red fox")
    await swift.whispered("rules do not let me post")


@pytest.mark.parametrize(
    ("kept_back", "words"),
    [
        ({"mode": "hidden_by_limit"}, "hides files this old"),
        ({"mode": "file_access", "file_access": "access_denied"}, "does not let me read it"),
        ({"mode": "tombstone"}, "no longer in Slack"),
    ],
)
async def test_a_reference_that_slack_keeps_back_is_left_out_for_the_right_reason(
    world: World, swift: Story, kept_back: dict[str, Any], words: str
) -> None:
    photo = await swift.attaches(photograph(), "window.jpg")
    ts = await swift.says("make it night", files=[photo])
    world.slack.files[photo].kept_back = kept_back
    shown = {"id": photo, "name": "window.jpg", "mimetype": "image/jpeg", "mode": "hosted"}  # when it was still there
    asked = event("app_mention", text="<@U0PAINTBOT> make it night", ts=ts, event_ts=ts, files=[shown])
    assert (await deliver(swift, "event", asked))["acked"]
    picture = await swift.sees_picture()
    assert words in picture.words


async def test_many_in_one_channel_wait_for_each_other_once_slack_says_so(story: Story) -> None:
    """Each is refused once at most, before it is known that the channel is full; and nothing is uploaded again."""
    await hurry(story, rate_limits=True)
    many = [command(f"fox number {n}", user_id=f"U0P{n:03}", trigger_id=f"t.{n}") for n in range(6)]
    await asyncio.gather(*(deliver(story, "command", each) for each in many))

    async def all_there() -> bool | None:
        return True if len(await results(story)) == 6 else None

    await story.eventually(all_there, within=40)
    refused = [call for call in await methods(story, "chat.postMessage") if not call["ok"]]
    assert 0 < len(refused) <= 12
    assert len(await methods(story, "upload")) == 6


async def told(story: Story) -> list[str]:
    """What the one who runs the bot was told."""
    said = [call["args"] for call in await methods(story, "chat.postMessage")]
    return [str(body["text"]) for body in said if body["channel"] == "U0BEN"]


async def answered(story: Story, number: int) -> bool | None:
    return True if len(await whispers(story)) == number else None


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"error": "missing_scope"}, "needed: files:write"),
        ({"error": "not_allowed_token_type"}, "code: not_allowed_token_type"),
        ({"error": "team_access_not_granted"}, "not added to this workspace"),
        ({"error": "a_refusal_we_never_met"}, "Slack refused: a_refusal_we_never_met."),
    ],
)
async def test_what_only_the_operator_can_mend_is_told_to_them_once(
    world: World, settings: Settings, fault: dict[str, Any], words: str
) -> None:
    async with running(settings.model_copy(update={"operator": "U0BEN"})), telling(world.url) as story:
        await hurry(story)
        await breaks(story, "slack", fault, method="chat.postMessage")
        await story.commands("/imagine a red fox")
        await story.eventually(lambda: answered(story, 1))
        await breaks(story, "slack", fault, method="files.completeUploadExternal", times=9)
        await story.commands("/imagine a blue fox")
        await story.eventually(lambda: answered(story, 2))
        about = await told(story)
        assert len(about) == 1
        assert words in about[0]


async def test_what_an_admin_decided_is_not_for_the_operator(world: World, settings: Settings) -> None:
    async with running(settings.model_copy(update={"operator": "U0BEN"})), telling(world.url) as story:
        await hurry(story)
        await breaks(story, "slack", {"error": "restricted_action"}, method="chat.postMessage")
        await story.commands("/imagine a red fox")
        await story.whispered("rules do not let me post")
        assert await told(story) == []
