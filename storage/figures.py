"""What was spent, tier by tier, and how much of it people kept."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, null, select, true, union_all

from bot.domain.options import Tier
from bot.domain.periods import Period
from bot.domain.spend import Outcome, Scope, TierSpend
from storage.opinions import PAID, PICTURE, STANDS, SURPLUS
from storage.sums import halves, whole
from storage.tables import ledger, remembered, verdicts

CHEAP_FIRST = list(Tier)
MAYBE: ColumnElement[Decimal] = case((ledger.c.outcome == Outcome.UNKNOWN.value, ledger.c.held), else_=null())


def by_tier(connection: Connection, scope: Scope, period: Period) -> tuple[TierSpend, ...]:
    """The figures of each tier that made a call in this period, cheap tiers first.

    A picture is judged when anybody's verdict on it stands, and kept when more people keep it than discard it; one that
    is forgotten is what it was when that happened.
    """
    here = _within(scope, period)
    said = {row.tier: (row.judged, row.kept) for row in connection.execute(_judged(here))}
    found = []
    for tier, calls, pictures, spend_upper, spend_lower, maybe_upper, maybe_lower in connection.execute(_spent(here)):
        spend, unknown = whole(spend_upper, spend_lower), whole(maybe_upper, maybe_lower)
        found.append(TierSpend(Tier(tier), calls, spend, unknown, pictures, *said.get(tier, (0, 0))))
    return tuple(sorted(found, key=lambda figures: CHEAP_FIRST.index(figures.tier)))


def _within(scope: Scope, period: Period) -> ColumnElement[bool]:
    return and_(
        ledger.c.team == scope.team,
        ledger.c.channel == scope.channel if scope.channel else true(),
        ledger.c.asker == scope.asker if scope.asker else true(),
        ledger.c.begun >= period.start,
        ledger.c.begun < period.end,
    )


def _spent(here: ColumnElement[bool]) -> Select[str, int, int, int, int, int, int]:
    pictures = func.count(case((PAID, 1)))
    query = select(ledger.c.tier, func.count(), pictures, *halves(ledger.c.price), *halves(MAYBE))
    return query.where(here).group_by(ledger.c.tier)


def _judged(here: ColumnElement[bool]) -> Select[str, int, int]:
    """A picture that was paid for twice, because the process died before it was stored, is still one picture."""
    query = select(ledger.c.tier, (SURPLUS > 0).label("keep")).join_from(
        ledger, verdicts, verdicts.c.picture == PICTURE
    )
    standing = query.where(here, PAID, STANDS).group_by(ledger.c.tier, verdicts.c.picture)
    forgotten = select(ledger.c.tier, ledger.c.kept).where(here, remembered)
    opinions = union_all(standing, forgotten).subquery("opinions")
    kept = func.count(case((opinions.c.keep, 1)))
    return select(opinions.c.tier, func.count().label("judged"), kept.label("kept")).group_by(opinions.c.tier)
