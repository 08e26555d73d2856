"""Pictures and references: bytes live in the object store, these are their records."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes in the object store: their key (made from their SHA-256), MIME type and length in bytes."""

    key: str
    mime: str
    length: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture given as input: the person's bytes made fit for the model."""

    name: str
    blob: Blob


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a model's answer exactly as it came, for the next turn.

    `signature` is the model's opaque thought signature; Gemini 3 refuses a conversation whose parts come back without
    theirs. `thought` marks drafts and reasoning, which are never shown and never sent back.
    """

    text: str = ""
    blob: Blob | None = None
    signature: bytes | None = None
    thought: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A page the model looked at before it drew; Google's terms ask that people can go there."""

    title: str
    uri: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a turn, with the whole answer it came in.

    Width and height are the real pixels, `seconds` the time at the model, `cost` US dollars of the whole answer, drafts
    included. Signatures mean something only to the `model` that gave them, by the `route` they came (a provider's way
    to a model); both are empty where they were not recorded. `queries` are what the model searched for.
    """

    id: str
    turn: str
    index: int
    parts: tuple[Part, ...]
    blob: Blob
    width: int
    height: int
    cost: Decimal
    seconds: float
    file: str = ""  # Slack's id of the uploaded file, once there is one
    model: str = ""
    route: str = ""
    sources: tuple[Source, ...] = ()
    queries: tuple[str, ...] = ()
