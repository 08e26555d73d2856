"""Days and months, also where clocks change at midnight."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period, day, month, month_named

BERLIN, HAVANA, CAIRO, APIA = map(ZoneInfo, ("Europe/Berlin", "America/Havana", "Africa/Cairo", "Pacific/Apia"))
ZONES = st.sampled_from([ZoneInfo("UTC"), BERLIN, HAVANA, CAIRO, APIA, ZoneInfo("Asia/Kathmandu")])
MOMENTS = st.integers(0, 4 * 10**15)
SECOND, HOUR = 1_000_000, 3_600_000_000


def at(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * SECOND


def hours(period: Period) -> float:
    return (period.end - period.start) / HOUR


def test_a_day_and_a_month_have_their_names_and_bounds() -> None:
    moment = at(2026, 11, 30, 23, 30)
    assert day(moment, ZoneInfo("UTC")) == Period("2026-11-30", at(2026, 11, 30), at(2026, 12, 1))
    assert month(moment, ZoneInfo("UTC")) == Period("2026-11", at(2026, 11, 1), at(2026, 12, 1))
    assert month(moment, BERLIN) == Period("2026-12", at(2026, 11, 30, 23), at(2026, 12, 31, 23))


@pytest.mark.parametrize(
    ("moment", "zone", "length"),
    [
        (at(2026, 3, 29, 12), BERLIN, 23),
        (at(2026, 10, 25, 12), BERLIN, 25),
        (at(2026, 11, 1, 4, 30), HAVANA, 25),  # the hour before 1:00 comes twice: once so
        (at(2026, 11, 1, 5, 30), HAVANA, 25),  # and once again
        (at(2026, 4, 24, 12), CAIRO, 23),  # 0:00 to 1:00 is skipped
        (at(2011, 12, 29, 20), APIA, 24),  # the day after it is skipped
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(moment: int, zone: ZoneInfo, length: int) -> None:
    assert hours(day(moment, zone)) == length


def test_a_month_that_begins_in_the_hour_that_comes_twice_begins_once() -> None:
    assert month(at(2026, 11, 1, 5, 30), HAVANA) == month(at(2026, 11, 20), HAVANA)
    assert month(at(2026, 11, 1, 5, 30), HAVANA).start == at(2026, 11, 1, 4)


@given(MOMENTS, ZONES)
def test_a_moment_is_in_its_day_and_the_day_in_its_month(moment: int, zone: ZoneInfo) -> None:
    today, whole = day(moment, zone), month(moment, zone)
    assert whole.start <= today.start <= moment < today.end <= whole.end
    assert today.name.startswith(whole.name)


@given(MOMENTS, ZONES)
def test_days_and_months_follow_without_gap_or_overlap(moment: int, zone: ZoneInfo) -> None:
    for period in (day, month):
        now = period(moment, zone)
        assert period(now.start, zone) == period(now.end - 1, zone) == now
        assert period(now.end, zone).start == now.end


@given(MOMENTS, ZONES)
def test_a_month_is_found_by_its_name(moment: int, zone: ZoneInfo) -> None:
    found = month(moment, zone)
    assert month_named(found.name, zone) == found


@pytest.mark.parametrize(
    "name", ["", "2026", "2026-13", "2026-00", "2026-1", "2026-11-01", "0000-01", "9999-12", "٢٠٢٦-11", " 2026-11"]
)
def test_what_is_no_month_is_said(name: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        month_named(name, BERLIN)
