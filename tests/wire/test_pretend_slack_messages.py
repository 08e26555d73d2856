"""Messages, threads, statuses: as the app posts and reads them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.playground import keys
from tests.wire.slack_stage import ANA, GENERAL, Stage, refused, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.turn("settings", {"rate_limits": False})
        yield made


async def say(stage: Stage, text: str, **more: Any) -> str:
    return str((await stage.act("say", text=text, **more))["ts"])


async def test_timestamps_are_unique_and_rise(stage: Stage) -> None:
    stamps = [(await stage.client.chat_postMessage(channel=GENERAL, text="x"))["ts"] for _ in range(5)]
    assert stamps == sorted(set(stamps))
    assert all(len(ts.split(".")[1]) == 6 for ts in stamps)


async def test_a_thread_is_told_on_its_root(stage: Stage) -> None:
    root = await say(stage, "hello")
    await stage.client.chat_postMessage(channel=GENERAL, text="hi", thread_ts=root)
    await say(stage, "again", thread_ts=root)
    (shown,) = await stage.seen()
    assert (shown["reply_count"], shown["reply_users"]) == (2, [keys.BOT_USER, ANA])
    thread = (await stage.client.conversations_replies(channel=GENERAL, ts=root))["messages"]
    assert [m["text"] for m in thread] == ["hello", "hi", "again"]
    assert thread[1]["parent_user_id"] == ANA
    assert shown["latest_reply"] == thread[2]["ts"]


async def test_a_reply_asked_for_by_its_own_timestamp_comes_alone(stage: Stage) -> None:
    root = await say(stage, "hello")
    reply = await say(stage, "again", thread_ts=root)
    told = (await stage.client.conversations_replies(channel=GENERAL, ts=reply))["messages"]
    assert [each["text"] for each in told] == ["again"]


async def test_replies_come_in_pages(stage: Stage) -> None:
    root = await say(stage, "root")
    for n in range(5):
        await say(stage, str(n), thread_ts=root)
    texts: list[str] = []
    cursor = ""
    while True:
        page = await stage.client.conversations_replies(channel=GENERAL, ts=root, limit=2, cursor=cursor)
        texts += [m["text"] for m in page["messages"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not page["has_more"]:
            break
    assert texts == ["root", "0", "1", "2", "3", "4"]


async def test_history_is_newest_first_and_knows_its_edges(stage: Stage) -> None:
    stamps = [await say(stage, str(n)) for n in range(3)]
    await say(stage, "a reply", thread_ts=stamps[0])

    async def texts(**edges: Any) -> list[str]:
        return [m["text"] for m in (await stage.client.conversations_history(channel=GENERAL, **edges))["messages"]]

    assert await texts() == ["2", "1", "0"]
    assert await texts(oldest=stamps[0], latest=stamps[2]) == ["1"]
    assert await texts(oldest=stamps[1], inclusive=True) == ["2", "1"]
    assert await texts(latest=stamps[1], inclusive=True, limit=1) == ["1"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"ts": "12.3"}, "thread_not_found"),
        ({"ts": ""}, "invalid_arguments"),
        ({"limit": "many"}, "invalid_arguments"),
        ({"limit": 1001}, "invalid_arguments"),
        ({"cursor": "bogus"}, "invalid_cursor"),
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
        ({"latest": "tomorrow"}, "invalid_ts_latest"),
    ],
)
async def test_refuses_odd_questions(stage: Stage, arguments: dict[str, Any], error: str) -> None:
    root = await say(stage, "root")
    asked = {"channel": GENERAL, "ts": root} | arguments
    assert (await refused(stage.client.conversations_replies(**asked)))["error"] == error


async def test_an_update_shows_as_edited_and_keeps_blocks_unless_told(stage: Stage) -> None:
    blocks = [{"type": "divider", "block_id": "line"}]
    ts = (await stage.client.chat_postMessage(channel=GENERAL, text="a", blocks=blocks))["ts"]
    await stage.client.chat_update(channel=GENERAL, ts=ts, text="b")
    (shown,) = await stage.look("control/posted")
    assert (shown["text"], shown["blocks"][0]["block_id"], shown["edited"]["user"]) == ("b", "line", keys.BOT_USER)
    await stage.client.chat_update(channel=GENERAL, ts=ts, text="c", blocks=[])
    (shown,) = await stage.look("control/posted")
    assert shown["text"] == "c"
    assert "blocks" not in shown


async def test_only_own_messages_can_be_changed(stage: Stage) -> None:
    theirs = await say(stage, "mine")
    refusal = await refused(stage.client.chat_update(channel=GENERAL, ts=theirs, text="x"))
    assert refusal["error"] == "cant_update_message"
    assert (await refused(stage.client.chat_delete(channel=GENERAL, ts=theirs)))["error"] == "cant_delete_message"
    assert (await refused(stage.client.chat_delete(channel=GENERAL, ts="1.1")))["error"] == "message_not_found"


async def test_an_update_may_not_be_long(stage: Stage) -> None:
    ts = (await stage.client.chat_postMessage(channel=GENERAL, text="a" * 40_100))["ts"]
    (shown,) = await stage.look("control/posted")
    assert len(shown["text"]) == 40_000
    refusal = await refused(stage.client.chat_update(channel=GENERAL, ts=ts, text="a" * 4001))
    assert refusal["error"] == "msg_too_long"


async def test_deleting_a_root_with_replies_leaves_a_tombstone(stage: Stage) -> None:
    ts = (await stage.client.chat_postMessage(channel=GENERAL, text="root"))["ts"]
    await say(stage, "reply", thread_ts=ts)
    await stage.client.chat_delete(channel=GENERAL, ts=ts)
    thread = (await stage.client.conversations_replies(channel=GENERAL, ts=ts))["messages"]
    assert [m.get("subtype") for m in thread] == ["tombstone", None]
    assert (await refused(stage.client.chat_delete(channel=GENERAL, ts=ts)))["error"] == "message_not_found"
    await stage.client.chat_postMessage(channel=GENERAL, text="the thread goes on", thread_ts=ts)


async def test_deleting_anything_else_removes_it(stage: Stage) -> None:
    ts = (await stage.client.chat_postMessage(channel=GENERAL, text="x"))["ts"]
    await stage.client.chat_delete(channel=GENERAL, ts=ts)
    assert await stage.seen() == []


async def test_an_ephemeral_is_for_one_person(stage: Stage) -> None:
    await stage.client.chat_postEphemeral(channel=GENERAL, user=ANA, text="only you")
    (shown,) = await stage.seen(ANA)
    assert (shown["text"], shown["is_ephemeral"]) == ("only you", True)
    assert await stage.seen("U0BEN") == []
    assert (await stage.client.conversations_history(channel=GENERAL))["messages"] == []
    (posted,) = await stage.look("control/posted")
    assert posted["shown_to"] == ANA
    refusal = await refused(stage.client.chat_postEphemeral(channel="D0BEN", user=ANA, text="x"))
    assert refusal["error"] == "user_not_in_channel"


async def statuses(stage: Stage) -> dict[str, Any]:
    return dict((await stage.look("page/messages", user=ANA, channel=GENERAL))["statuses"])


async def test_a_status_stays_until_the_app_posts_in_the_thread(stage: Stage) -> None:
    root = await say(stage, "paint")
    other = await say(stage, "something else")
    await stage.client.assistant_threads_setStatus(
        channel_id=GENERAL, thread_ts=root, status="is painting…", loading_messages=["Mixing colours…"]
    )
    assert await statuses(stage) == {root: {"text": "is painting…", "loading_messages": ["Mixing colours…"]}}
    await stage.client.chat_postMessage(channel=GENERAL, text="elsewhere", thread_ts=other)
    assert root in await statuses(stage)
    await stage.client.chat_postMessage(channel=GENERAL, text="here", thread_ts=root)
    assert await statuses(stage) == {}


async def test_an_empty_status_takes_it_down(stage: Stage) -> None:
    root = await say(stage, "paint")
    await stage.client.assistant_threads_setStatus(channel_id=GENERAL, thread_ts=root, status="is painting…")
    await stage.client.assistant_threads_setStatus(channel_id=GENERAL, thread_ts=root, status="")
    assert await statuses(stage) == {}


@pytest.mark.parametrize("loading", [["x" * 51], ["x"] * 11, [""], [3]])
async def test_loading_messages_have_limits(stage: Stage, loading: list[Any]) -> None:
    root = await say(stage, "paint")
    refusal = await refused(
        stage.client.assistant_threads_setStatus(
            channel_id=GENERAL, thread_ts=root, status="is painting…", loading_messages=loading
        )
    )
    assert refusal["error"] == "invalid_arguments"
    assert await statuses(stage) == {}
