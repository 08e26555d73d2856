"""Writing calls into the ledger, as part of somebody's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, insert, select, update

from bot.domain.spend import UNCOUNTED, Bill, Entry, Outcome, Usage
from bot.errors import Paced, PersonCanFix
from storage.budgets import Purse
from storage.columns import rounded
from storage.paces import Pace
from storage.rows import Row, place_row
from storage.tables import ledger

Refusal = PersonCanFix | Paced | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of the call with this id."""

    id: str
    bill: Bill


def open_all(
    connection: Connection, batch: Sequence[Entry], counters: tuple[Purse, Pace], executor: str, begun: int
) -> list[Refusal]:
    """Write down those that purse and pace allow, in order: each finds less than the one before. The others' refusals.

    Who can wait is not kept from hearing that it would be in vain: the purse is asked first.
    """
    refusals = [_try(entry, *counters) for entry in batch]
    rows = [_opened(entry, executor, begun) for entry, no in zip(batch, refusals, strict=True) if no is None]
    if rows:
        connection.execute(insert(ledger), rows)
    return refusals


def settle_all(connection: Connection, batch: Sequence[Settlement], settled: int) -> list[bool]:
    """Settle those that are not settled yet. For each, whether there is such a call."""
    return [_settle(connection, one, settled) for one in batch]


def _try(entry: Entry, purse: Purse, pace: Pace) -> Refusal:
    held, errand = rounded(entry.held), entry.errand
    refusal = purse.refusal(errand.place.team, errand.asker, held) or pace.refusal(entry.model, entry.route)
    if refusal is None:
        purse.take(errand.place.team, errand.asker, held)
        pace.take(entry.model, entry.route)
    return refusal


def _opened(entry: Entry, executor: str, begun: int) -> Row:
    held = rounded(entry.held)
    return {
        **place_row(entry.errand.place),
        **_counted(UNCOUNTED),
        "id": entry.id,
        "executor": executor,
        "turn": entry.errand.turn,
        "position": entry.errand.index,
        "asker": entry.errand.asker,
        "model": entry.model,
        "tier": entry.tier.value,
        "route": entry.route,
        "size": entry.size.value,
        "begun": begun,
        "outcome": Outcome.OPEN.value,
        "reason": "",
        "held": held,
        "price": Decimal(0),
        "counts": held,
    }


def _settle(connection: Connection, one: Settlement, settled: int) -> bool:
    price = rounded(one.bill.price)
    unknown = one.bill.outcome is Outcome.UNKNOWN
    values = {
        **_counted(one.bill.usage),
        "outcome": one.bill.outcome.value,
        "reason": one.bill.reason,
        "settled": settled,
        "price": price,
        "counts": ledger.c.held if unknown else price,
    }
    here = ledger.c.id == one.id
    if connection.execute(update(ledger).where(here, ledger.c.settled.is_(None)).values(values)).rowcount:
        return True
    return connection.execute(select(ledger.c.id).where(here)).first() is not None


def _counted(usage: Usage) -> Row:
    return {
        "prompt": usage.prompt,
        "prompt_image": usage.prompt_image,
        "image": usage.image,
        "thinking": usage.thinking,
        "total": usage.total,
        "pictures": usage.pictures,
        "queries": usage.queries,
    }
