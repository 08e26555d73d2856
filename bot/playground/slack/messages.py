"""Putting, changing and removing messages: the page sees it at once, the app gets its events."""

from bot.playground import keys
from bot.playground.slack import display, dressing, events, sharing
from bot.playground.slack.channel import Channel, is_reply
from bot.playground.slack.file import File
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json, Message


def put(slack: Slack, channel: Channel, wanted: Message) -> Message:
    """Add a message; gives it its ts, and its parent's author when it is a reply."""
    message: Message = {"type": "message", "ts": slack.clock.tick(), "team": keys.TEAM_ID}
    message |= _from_elsewhere(slack, channel, wanted["user"]) | wanted
    if is_reply(message):
        root = channel.root_of(message["thread_ts"])
        if root is None:
            raise Refusal("thread_not_found")
        message["parent_user_id"] = root["user"]
    channel.add(message)
    _share_files(slack, channel, message)
    _show(slack, channel, "message", message)
    events.tell_message(slack, channel, display.for_app(slack, channel, message))
    return message


def _from_elsewhere(slack: Slack, channel: Channel, person: str) -> Json:
    """In a shared channel a message says whose its author is."""
    team = slack.people[person].team
    return {"team": team, "user_team": team, "source_team": team} if channel.shared else {}


def put_ephemeral(slack: Slack, channel: Channel, person: str, wanted: Message) -> Message:
    """Show a message to one person only; the app gets no event and cannot find it again."""
    message: Message = {"type": "message", "ts": slack.clock.tick(), "is_ephemeral": True, "_to": person}
    message |= wanted
    channel.ephemerals[message["ts"]] = message
    show_ephemeral(slack, channel, "message", message)
    return message


def show_ephemeral(slack: Slack, channel: Channel, kind: str, message: Message) -> None:
    """Push an ephemeral message, or its change, to the one person it is for."""
    news = {"type": kind, "channel": channel.id, "message": display.for_page(slack, channel, message)}
    slack.live.push([message["_to"]], news)


def change(slack: Slack, channel: Channel, ts: str, parts: Json) -> Message:
    """Replace parts of a message (a part of None is taken away)."""
    before = channel.messages[ts]
    previous = display.for_app(slack, channel, before)
    after = {name: value for name, value in (before | parts).items() if value is not None}
    channel.messages[ts] = after
    _share_more(slack, channel, after)
    _show(slack, channel, "changed", after)
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "ts": slack.clock.tick(),
        "message": display.for_app(slack, channel, after),
        "previous_message": previous,
    }
    events.tell_message(slack, channel, event)
    return after


def remove(slack: Slack, channel: Channel, ts: str) -> None:
    """Delete a message; a root with replies leaves a tombstone behind, as at Slack."""
    message = channel.messages[ts]
    if not is_reply(message) and channel.replies(ts):
        _entomb(slack, channel, ts)
        return
    previous = display.for_app(slack, channel, channel.take(ts))
    sharing.unshare(slack, channel, ts)
    slack.live.push(channel.members, {"type": "deleted", "channel": channel.id, "ts": ts})
    if is_reply(message):
        _show_root(slack, channel, message["thread_ts"])
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "ts": slack.clock.tick(),
        "deleted_ts": ts,
        "previous_message": previous,
    }
    events.tell_message(slack, channel, event)


def _entomb(slack: Slack, channel: Channel, ts: str) -> None:
    stone = {
        "subtype": "tombstone",
        "user": keys.SLACKBOT,
        "text": "This message was deleted.",
        "hidden": True,
        **dict.fromkeys(("blocks", "files", "bot_id", "app_id", "bot_profile", "reactions", "edited", "metadata")),
    }
    change(slack, channel, ts, stone)
    sharing.unshare(slack, channel, ts)


def show_again(slack: Slack, channel: Channel, ts: str) -> None:
    """Push a message to the pages again because something it shows has changed."""
    _show(slack, channel, "changed", channel.messages[ts])


def _show(slack: Slack, channel: Channel, kind: str, message: Message) -> None:
    news = {"type": kind, "channel": channel.id, "message": display.for_page(slack, channel, message)}
    slack.live.push(channel.members, news)
    if is_reply(message):
        _show_root(slack, channel, message["thread_ts"])


def _show_root(slack: Slack, channel: Channel, ts: str) -> None:
    root = channel.root_of(ts)
    if root is not None:
        _show(slack, channel, "changed", root)


def _tell_share(slack: Slack, channel: Channel, file: File) -> None:
    if channel.has_app:
        event = {"type": "file_shared", "file_id": file.id, "file": {"id": file.id}, "user_id": file.owner}
        events.tell(slack, event | {"channel_id": channel.id})


def _share_files(slack: Slack, channel: Channel, message: Message) -> None:
    for file_id in dict.fromkeys([file["id"] for file in message.get("files", [])] + _shown(slack, message)):
        if file_id in slack.files:
            sharing.share(slack.files[file_id], channel, message["ts"])
            _tell_share(slack, channel, slack.files[file_id])


def _share_more(slack: Slack, channel: Channel, message: Message) -> None:
    """What a changed message has come to show is shared by it too; what it shows broken is not."""
    for file_id in set(_shown(slack, message)) - set(message.get("_broken", [])):
        file = slack.files.get(file_id)
        if file is not None and message["ts"] not in file.shares.get(channel.id, []):
            sharing.share(file, channel, message["ts"])


def _shown(slack: Slack, message: Message) -> list[str]:
    nodes = dressing.image_nodes(message.get("blocks", []))
    return [found for found in (dressing.file_of(slack, node) for node in nodes) if found is not None]
