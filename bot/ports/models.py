"""A call to a model, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Protocol

from bot.domain.options import Size
from bot.domain.pictures import Source
from bot.domain.spend import NOBODY, Errand, Usage
from bot.errors import ThreadpaintError


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
    """One call: the model's id, the conversation so far, and this turn's text and pictures in order.

    `thinking` is one of the model's own levels, `search` the kinds of grounding it may use, `timeout` in seconds.
    `errand` says whom the call is for. It is not sent any more after the moment `until` (by `lives.elapsed`): Paced.
    """

    model: str
    text: str
    pictures: tuple[Given, ...] = ()
    history: tuple[Exchange, ...] = ()
    ratio: str | None = None
    size: Size | None = None
    thinking: str | None = None
    search: tuple[str, ...] = ()
    timeout: float = 300.0
    errand: Errand = NOBODY
    until: float = inf


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: all parts in order, the tokens, and where the model looked. `seconds` is the time it took.

    Without a picture, `fault` says why; the usage counts all the same.
    """

    parts: tuple[Said, ...]
    usage: Usage
    seconds: float
    sources: tuple[Source, ...] = ()
    queries: tuple[str, ...] = ()
    fault: ThreadpaintError | None = None

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
    """Talks to a provider of models. `route` names its way there: what one route signed, another need not know."""

    @property
    def route(self) -> str:
        """The name of the provider's way to its models."""

    async def paint(self, ask: Ask) -> Answer:
        """One call. Raises a `bot.errors.ThreadpaintError` when no answer came, never anything of the provider's."""

    async def check(self, model: str) -> None:
        """Raises OperatorMustFix when the provider does not serve this model to us."""
