"""What is kept: requests, threads, turns, intents, bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.pictures import Blob, Picture, Reference
from bot.domain.requests import ImageRequest, Place
from bot.domain.threads import Thread
from bot.domain.turns import Trouble, Turn


class Accepted(StrEnum):
    """What became of a delivery at the door."""

    NEW = "new"  # written down now
    KNOWN = "known"  # this very delivery was written down before
    TWIN = "twin"  # another click on the same button is still being worked on, or was seconds ago
    GONE = "gone"  # nothing was written down: its workspace has taken the bot out


@dataclass(frozen=True, slots=True)
class Cancelled:
    """How many requests were called off while they waited, and how many were at work and are being stopped."""

    waiting: int
    at_work: int


class Requests(Protocol):
    """The accepted requests. What `accept` has returned for survives a power cut."""

    async def accept(self, request: ImageRequest) -> Accepted:
        """Write the request down unless it is known; a mention at the top of a channel opens its thread with it.

        Of a workspace that has left nothing is written down.
        """

    async def find(self, key: str) -> ImageRequest:
        """The request as it now stands (its place has a thread once the root is posted). KeyError if unknown."""

    async def claim(self, most: int) -> list[str]:
        """Take up to `most` waiting requests whose lane has nobody at work, one a lane, oldest accepted first.

        Whoever else claims at the same moment gets none of them, and none of their lanes.
        """

    async def at_work(self) -> list[str]:
        """Keys this executor has at work, oldest first."""

    async def adopt(self, key: str) -> int | None:
        """It is this executor's from now on. How many processes have died with it; None when it is finished."""

    async def begun(self, key: str) -> None:
        """It really begins now: should this process die, that counts against it."""

    async def failed(self, key: str, reason: str) -> None:
        """Given up for good; kept with the reason for the one who runs the bot."""

    async def cancel(self, place: Place, asker: str, before: str = "") -> Cancelled:
        """Call off what this person has here: in the place's thread, or without one in the whole channel.

        Slack may deliver the wish again minutes later, so what was asked after it (`before`, a timestamp) stays. What
        waits is over, and was never begun. What is at work, in whatever process, is only marked.
        """

    async def abandon(self, team: str) -> Cancelled:
        """Call off everything of this workspace, whoever asked for it: it has taken the bot out."""

    async def withdraw(self, key: str, turn: str) -> None:
        """Its message was deleted: call it off, unless a call to a model was begun for its turn.

        Nothing happens to what is finished, or unknown.
        """

    async def cancelled(self) -> frozenset[str]:
        """Keys this executor has at work that were called off."""

    async def rooted(self, key: str, place: Place) -> None:
        """The command's root message is posted: its thread exists, is ours, and is now the request's lane."""

    async def finish(self, key: str) -> None:
        """Done, shown, answered: the lane is free."""


class Executors(Protocol):
    """Processes that work, each under a stable name of its own. This is the one called by ours, in this life."""

    async def join(self) -> None:
        """Begin this life: what an earlier one under our name left at work is ours again.

        Raises OperatorMustFix "executor_taken" when another process lives under our name.
        """

    async def beat(self) -> bool:
        """A sign of life. False: we were taken for dead, and what we had at work is somebody else's by now."""

    async def inherit(self) -> frozenset[str]:
        """Make ours what the dead and the departed left at work, and return who they were. One heir gets it all."""

    async def alive(self) -> frozenset[str]:
        """The lives under all names, and the names, whose work nobody else has taken over."""

    async def leave(self) -> None:
        """The end of this life, in good order: whoever takes our work over need not think that it killed us."""


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

    async def moved(self, id: str, model: str, note: Trouble) -> None:
        """The turn goes to this model instead; `note` is added to its notes, once."""

    async def told(self, id: str, left_out: Trouble | None) -> None:
        """What of the story the model was not given; None when it was given all."""

    async def add(self, picture: Picture) -> None:
        """Store a picture with its answer: the turn is painted. Nothing happens if (turn, index) is already there.

        It was paid for: this returns once it is written, however long the database is away.
        """

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
