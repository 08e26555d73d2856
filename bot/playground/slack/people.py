"""What people do with messages: say, change, delete."""

import time
import uuid

from bot.playground import keys
from bot.playground.slack import display, events, messages, sharing, slackbot, writing
from bot.playground.slack.channel import Channel
from bot.playground.slack.clock import fresh_id
from bot.playground.slack.file import File
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json, Message


def room_for(slack: Slack, person: str, channel_id: str) -> Channel:
    """The channel, if this person is in it."""
    channel = slack.channels.get(channel_id)
    if channel is None or person not in channel.members or slack.people[person].is_bot:
        raise Refusal("channel_not_found")
    if channel.archived:
        raise Refusal("is_archived")
    if channel.kind == "im" and not slack.installation.messages_tab:
        raise Refusal("messages_tab_disabled")
    return channel


def say(slack: Slack, person: str, channel: Channel, text: str, thread_ts: str | None, file_ids: list[str]) -> Message:
    """A person says something; the app hears of it as message event, and as mention where it is mentioned."""
    if not text.strip() and not file_ids:
        raise Refusal("no_text")
    files = [_own_file(slack, person, file_id) for file_id in file_ids]
    message = _written(text, person) | ({"thread_ts": thread_ts} if thread_ts else {})
    if files:
        message |= {"subtype": "file_share", "files": [{"id": file.id} for file in files], "upload": False}
    return _put(slack, person, channel, message)


def forward(slack: Slack, person: str, channel: Channel, text: str, thread_ts: str | None, found: Message) -> Message:
    """A person forwards a message they see, with or without words of their own.

    Its files lie in the attachment and are shared nowhere else by that: the app sees them where it saw them before.
    """
    inside = {
        "ts": found["ts"],
        "author_id": found["user"],
        "text": found.get("text", ""),
        "fallback": found.get("text", ""),
        "is_msg_unfurl": True,
        "is_share": True,
        "files": found.get("files", []),
    }
    message = _written(text, person) | ({"thread_ts": thread_ts} if thread_ts else {})
    return _put(slack, person, channel, message | {"attachments": [inside]})


def _put(slack: Slack, person: str, channel: Channel, message: Message) -> Message:
    said = messages.put(slack, channel, message)
    if f"<@{keys.BOT_USER}" in said["text"]:
        _mention(slack, channel, person, said)
    return said


def upload(slack: Slack, person: str, name: str, data: bytes) -> File:
    """A person picks a file; nobody else sees it until it is in a message."""
    file = File(fresh_id("F"), name, name, person, data, completed=True)
    file.process()
    slack.files[file.id] = file
    return file


def edit(slack: Slack, person: str, channel: Channel, ts: str, text: str) -> None:
    """A person changes the words of their own message."""
    message = _own_message(channel, person, ts)
    if not text.strip() and not message.get("files"):
        raise Refusal("no_text")
    edited = {"user": person, "ts": f"{int(time.time())}.000000"}
    written = _written(text, person)
    messages.change(slack, channel, ts, {"text": written["text"], "blocks": written["blocks"], "edited": edited})


def delete(slack: Slack, person: str, channel: Channel, ts: str) -> None:
    """A person deletes their own message, or closes a message only they can see."""
    if channel.ephemerals.get(ts, {}).get("_to") == person:
        del channel.ephemerals[ts]
        slack.live.push([person], {"type": "deleted", "channel": channel.id, "ts": ts})
        return
    _own_message(channel, person, ts)
    messages.remove(slack, channel, ts)


def delete_file(slack: Slack, person: str, file_id: str) -> None:
    """A person deletes their own file; messages keep a tombstone in its place."""
    file = _own_file(slack, person, file_id)
    delete_everywhere(slack, file)


def delete_everywhere(slack: Slack, file: File) -> None:
    """Delete a file, tell the app, and let every message that had it show that it is gone."""
    sharing.delete(slack, file)
    for channel_id, stamps in file.shares.items():
        channel = slack.channels[channel_id]
        for ts in stamps:
            if ts in channel.messages:
                messages.change(slack, channel, ts, {})
    if any(slack.channels[channel_id].has_app for channel_id in file.shares):
        events.tell(slack, {"type": "file_deleted", "file_id": file.id})


def _written(text: str, person: str) -> Message:
    escaped = writing.escape(text)
    written: Json = {"user": person, "text": escaped, "client_msg_id": str(uuid.uuid4())}
    return written | ({"blocks": [writing.rich_text(escaped, fresh_id("B")[-5:])]} if escaped.strip() else {})


def _mention(slack: Slack, channel: Channel, person: str, said: Message) -> None:
    if channel.kind != "im" and not channel.has_app:
        channel.uninvited.append(said)
        slackbot.offer_invitation(slack, channel, person)
        return
    events.tell_mention(slack, channel, display.for_app(slack, channel, said))


def _own_file(slack: Slack, person: str, file_id: str) -> File:
    file = slack.files.get(file_id)
    if file is None or file.owner != person:
        raise Refusal("file_not_found")
    return file


def _own_message(channel: Channel, person: str, ts: str) -> Message:
    message = channel.messages.get(ts)
    if message is None:
        raise Refusal("message_not_found")
    if message["user"] != person or message.get("subtype") == "tombstone":
        raise Refusal("cant_update_message")
    return message
