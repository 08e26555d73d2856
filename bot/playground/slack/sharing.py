"""Who may see which file."""

from bot.playground import keys
from bot.playground.slack.channel import Channel
from bot.playground.slack.file import File
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json


def visible_to(slack: Slack, person: str, file: File) -> bool:
    """A file is its owner's until it is shared; then it is for the members of those channels."""
    shared = (slack.channels.get(channel) for channel in file.shares)
    return file.owner == person or any(room is not None and person in room.members for room in shared)


def for_app(slack: Slack, file_id: str) -> File:
    """The file, if the app may see it; otherwise Slack says that there is none."""
    file = slack.files.get(file_id)
    if file is None or not file.completed or not visible_to(slack, keys.BOT_USER, file):
        raise Refusal("file_not_found")
    return file


def share(file: File, channel: Channel, ts: str) -> None:
    """Note that a message shows this file in a channel."""
    file.shares.setdefault(channel.id, []).append(ts)


def unshare(slack: Slack, channel: Channel, ts: str) -> None:
    """A message is gone: whatever it alone showed in a channel is private to its owner again."""
    for file in slack.files.values():
        left = [stamp for stamp in file.shares.get(channel.id, []) if stamp != ts]
        file.shares = {room: left if room == channel.id else stamps for room, stamps in file.shares.items()}
        file.shares = {room: stamps for room, stamps in file.shares.items() if stamps}


def described(slack: Slack, file: File) -> Json:
    """The file object, with what is private in this workspace told apart; of one that is kept back only that."""
    if file.kept_back:
        return {"id": file.id, **file.kept_back}
    private = frozenset(room.id for room in slack.channels.values() if room.kind != "channel")
    return file.described(slack.url, private)


def delete(slack: Slack, file: File) -> None:
    """Forget a file's bytes; messages keep a tombstone where it was."""
    del slack.files[file.id]


def find_by_url(slack: Slack, url: str) -> File | None:
    """The file an address leads to: its url_private, the download one, or its permalink."""
    for file in slack.files.values():
        told = file.described(slack.url)
        if url in (told["url_private"], told["url_private_download"], told["permalink"]):
            return file
    return None
