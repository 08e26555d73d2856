"""Days and months, as the one who runs the bot counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to, and without, `end`: microseconds since 1970. `name` is "2026-11-21" or "2026-11"."""

    name: str
    start: int
    end: int


def day(moment: int, zone: ZoneInfo) -> Period:
    """The day this moment (microseconds since 1970) is in."""
    first = _midnight(_local(moment, zone))
    return Period(first.date().isoformat(), _micro(first), _micro(_midnight(first + timedelta(days=1))))


def month(moment: int, zone: ZoneInfo) -> Period:
    """The month this moment is in."""
    first = _midnight(_local(moment, zone).replace(day=1))
    return Period(
        first.date().isoformat()[:7], _micro(first), _micro(_midnight((first + timedelta(days=31)).replace(day=1)))
    )


def month_named(name: str, zone: ZoneInfo) -> Period:
    """The month "2026-11". Raises ValueError for anything else."""
    if not (named := MONTH.fullmatch(name)) or named[1] in ("0000", "9999"):
        raise ValueError(f"{name!r} is no month")
    return month(_micro(datetime(int(named[1]), int(named[2]), 1, 12, tzinfo=zone)), zone)


def _local(moment: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(moment // 1_000_000, zone)


def _midnight(day: datetime) -> datetime:
    """The first moment of a day: the earlier midnight where clocks go back over it, the change where they skip it."""
    return day.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _micro(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000
