"""The seconds that replicas agree on fit together."""

from __future__ import annotations

from bot.domain.lives import BEAT, LEASE, SILENT
from storage import tickets


def test_nothing_is_begun_any_more_when_somebody_may_take_over() -> None:
    assert BEAT < LEASE < SILENT


def test_whoever_may_still_begin_something_has_not_lost_its_place() -> None:
    """Its last sign of life here may be so much older than the one by which it may begin something."""
    assert tickets.VOID / 1_000_000 > LEASE + tickets.BEAT
