"""Speaking to people, and reading what they put there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from bot.domain.pictures import Picture
from bot.domain.requests import Act, Attachment, ImageRequest, Place
from bot.domain.spend import Budgets, TierSpend
from bot.domain.turns import Trouble, Turn


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


@dataclass(frozen=True, slots=True)
class Progress:
    """How a request at work stands: how many are `ahead` of it in line, or until when (`time.time()`) it must wait.

    Both 0: the model is painting. `ahead` None: it waits for a place, and how many do so before it is not known yet.
    `later`: while it waits, everybody else goes first.
    """

    ahead: int | None = 0
    until: float = 0.0
    later: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What the pictures of a channel, and of its workspace, cost in a month ("2026-11"), tier by tier."""

    month: str
    channel: tuple[TierSpend, ...]
    workspace: tuple[TierSpend, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one person spent on a day and in a month, tier by tier.

    `taken` is what this day has taken out of their budget so far, what is under way included, and `workspace` what this
    month has out of their workspace's; None where there is no such budget.
    """

    day: str
    today: tuple[TierSpend, ...]
    month: str
    in_month: tuple[TierSpend, ...]
    taken: Decimal | None
    workspace: Decimal | None
    budgets: Budgets


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

    async def hold(self, request: ImageRequest, turn: Turn, trouble: Trouble) -> None:
        """Post why the turn's pictures cannot be shown, and how they can be later."""

    async def picked(self, request: ImageRequest, turn: Turn, picture: Picture, offers: Sequence[Offer]) -> str:
        """Post the picture someone picked, with the buttons it can have on its own."""

    async def answer(self, request: ImageRequest, trouble: Trouble) -> None:
        """Say a sentence to the one who asked, and to nobody else where Slack can do that."""

    async def report(self, request: ImageRequest, report: Report) -> None:
        """Post the report where it was asked for, as a table with a plot. Run twice, it is posted once."""

    async def begin(self, place: Place) -> None:
        """Show in the thread that work begins. Raises ChatRefused where nothing could be shown when it ends."""

    def status(self, place: Place, look: Callable[[], Progress]) -> AbstractAsyncContextManager[None]:
        """Show in the thread that work goes on, and how it stands, for as long as the context lasts."""


class Operator(Protocol):
    """The one who runs the bot."""

    async def tell(self, id: str, trouble: Trouble) -> None:
        """Say it once for each `id`, however often and by however many processes it is told. Never raises."""


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
