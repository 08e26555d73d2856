"""Stands in for the ledger and for what people think of pictures, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bot.domain.periods import Period
from bot.domain.requests import ImageRequest, Place
from bot.domain.spend import Bill, Entry, Scope, TierSpend, Verdict
from bot.ports import Accepted, Intent


@dataclass
class RememberedVerdicts:
    """Verdicts by picture and person. `fault` is raised by the next to give one; `looks` counts messages looked up.

    Nothing is remembered of pictures that are `forgotten`.
    """

    shown: dict[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)
    held: dict[tuple[str, str], Verdict] = field(default_factory=dict)
    fault: Exception | None = None
    looks: int = 0
    forgotten: frozenset[str] = frozenset()

    async def give(self, verdicts: Sequence[Verdict]) -> frozenset[str]:
        if self.fault:
            fault, self.fault = self.fault, None
            raise fault
        for verdict in verdicts:
            before = self.held.get((verdict.picture, verdict.person))
            known = verdict.picture not in self.forgotten
            if known and (before is None or verdict.moment >= before.moment):
                self.held[verdict.picture, verdict.person] = verdict
        return frozenset(verdict.picture for verdict in verdicts) - self.forgotten

    async def tally(self, pictures: Sequence[str]) -> tuple[int, int]:
        of_these = [verdict for verdict in self.held.values() if verdict.picture in pictures]
        kept = len({verdict.person for verdict in of_these if verdict.kept is True})
        discarded = len({verdict.person for verdict in of_these if verdict.kept is False})
        await asyncio.sleep(0)  # a real one lets others in before it answers
        return kept, discarded

    async def at(self, place: Place, post: str) -> tuple[str, ...]:
        self.looks += 1
        return self.shown.get((place.team, place.channel, post), ())

    async def display(self, place: Place, post: str, pictures: Sequence[str]) -> None:
        self.shown[place.team, place.channel, post] = tuple(pictures)


@dataclass
class RememberedLedger:
    """Figures as they were put in, by scope. While `stuck` is set, nobody gets an answer."""

    figures: dict[Scope, tuple[TierSpend, ...]] = field(default_factory=dict)
    asked: list[tuple[Scope, str]] = field(default_factory=list)
    stuck: bool = False
    fault: Exception | None = None

    async def by_tier(self, scope: Scope, period: Period) -> tuple[TierSpend, ...]:
        self.asked.append((scope, period.name))
        if self.fault:
            raise self.fault
        if self.stuck:
            await asyncio.Event().wait()
        return self.figures.get(scope, ())

    async def spent(self, team: str, period: Period, asker: str | None = None) -> Decimal:
        scope = Scope(team, asker=asker or "")
        return sum((one.spend + one.unknown for one in await self.by_tier(scope, period)), Decimal(0))

    async def open(self, entry: Entry) -> None: ...

    async def settle(self, id: str, bill: Bill) -> None: ...

    async def afford(self, place: Place, asker: str, amount: Decimal) -> None: ...


@dataclass
class RememberedPosts:
    """Intents. While `stuck` is set, nobody gets an answer."""

    meant: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    stuck: bool = False

    async def intend(self, id: str) -> Intent:
        if self.stuck:
            await asyncio.Event().wait()
        fresh, said = id not in self.meant, id in self.done
        self.meant.add(id)
        return Intent(fresh, said)

    async def said(self, id: str) -> None:
        self.done.add(id)


@dataclass
class RememberedRequests:
    """What a `Submit` was handed."""

    taken: list[ImageRequest] = field(default_factory=list)

    async def accept(self, request: ImageRequest) -> Accepted:
        self.taken.append(request)
        return Accepted.NEW
