"""files.*: the three-step upload, and what became of a file."""

import re

from bot.playground import keys
from bot.playground.slack import messages, people, sharing, statuses_board
from bot.playground.slack.blockkit import check
from bot.playground.slack.channel import Channel
from bot.playground.slack.clock import fresh_id
from bot.playground.slack.file import File
from bot.playground.slack.methods.chat import as_app
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json, Message

MOST_BYTES = 1024**3
MOST_ALT = 1000
MOST_FILES = 10


@method("files.getUploadURLExternal", "files:write", tier="t4")
def get_upload_url(call: Call) -> Json:
    """Step one: a place to send exactly `length` bytes to, once."""
    name = call.args.need("filename")
    length = call.args.need("length")
    if not re.fullmatch(r"[1-9][0-9]*", length):
        raise Refusal.because("invalid_arguments", "must be a positive integer [json-pointer:/length]")
    if int(length) > MOST_BYTES:
        raise Refusal("file_upload_size_restricted")
    alt_txt = call.args.text("alt_txt")
    if len(alt_txt) > MOST_ALT:
        raise Refusal("alt_txt_too_large")
    file = File(fresh_id("F"), _safe(name), name, keys.BOT_USER, b"", alt_txt=alt_txt)
    file.expected = int(length)
    call.slack.files[file.id] = file
    token = fresh_id("U")
    call.slack.uploads[token] = file.id
    return {"upload_url": f"{call.slack.url}/slack/upload/{token}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write", tier="t4")
def complete_upload(call: Call) -> Json:
    """Step three: the files become files; with a channel they are shared there once processed."""
    files = _completed(call)
    rooms = _rooms(call)
    content = _caption(call, rooms)
    for file, title in files:
        file.title = title or file.title
        file.completed = True
    ids = [file.id for file, _ in files]
    call.slack.chores.later(call.slack.settings.file_delay, lambda: _finish(call, ids, rooms, content))
    return {"files": [sharing.described(call.slack, file) for file, _ in files]}


@method("files.info", "files:read", tier="t4")
def info(call: Call) -> Json:
    """What is known of a file by now."""
    file = sharing.for_app(call.slack, call.args.need("file"))
    return {"file": sharing.described(call.slack, file), "comments": [], "response_metadata": {"next_cursor": ""}}


@method("files.delete", "files:write", tier="t3")
def delete(call: Call) -> Json:
    """Delete an own file."""
    file = sharing.for_app(call.slack, call.args.need("file"))
    if file.owner != keys.BOT_USER:
        raise Refusal("cant_delete_file")
    people.delete_everywhere(call.slack, file)
    return {}


@method("files.upload", "files:write", tier="t2")
def upload(_call: Call) -> Json:
    """The old one-step upload, which Slack has switched off."""
    raise Refusal("method_deprecated")


def _safe(name: str) -> str:
    return re.sub(r"[^\w.()-]+", "_", name.rsplit("/", 1)[-1]) or "file"


def _completed(call: Call) -> list[tuple[File, str]]:
    wanted = call.args.structure("files")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(entry, dict) for entry in wanted):
        raise Refusal.because("invalid_arguments", "missing required field: files")
    if len(wanted) > MOST_FILES:
        raise Refusal("max_file_sharing_exceeded")
    return [(_uploaded(call, entry), str(entry.get("title") or "")) for entry in wanted]


def _uploaded(call: Call, entry: Json) -> File:
    file = call.slack.files.get(str(entry.get("id", "")))
    if file is None or file.owner != keys.BOT_USER or file.completed or not file.data:
        raise Refusal("file_not_found")
    return file


def _rooms(call: Call) -> list[Channel]:
    listed = call.args.text("channels").split(",") if call.args.text("channels") else []
    wanted = [w for w in [call.args.text("channel_id"), *listed] if w]
    if len(wanted) > 100:
        raise Refusal("too_many_channels")
    return [_room(call, one) for one in dict.fromkeys(wanted)]


def _room(call: Call, wanted: str) -> Channel:
    for room in call.slack.channels.values():
        if room.id == wanted or (room.kind == "im" and room.members == {wanted, keys.BOT_USER}):
            if not room.has_app:
                raise Refusal("not_in_channel" if room.kind == "channel" else "channel_not_found")
            return room
    raise Refusal("channel_not_found")


def _caption(call: Call, rooms: list[Channel]) -> Message:
    comment, blocks = call.args.text("initial_comment"), call.args.structure("blocks")
    content: Message = {"text": comment}
    thread_ts = call.args.text("thread_ts")
    if thread_ts:
        if any(room.root_of(thread_ts) is None for room in rooms):
            raise Refusal("thread_not_found")
        content["thread_ts"] = thread_ts
    if blocks and not comment:
        content["blocks"] = check.message_blocks(call.slack, blocks)
    return as_app(call) | content


def _finish(call: Call, ids: list[str], rooms: list[Channel], content: Message) -> None:
    left = [call.slack.files[file_id] for file_id in ids if file_id in call.slack.files]
    for file in left:
        file.process()
    for room in rooms if left else []:
        message = content | {"files": [{"id": file.id} for file in left], "upload": True}
        posted = messages.put(call.slack, room, message | {"subtype": "file_share"})
        statuses_board.clear_after_post(call.slack, room, posted)
