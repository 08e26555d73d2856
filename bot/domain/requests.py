"""What was asked, by whom and where: the unit that is written down before Slack is told "ok"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What a request does."""

    COMMAND = "command"  # /imagine: a new thread, its root posted by the bot
    MENTION = "mention"  # the bot was called by name, in a channel, a thread or a DM
    REPLY = "reply"  # words in a thread the bot works in
    REPORT = "report"  # /imagine report: what the pictures of a channel cost
    LOST = "lost"  # a reply under a message of the bot's own that it has no record of
    AGAIN = "again"  # a button: the same request once more
    VARIATIONS = "variations"  # a button: four takes on the picture
    LITE = "lite"  # a button: the same request on the lite model
    FLASH = "flash"  # a button: the same request on the flash model
    PRO = "pro"  # a button: the same request on the Pro model
    ENLARGE = "enlarge"  # a button: the same picture in 4K
    PICK = "pick"  # a button: this one of the four is the thread's newest picture

    @property
    def is_click(self) -> bool:
        """Whether a person pressed a button for it."""
        return self in CLICKS


CLICKS = frozenset({Act.AGAIN, Act.VARIATIONS, Act.LITE, Act.FLASH, Act.PRO, Act.ENLARGE, Act.PICK})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation is. `thread` is the timestamp of its first message; empty until that is posted."""

    team: str
    channel: str
    thread: str = ""

    @property
    def id(self) -> str:
        """The thread's key in every table: Slack's ids are unique only together."""
        return f"{self.team}/{self.channel}/{self.thread}"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file a person attached; its bytes stay with Slack until the work begins."""

    file: str
    name: str


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """One delivery that asks for something, with all that is needed to do it after a restart.

    `key` is the idempotency key: the same delivery, however often it comes, has the same key. `ts` is the message's
    timestamp (a click's `action_ts`), by which requests of one thread are put in order. `text` is what was written; of
    a click the timestamp of the message that has the button. `picture` is the id of the picture whose button was
    pressed, or of the turn. `answer_url` is Slack's response_url of a command or click, good for 30 minutes. `partial`
    means that the delivery may have left out the message's files. `cancelled`: whoever asked for it does not want it
    any more; and `withdrawn`: not even its words, since its message was deleted.
    """

    key: str
    act: Act
    place: Place
    asker: str
    ts: str
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    picture: str = ""
    answer_url: str = ""
    partial: bool = False
    cancelled: bool = False
    withdrawn: bool = False

    @property
    def lane(self) -> str:
        """Requests with one lane are done one after the other. A command opens a thread of its own."""
        return self.key if self.act in (Act.COMMAND, Act.REPORT) else self.place.id
