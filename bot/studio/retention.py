"""What is forgotten by itself: what is past its time, and whoever has left."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from bot.domain.forgetting import Forgotten, Share
from bot.ports.forgetting import Departures
from bot.studio.forgetting import Forgetting

log = structlog.get_logger()

DAY = 24 * 60 * 60 * 1_000_000  # microseconds


def _now() -> int:
    return time.time_ns() // 1000


class Retention:
    """`days` is how long pictures and words are kept (None: for ever), `grace` how many days after it left a
    workspace's data goes. `clock` gives microseconds since 1970.
    """

    def __init__(
        self,
        forgetting: Forgetting,
        departures: Departures,
        days: float | None,
        grace: float,
        clock: Callable[[], int] = _now,
    ) -> None:
        self._forgetting = forgetting
        self._departures = departures
        self._days = days
        self._grace = grace
        self._clock = clock

    async def look(self) -> Forgotten:
        """What is due now. Changes nothing."""
        done = Forgotten()
        for share in await self._due():
            done += await self._forgetting.look(share)
        return done

    async def forget(self) -> Forgotten:
        """Forget what is due, and return how much that was. Run twice, or by several at once: nothing more."""
        done = Forgotten()
        for share in await self._due():
            forgotten = await self._forgetting.forget(share)
            if share.team and not forgotten.left:
                await self._departures.returned(share.team)  # nothing is left that could be due again
            if forgotten:
                log.info("forgotten", team=share.team, **_told(forgotten))
            done += forgotten
        return done

    async def _due(self) -> list[Share]:
        now = self._clock()
        gone = await self._departures.gone_since(now - round(self._grace * DAY))
        old = [] if self._days is None else [Share(before=now - round(self._days * DAY), without=tuple(gone))]
        return [*(Share(team) for team in gone), *old]


def _told(forgotten: Forgotten) -> dict[str, int]:
    return {name: figure for name, figure in forgotten.figures() if figure}
