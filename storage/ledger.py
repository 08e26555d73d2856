"""The ledger in SQL: a row for each call to a model, and the budgets it keeps."""

from __future__ import annotations

import asyncio
from asyncio import Future, Task
from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.domain.limits import Limits
from bot.domain.periods import Period
from bot.domain.requests import Place
from bot.domain.spend import Bill, Budgets, Entry, Outcome, Scope, TierSpend
from storage import budgets, entries, figures, paces
from storage.budgets import Purse
from storage.clock import now
from storage.columns import rounded
from storage.database import Database
from storage.entries import Refusal, Settlement
from storage.outages import away
from storage.paces import Pace

log = structlog.get_logger()

NOT_MADE = Bill(Outcome.FREE, reason="cancelled")


class SqlLedger:
    """Keeps the promise of `bot.ports.Ledger`.

    A call counts in the day and the month in which it was begun, as `zone` has them. `executor` is this process's
    stable name, by which its next start finds what it left open. `clock` gives microseconds since 1970, `limits` the
    limits that hold now.
    """

    def __init__(
        self,
        database: Database,
        budgets: Budgets,
        zone: ZoneInfo,
        executor: str,
        clock: Callable[[], int] = now,
        limits: Callable[[], Limits] = Limits,
    ) -> None:
        self._database = database
        self._budgets = budgets
        self._zone = zone
        self._executor = executor
        self._clock = clock
        self._limits = limits
        self._openings = database.gather(self._open_all)
        self._settlings = database.gather(self._settle_all)
        self._doubtful: dict[str, Settlement] = {}
        self._clearing: set[Task[bool]] = set()

    async def open(self, entry: Entry) -> None:
        """Write the call down, with what it may cost held against the budgets, before it is made.

        Raises PersonCanFix "budget_person" or "budget_workspace" when it would pass one, "_nothing" behind it where
        that is 0, and Paced when the model is called as often as it may be in a minute; then nothing is written. Calls
        that are opened together share one transaction. ValueError for an id that is taken and for a hold below zero.
        When the database is away the call must not be made; should it be written down nevertheless, it is settled as
        free as soon as that can be done.
        """
        if rounded(entry.held) < 0:
            raise ValueError(f"{entry.held} is no hold")
        opening = asyncio.ensure_future(self._openings.add(entry))
        try:
            refusal = await asyncio.shield(opening)
        except asyncio.CancelledError:
            await asyncio.shield(self._take_back(opening, entry.id))
            raise
        except IntegrityError as exc:
            raise ValueError(f"{entry.id} is in the ledger already") from exc
        if refusal:
            raise refusal

    async def settle(self, id: str, bill: Bill) -> None:
        """What became of the call; its hold is given back, unless that is unknown. Waits for a database that is away.

        Nothing happens to a row that is settled. One that a restart has called unknown can still learn the truth.
        KeyError if there is no such call, ValueError for a bill that is none.
        """
        if bill.outcome is Outcome.OPEN or rounded(bill.price) < 0:
            raise ValueError(f"{bill} settles nothing")
        if not await self._settlings.add(Settlement(id, bill)):
            raise KeyError(id)

    async def afford(self, place: Place, asker: str, amount: Decimal) -> None:
        """Raises like `open` when this amount would pass a budget now. Holds nothing."""
        moment = self._clock()
        refusal = await self._database.read(
            lambda connection: self._purse(connection, moment).refusal(place.team, asker, rounded(amount))
        )
        if refusal:
            raise refusal

    async def spent(self, team: str, period: Period, asker: str | None = None) -> Decimal:
        """What calls take out of a workspace's or a person's budget in this period: summed from an index alone."""
        return await self._database.read(lambda connection: budgets.spent(connection, period, team, asker))

    async def by_tier(self, scope: Scope, period: Period) -> tuple[TierSpend, ...]:
        """The figures of each tier that made a call in this period, cheap tiers first."""
        return await self._database.read(lambda connection: figures.by_tier(connection, scope, period))

    def _purse(self, connection: Connection, moment: int) -> Purse:
        return Purse(connection, self._budgets, self._zone, moment)

    async def _open_all(self, batch: Sequence[Entry]) -> Sequence[Exception | None]:
        """Why each is not written. An outage is no reason to try again here: by its end the work may be another's."""
        doubtful = list(self._doubtful.values())
        try:
            refusals = await self._database.write(lambda connection: self._open(connection, batch, doubtful))
        except Exception as fault:
            if not away(fault):
                raise
            self._doubt(batch)
            return [fault] * len(batch)
        self._certain(doubtful)
        return refusals

    def _open(self, connection: Connection, batch: Sequence[Entry], doubtful: Sequence[Settlement]) -> list[Refusal]:
        limits = self._limits()
        if self._budgets != Budgets():
            budgets.lock(connection, (entry.errand.place.team for entry in batch))
        paces.lock(connection, limits, batch)
        moment = self._clock()  # after the wait for the locks: later than all that others have written
        entries.settle_all(connection, doubtful, moment)
        counters = (self._purse(connection, moment), Pace(connection, limits, moment))
        return entries.open_all(connection, batch, counters, self._executor, moment)

    async def _settle_all(self, batch: Sequence[Settlement]) -> Sequence[bool]:
        moment = self._clock()
        known = await self._database.insist(lambda connection: entries.settle_all(connection, batch, moment))
        self._certain(batch)
        return known

    def _doubt(self, batch: Sequence[Entry]) -> None:
        """Nobody knows whether these were written. The calls are not made, so they must not hold anything."""
        for entry in batch:
            settlement = self._doubtful[entry.id] = Settlement(entry.id, NOT_MADE)
            clearing = asyncio.ensure_future(self._settlings.add(settlement))
            self._clearing.add(clearing)
            clearing.add_done_callback(self._cleared)

    def _cleared(self, clearing: Task[bool]) -> None:
        self._clearing.discard(clearing)
        if not clearing.cancelled() and clearing.exception():
            log.error("calls_in_doubt", many=len(self._doubtful))

    def _certain(self, settled: Sequence[Settlement]) -> None:
        for one in settled:
            self._doubtful.pop(one.id, None)

    async def _take_back(self, opening: Future[Exception | None], id: str) -> None:
        """Whoever wanted the call is gone: it is not made, so it must not hold anything until the next start."""
        with suppress(Exception):
            if await opening is None:
                await self.settle(id, NOT_MADE)
