"""chat.*: posting, changing and deleting messages."""

import time

from bot.playground import keys
from bot.playground.slack import display, dressing, messages, statuses_board
from bot.playground.slack.blockkit import check
from bot.playground.slack.channel import Channel
from bot.playground.slack.methods.registry import Call, joined_channel, known_channel, method
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json, Message

POST_CUT = 40_000
UPDATE_MOST = 4_000


@method("chat.postMessage", "chat:write", tier="post")
def post_message(call: Call) -> Json:
    """Post to a channel, a thread, or to a person by user id."""
    room = _post_target(call)
    message = _content(call) | _thread(call, room)
    posted = messages.put(call.slack, room, as_app(call) | message)
    statuses_board.clear_after_post(call.slack, room, posted)
    told = display.for_app(call.slack, room, posted)
    return {"channel": room.id, "ts": posted["ts"], "message": told}


@method("chat.update", "chat:write", tier="t3")
def update(call: Call) -> Json:
    """Change an own message; blocks that are not given stay, an empty list takes them away.

    A picture that was never shared before stays broken in the message, as it does at Slack.
    """
    room = joined_channel(call)
    before = own_message(call, room)
    if len(call.args.text("text")) > UPDATE_MOST:
        raise Refusal("msg_too_long")
    parts = _content(call)
    if not call.args.text("text") and not call.args.text("markdown_text"):
        del parts["text"]
    if call.args.structure("blocks") == []:
        parts["blocks"] = None
    if parts.get("blocks"):
        parts["_broken"] = _never_shared(call, parts) or None
    parts["edited"] = {"user": keys.BOT_USER, "ts": f"{int(time.time())}.000000"}
    after = messages.change(call.slack, room, before["ts"], parts)
    told = display.for_app(call.slack, room, after)
    return {"channel": room.id, "ts": before["ts"], "text": after.get("text", ""), "message": told}


@method("chat.delete", "chat:write", tier="t3")
def delete(call: Call) -> Json:
    """Delete an own message."""
    room = joined_channel(call)
    message = own_message(call, room, wrong_owner="cant_delete_message")
    messages.remove(call.slack, room, message["ts"])
    return {"channel": room.id, "ts": message["ts"]}


@method("chat.postEphemeral", "chat:write", tier="t4")
def post_ephemeral(call: Call) -> Json:
    """Show something to one member of a channel."""
    room = joined_channel(call)
    person = call.args.need("user")
    if person not in room.members:
        raise Refusal("user_not_in_channel")
    message = _content(call) | _thread(call, room)
    shown = messages.put_ephemeral(call.slack, room, person, as_app(call) | message)
    return {"message_ts": shown["ts"]}


@method("chat.getPermalink", tier="special")
def get_permalink(call: Call) -> Json:
    """The address of a message."""
    room = known_channel(call)
    ts = call.args.need("message_ts")
    if ts not in room.messages:
        raise Refusal("message_not_found")
    permalink = f"{call.slack.url}/archives/{room.id}/p{ts.replace('.', '')}"
    return {"channel": room.id, "permalink": permalink}


def as_app(call: Call) -> Message:
    """Who the app is, on each of its messages."""
    profile: Json = {"id": keys.BOT_ID, "app_id": keys.APP_ID, "name": call.slack.installation.name}
    profile |= {"deleted": False, "team_id": keys.TEAM_ID}
    return {"user": keys.BOT_USER, "bot_id": keys.BOT_ID, "app_id": keys.APP_ID, "bot_profile": profile}


def own_message(call: Call, room: Channel, wrong_owner: str = "cant_update_message") -> Message:
    """The app's own message that `ts` names."""
    message = room.messages.get(call.args.need("ts"))
    if message is None or message.get("subtype") == "tombstone":
        raise Refusal("message_not_found")
    if message.get("bot_id") != keys.BOT_ID:
        raise Refusal(wrong_owner)
    return message


def _post_target(call: Call) -> Channel:
    wanted = call.args.need("channel")
    room = _direct_message(call, wanted) if wanted.startswith("U") else known_channel(call)
    if not room.has_app and "chat:write.public" not in call.slack.installation.scopes:
        raise Refusal("not_in_channel")
    if room.archived:
        raise Refusal("is_archived")
    if room.kind == "im" and not call.slack.installation.messages_tab:
        raise Refusal("messages_tab_disabled")
    return room


def _direct_message(call: Call, person: str) -> Channel:
    for room in call.slack.channels.values():
        if room.kind == "im" and room.members == {person, keys.BOT_USER}:
            return room
    raise Refusal("channel_not_found")


def _thread(call: Call, room: Channel) -> Message:
    thread_ts = call.args.text("thread_ts")
    if not thread_ts:
        return {}
    root = room.root_of(thread_ts)
    if root is None:
        raise Refusal("thread_not_found")
    broadcast = {"subtype": "thread_broadcast"} if call.args.yes("reply_broadcast") else {}
    return {"thread_ts": thread_ts} | broadcast


def _content(call: Call) -> Message:
    text, blocks = call.args.text("text"), call.args.structure("blocks")
    markdown = call.args.text("markdown_text")
    attachments = call.args.structure("attachments")
    if not text.strip() and not blocks and not attachments and not markdown:
        raise Refusal("no_text")
    if markdown and (text or blocks):
        raise Refusal("markdown_text_conflict")
    content: Message = {"text": (text or markdown)[:POST_CUT]}
    if blocks:
        content["blocks"] = check.message_blocks(call.slack, blocks)
    if attachments:
        content["attachments"] = _attachments(attachments)
    return content | _metadata(call)


def _attachments(attachments: object) -> object:
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise Refusal("invalid_attachments")
    if len(attachments) > 100:
        raise Refusal("too_many_attachments")
    return attachments


def _metadata(call: Call) -> Message:
    metadata = call.args.structure("metadata")
    if metadata is None:
        return {}
    if not isinstance(metadata, dict) or not {"event_type", "event_payload"} <= set(metadata):
        raise Refusal("invalid_metadata_format")
    return {"metadata": metadata}


def _never_shared(call: Call, parts: Message) -> list[str]:
    shown = [dressing.file_of(call.slack, node) for node in dressing.image_nodes(parts["blocks"])]
    return [f for f in shown if f is not None and not call.slack.files[f].shares]
