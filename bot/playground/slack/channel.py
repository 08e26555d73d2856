"""A channel and what was said in it."""

from dataclasses import dataclass, field
from typing import Literal

from bot.playground import keys
from bot.playground.slack.shapes import Json, Message

Kind = Literal["channel", "group", "im", "mpim"]


@dataclass
class Channel:
    """Messages by ts, oldest first; replies lie among them, and `threads` lists theirs by root.

    A message's keys that begin with "_" never leave the world. `uninvited` are mentions of an app that was no member.
    `shared`: people of another company are in it as well (Slack Connect).
    """

    id: str
    name: str
    kind: Kind
    members: set[str]
    archived: bool = False
    shared: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: dict[str, Message] = field(default_factory=dict)
    uninvited: list[Message] = field(default_factory=list)
    threads: dict[str, list[str]] = field(default_factory=dict)

    @property
    def has_app(self) -> bool:
        return keys.BOT_USER in self.members

    def roots(self) -> list[Message]:
        """The messages of the channel itself, without replies except those also sent to the channel."""
        return [m for m in self.messages.values() if not is_reply(m) or m.get("subtype") == "thread_broadcast"]

    def replies(self, ts: str) -> list[Message]:
        """The replies under a root, oldest first, without the root."""
        return [self.messages[reply] for reply in self.threads.get(ts, [])]

    def add(self, message: Message) -> None:
        """Put a message at the end."""
        self.messages[message["ts"]] = message
        if is_reply(message):
            self.threads.setdefault(message["thread_ts"], []).append(message["ts"])

    def take(self, ts: str) -> Message:
        """Take a message out for good."""
        message = self.messages.pop(ts)
        if is_reply(message):
            self.threads[message["thread_ts"]].remove(ts)
        return message

    def root_of(self, thread_ts: str) -> Message | None:
        """The message a thread hangs under, if `thread_ts` is one (a reply's own ts is not)."""
        found = self.messages.get(thread_ts)
        return None if found is None or is_reply(found) else found

    def described(self) -> Json:
        """Slack's conversation object."""
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "channel",
            "is_archived": self.archived,
            "is_member": self.has_app,
            "is_shared": self.shared,
            "is_ext_shared": self.shared,
            "context_team_id": keys.TEAM_ID,
            "num_members": len(self.members),
        }


def is_reply(message: Message) -> bool:
    """Whether a message hangs under another one (a root carries its own ts as thread_ts once it has replies)."""
    return bool(message.get("thread_ts", message["ts"]) != message["ts"])
