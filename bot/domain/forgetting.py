"""What is to be forgotten, and how much that was."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Share:
    """A part of everything that is kept; each that is given makes it smaller.

    `person`, `channel` and `team` are Slack's ids; `before` is a moment in microseconds since 1970, and what is old is
    so `without` what these workspaces have. Raises ValueError when none of the first four is given: nobody forgets
    everything by leaving something out.
    """

    team: str = ""
    channel: str = ""
    person: str = ""
    before: int | None = None
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.team or self.channel or self.person) and self.before is None:
            raise ValueError("a share of everything is no share")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was forgotten, or would be. `left` are requests at work: what belongs to them stays until they end.

    `objects` in the picture store were nobody else's, `strays` were named by nobody at all; together they had `size`
    bytes. `calls` are rows of the ledger that no longer say whose they were, `overheard` turns of other people that
    lose what was said before them, `repeats` those that lose the words that they repeated.
    """

    requests: int = 0
    turns: int = 0
    pictures: int = 0
    references: int = 0
    objects: int = 0
    strays: int = 0
    size: int = 0
    verdicts: int = 0
    displays: int = 0
    threads: int = 0
    calls: int = 0
    overheard: int = 0
    repeats: int = 0
    left: int = 0

    def __add__(self, other: Forgotten) -> Forgotten:
        """Both together."""
        return Forgotten(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def __bool__(self) -> bool:
        """Whether there was anything."""
        return any(getattr(self, one.name) for one in fields(self))

    def figures(self) -> tuple[tuple[str, int], ...]:
        """Each figure with its name, in the order of the fields."""
        return tuple((one.name, getattr(self, one.name)) for one in fields(self))
