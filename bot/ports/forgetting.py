"""What forgetting needs: rows, bytes, the history of jobs, and who has left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.forgetting import Forgotten, Share
from bot.domain.pictures import Blob


@dataclass(frozen=True, slots=True)
class Batch:
    """Some turns of which something is to be forgotten, and the objects that no turn needs any more afterwards."""

    turns: tuple[str, ...]
    blobs: tuple[Blob, ...]


class Rows(Protocol):
    """The rows. Everything may be run again at any point: what is gone is not found again."""

    async def look(self, share: Share) -> Forgotten:
        """What forgetting this share would come to now. Changes nothing. Reads much: everything is counted."""

    async def at_work(self, share: Share) -> int:
        """How many requests are at work that are of this share, or repeat words of it: not found by the others here."""

    async def erase_threads(self, share: Share) -> Forgotten:
        """Close this share's threads; a person's are those of their direct messages, found by what they asked there.

        So it has to come before anything else is deleted.
        """

    async def turns(self, share: Share) -> Batch:
        """The next turns of this share, without those whose request is at work; none when all are gone."""

    async def erase_turns(self, batch: Batch) -> Forgotten:
        """Delete these turns with all they carry. Their bytes have to be gone already."""

    async def repeats(self, share: Share) -> Batch:
        """The next turns of others that repeat a person's words, without those at work; none when all are bare."""

    async def erase_words(self, batch: Batch) -> Forgotten:
        """Leave these turns their pictures, and take from them the words and references that they repeat."""

    async def ended(self, share: Share) -> Sequence[str]:
        """Keys of the next requests of this share that have ended; none when all are gone."""

    async def erase_requests(self, keys: Sequence[str]) -> Forgotten:
        """Delete these requests, with the intents of what was said about them."""

    async def erase_waiting(self, share: Share) -> Sequence[str]:
        """Delete the requests of this share that nobody has begun, and return their keys."""

    async def erase_rest(self, share: Share) -> Forgotten:
        """Delete what belongs to no turn: words on other people's pictures, and the names in the ledger."""

    async def settle(self) -> None:
        """Nothing of what was deleted stands in the database's files, as far as that is in our hands."""


class Bytes(Protocol):
    """The picture store, as far as it forgets."""

    async def drop(self, blob: Blob) -> None:
        """The object is gone for good when this returns. Nothing happens where there is none."""


class History(Protocol):
    """What the job engine remembers of requests."""

    async def forget(self, keys: Sequence[str]) -> None:
        """Delete everything it remembers of them, also from its files. Nothing happens to those it does not know."""


class Departures(Protocol):
    """The workspaces that have taken the bot out."""

    async def left(self, team: str) -> bool:
        """It has left now; a workspace that has left before keeps its first moment. Whether this is news."""

    async def returned(self, team: str) -> bool:
        """It is back: its data stays. Whether it had left."""

    async def gone_since(self, moment: int) -> Sequence[str]:
        """Those that left before this moment (microseconds since 1970) and have not come back."""
