"""What the rooms need from outside, as protocols. Wiring hands in what keeps each promise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from bot.domain.options import Size
from bot.domain.pictures import Blob, Picture, Reference
from bot.domain.requests import Act, Attachment, ImageRequest, Place
from bot.domain.threads import Thread
from bot.domain.turns import Trouble, Turn


class Accepted(StrEnum):
    """What became of a delivery at the door."""

    NEW = "new"  # written down now
    KNOWN = "known"  # this very delivery was written down before
    TWIN = "twin"  # another click on the same button is still being worked on, or was seconds ago


class Requests(Protocol):
    """The accepted requests. What `accept` has returned for survives a power cut."""

    async def accept(self, request: ImageRequest) -> Accepted:
        """Write the request down unless it is known; a mention at the top of a channel opens its thread with it."""

    async def find(self, key: str) -> ImageRequest:
        """The request as it now stands (its place has a thread once the root is posted). KeyError if unknown."""

    async def admissible(self, most: int) -> list[str]:
        """Keys of waiting requests whose lane has nobody at work, one a lane, oldest accepted first."""

    async def admit(self, keys: Sequence[str]) -> None:
        """Mark as at work."""

    async def at_work(self) -> list[str]:
        """Keys admitted and not finished, oldest first."""

    async def rooted(self, key: str, place: Place) -> None:
        """The command's root message is posted: its thread exists, is ours, and is now the request's lane."""

    async def finish(self, key: str) -> None:
        """Done, shown, answered: the lane is free."""


class Threads(Protocol):
    """The threads the bot works in."""

    async def find(self, place: Place) -> Thread | None:
        """The thread at this place, if the bot works there."""

    async def open(self, thread: Thread) -> None:
        """Begin to work there; nothing happens if it is already so."""

    async def point(self, place: Place, picture: str) -> None:
        """This picture is now the thread's newest."""


class Turns(Protocol):
    """The turns, each with its references, its pictures and their exact parts."""

    async def begin(self, turn: Turn) -> Turn:
        """Store it, or return what is stored under its id."""

    async def find(self, id: str) -> Turn:
        """KeyError if unknown."""

    async def of_picture(self, picture: str) -> Turn | None:
        """The turn this picture belongs to."""

    async def chain(self, picture: str) -> tuple[Turn, ...]:
        """The turn of this picture with all its ancestors by `parent`, oldest first. Empty for an unknown picture."""

    async def gathered(self, id: str, references: Sequence[Reference], context: str, notes: Sequence[Trouble]) -> None:
        """What the model will be given besides the prompt. Replaces what an earlier run stored."""

    async def add(self, picture: Picture) -> None:
        """Store a picture with its answer: the turn is painted. Nothing happens if (turn, index) is already there."""

    async def fell_short(self, id: str, missing: int, trouble: Trouble) -> None:
        """So many pictures will not come, and why. With no picture at all the turn has failed."""

    async def shown(self, turn: Turn, post: str) -> None:
        """The result stands at this timestamp, its pictures have their files, and the first is the thread's newest.

        A failed turn stays failed.
        """

    async def withdrawn(self, place: Place, post: str) -> None:
        """The message that showed a turn was deleted: `post` becomes empty. Nothing happens if it showed none."""


@dataclass(frozen=True, slots=True)
class Intent:
    """Something that is to be said once. `fresh`: nobody meant to say it before; `said`: it was said."""

    fresh: bool
    said: bool


class Posts(Protocol):
    """Intents: written before something is said, so that a later run looks for it before saying it again."""

    async def intend(self, id: str) -> Intent:
        """Record the intent."""

    async def said(self, id: str) -> None:
        """It was said: for what leaves no trace in Slack that could be looked for."""


class Pictures(Protocol):
    """The object store."""

    async def put(self, data: bytes, mime: str) -> Blob:
        """Keep the bytes under a key made from their SHA-256; storing the same bytes twice is one object."""

    async def get(self, blob: Blob) -> bytes:
        """The bytes. FileNotFoundError when they are gone."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, by kind. `total` is what the provider says; on refusals only it can be trusted."""

    prompt: int = 0
    image: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """A picture handed to the model: its bytes and MIME type."""

    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Said:
    """One part as the model gave it: text, or a picture's bytes."""

    text: str = ""
    given: Given | None = None
    signature: bytes | None = None
    thought: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier turn: what the person gave, and the model's own parts exactly as they came."""

    text: str
    pictures: tuple[Given, ...]
    answer: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """One call: the model's id, the conversation so far, and this turn's text and pictures in order."""

    model: str
    text: str
    pictures: tuple[Given, ...] = ()
    history: tuple[Exchange, ...] = ()
    ratio: str | None = None
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: all parts in order, and the tokens. `picture` is the last part that is no thought."""

    parts: tuple[Said, ...]
    usage: Usage
    seconds: float

    @property
    def picture(self) -> Given | None:
        """The picture to show: drafts come before it."""
        shown = [part.given for part in self.parts if part.given and not part.thought]
        return shown[-1] if shown else None

    @property
    def words(self) -> str:
        """What the model said aloud."""
        return "".join(part.text for part in self.parts if not part.thought).strip()


class Engine(Protocol):
    """Talks to a provider of models."""

    async def paint(self, ask: Ask) -> Answer:
        """One call. Raises a `bot.errors.ThreadpaintError`, never anything of the provider's."""

    async def check(self, model: str) -> None:
        """Raises OperatorMustFix when the provider does not serve this model to us."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What people said in their own thread before the bot was called, oldest first, and the pictures they attached."""

    text: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a button under a picture would do, and about what it would cost in US dollars."""

    act: Act
    price: Decimal


class Messenger(Protocol):
    """Speaks to people. What is said once is not said again when a step runs twice.

    Raises ChatDown when it may work later, ChatRefused when it will not.
    """

    async def root(self, request: ImageRequest, turn: Turn) -> str:
        """Post the first message of a command's thread and return its timestamp."""

    async def upload(self, picture: Picture, data: bytes, turn: Turn) -> str:
        """Hand the picture's bytes to Slack and return the file's id. Run twice, one file is seen by nobody."""

    async def processed(self, file: str) -> None:
        """Wait until Slack can show this file."""

    async def show(self, turn: Turn, offers: Sequence[Offer]) -> str:
        """Post the turn's result, or its trouble, in the thread and return the message's timestamp."""

    async def picked(self, request: ImageRequest, turn: Turn, picture: Picture, offers: Sequence[Offer]) -> str:
        """Post the picture someone picked, with the buttons it can have on its own."""

    async def answer(self, request: ImageRequest, trouble: Trouble) -> None:
        """Say a sentence to the one who asked, and to nobody else where Slack can do that."""

    def status(self, place: Place, ahead: Callable[[], int]) -> AbstractAsyncContextManager[None]:
        """Show in the thread that work goes on, and how many are ahead, for as long as the context lasts."""


class Slackside(Protocol):
    """Reads what people put into Slack."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """The file's bytes. Raises PersonCanFix naming the file when it cannot be had."""

    async def attached(self, place: Place, ts: str) -> tuple[Attachment, ...]:
        """The files of one message, asked for when its delivery may have left them out."""

    async def still_there(self, file: str) -> bool:
        """Whether people can still see this file of ours."""

    async def overhear(self, place: Place, before: str) -> Heard:
        """What was said in this thread before a timestamp, bounded."""
