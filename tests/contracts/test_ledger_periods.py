"""Days and months of budgets: they begin at midnight where the operator says, whatever the clocks there do."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.domain.periods import day, month
from bot.domain.spend import Scope
from bot.errors import PersonCanFix
from tests.contracts.conftest import Ledgers
from tests.contracts.made import ROOM, Clock, entry

# Zone; a moment; the last moment (UTC) of its day, and of its month.
EDGES = [
    ("UTC", "2026-11-30T23:59:59+00:00", "2026-11-30T23:59:59+00:00", "2026-11-30T23:59:59+00:00"),
    ("Europe/Berlin", "2026-11-30T23:30:00+00:00", "2026-12-01T22:59:59+00:00", "2026-12-31T22:59:59+00:00"),
    # 23 and 25 hours.
    ("Europe/Berlin", "2026-03-29T00:00:00+01:00", "2026-03-29T21:59:59+00:00", "2026-03-31T21:59:59+00:00"),
    ("Europe/Berlin", "2026-10-25T00:00:00+02:00", "2026-10-25T22:59:59+00:00", "2026-10-31T22:59:59+00:00"),
    # The hour after midnight comes twice: both are the same day.
    ("America/Havana", "2026-11-01T00:30:00-04:00", "2026-11-02T04:59:59+00:00", "2026-12-01T04:59:59+00:00"),
    ("America/Havana", "2026-11-01T00:30:00-05:00", "2026-11-02T04:59:59+00:00", "2026-12-01T04:59:59+00:00"),
    # There is no midnight.
    ("America/Sao_Paulo", "2018-11-04T01:00:00-02:00", "2018-11-05T01:59:59+00:00", "2018-12-01T01:59:59+00:00"),
    # A whole day is missing.
    ("Pacific/Apia", "2011-12-29T12:00:00-10:00", "2011-12-30T09:59:59+00:00", "2011-12-31T09:59:59+00:00"),
    ("Asia/Kathmandu", "2028-02-29T12:00:00+05:45", "2028-02-29T18:14:59+00:00", "2028-02-29T18:14:59+00:00"),
    ("Pacific/Kiritimati", "2026-12-31T23:59:59+14:00", "2026-12-31T09:59:59+00:00", "2026-12-31T09:59:59+00:00"),
]


def micro(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1_000_000


@pytest.mark.parametrize(("zone", "at", "last_of_day", "last_of_month"), EDGES)
@pytest.mark.parametrize("whose", ["person", "workspace"])
async def test_a_budget_is_there_again_with_the_next_period(
    ledgers: Ledgers, clock: Clock, zone: str, at: str, last_of_day: str, last_of_month: str, whose: str
) -> None:
    ledger = ledgers(**{whose: "0.07"}, zone=zone)
    last = micro(last_of_day if whose == "person" else last_of_month)
    clock.now = micro(at)
    await ledger.open(entry("a"))
    clock.now = last + 999_999
    with pytest.raises(PersonCanFix) as caught:
        await ledger.open(entry("b"))
    assert caught.value.facts["resets"] == str(last // 1_000_000 + 1)
    clock.now += 1
    await ledger.open(entry("b"))
    clock.now -= 1
    with pytest.raises(PersonCanFix):
        await ledger.afford(ROOM, "U1", Decimal("0.01"))


@pytest.mark.parametrize(("zone", "at"), [edge[:2] for edge in EDGES])
def test_every_moment_of_a_period_names_the_same_period(zone: str, at: str) -> None:
    for period_at in (day, month):
        period = period_at(micro(at), ZoneInfo(zone))
        moments = range(period.start, period.end, 15 * 60 * 1_000_000)
        assert {period_at(moment, ZoneInfo(zone)) for moment in (*moments, period.end - 1)} == {period}
        before, after = (period_at(moment, ZoneInfo(zone)) for moment in (period.start - 1, period.end))
        assert (before.end, after.start) == (period.start, period.end)


async def test_a_call_counts_when_it_was_begun(ledgers: Ledgers, clock: Clock) -> None:
    ledger = ledgers()
    clock.now = micro("2026-11-30T23:59:59+00:00")
    await ledger.open(entry("a"))
    clock.passes(10)
    await ledger.open(entry("b"))
    utc = ZoneInfo("UTC")
    november, december = month(clock.now - 20_000_000, utc), month(clock.now, utc)
    for period in (november, december, day(clock.now, utc)):
        assert [one.calls for one in await ledger.by_tier(Scope("T1"), period)] == [1]
