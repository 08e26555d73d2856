"""A turn: a request and what became of it. A thread is turns in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.domain.options import Options, Tier
from bot.domain.pictures import Picture, Reference
from bot.domain.requests import Act, Place


class State(StrEnum):
    """How far a turn has come."""

    ASKED = "asked"
    PAINTED = "painted"
    SHOWN = "shown"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A reason with its facts, as data: what an error leaves behind for `handlers.wording`."""

    reason: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """A request, the model it went to, what it was given and what came back.

    `parent` is the id of the picture it started from; the chain of parents is the model's context. `prompt` is the
    person's words without flags; `words` the exact text they typed. `escalated` is the tier a button chose for this
    turn alone; `options.tier` is what was typed and holds for the replies that follow. `notes` are what people should
    know besides: files left out, another model than asked. `left_out` says what of the story the model was not given.
    `author` is whose words these are, where somebody else had them repeated; without a prompt, that one is forgotten.
    """

    id: str
    place: Place
    act: Act
    asker: str
    words: str
    prompt: str
    options: Options
    model: str
    parent: str = ""
    escalated: Tier | None = None
    state: State = State.ASKED
    references: tuple[Reference, ...] = ()
    context: str = ""  # what people had said in their own thread before they called the bot
    notes: tuple[Trouble, ...] = ()
    pictures: tuple[Picture, ...] = ()
    missing: int = 0  # how many of the pictures asked for did not come
    trouble: Trouble | None = None
    post: str = ""  # timestamp of the message that shows the result, once posted
    left_out: Trouble | None = None
    author: str = ""

    @property
    def cost(self) -> Decimal:
        """What the pictures of this turn cost together, in US dollars."""
        return sum((picture.cost for picture in self.pictures), Decimal(0))

    @property
    def seconds(self) -> float:
        """The longest any picture of this turn was at the model: they are painted at the same time."""
        return max((picture.seconds for picture in self.pictures), default=0.0)
