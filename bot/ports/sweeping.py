"""What sweeping the picture store needs: what lies in it, what rows name, and whose store it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Found:
    """An object as the store lists it: key, length in bytes, and when it was stored last (seconds since 1970)."""

    key: str
    length: int
    stored: float


class Shelves(Protocol):
    """The picture store, as far as it can be looked through. Raises StoreDown and OperatorMustFix as it does."""

    def everything(self) -> AsyncIterator[Sequence[Found]]:
        """What of ours lies there, page by page."""

    async def discard(self, found: Found) -> bool:
        """Delete what was found, unless it was stored again since. Whether it was deleted."""


class Naming(Protocol):
    """The rows that name objects."""

    async def unnamed(self, keys: Collection[str]) -> frozenset[str]:
        """Those of these keys that no row names."""


class Claims(Protocol):
    """Whose store it is: of what another database's rows name, ours know nothing."""

    async def stake(self) -> None:
        """Say in the store that our database uses it. Nothing happens when that is said already."""

    async def ours_since(self) -> float | None:
        """Since when (seconds since 1970) it is ours; None when it is not, or not ours alone."""

    async def swept_since(self, moment: float) -> bool:
        """Whether anybody has begun to sweep after this moment (seconds since 1970)."""

    async def begin(self) -> None:
        """Say that we begin to sweep now."""

    async def give_up(self) -> None:
        """Take that back: somebody should try again."""
