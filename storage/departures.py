"""The workspaces that have taken the bot out, in SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import delete, select

from storage.clock import now
from storage.database import Database
from storage.tables import departures
from storage.upserts import insert_new


class SqlDepartures:
    """Keeps the promise of `bot.ports.forgetting.Departures`. `clock` gives microseconds since 1970."""

    def __init__(self, database: Database, clock: Callable[[], int] = now) -> None:
        self._database = database
        self._clock = clock

    async def left(self, team: str) -> bool:
        """It has left now; a workspace that has left before keeps its first moment. Whether this is news."""
        row = {"team": team, "moment": self._clock()}
        return await self._database.write(lambda connection: insert_new(connection, departures, row))

    async def returned(self, team: str) -> bool:
        """It is back: its data stays. Whether it had left."""
        back = delete(departures).where(departures.c.team == team)
        return await self._database.write(lambda connection: connection.execute(back).rowcount == 1)

    async def gone_since(self, moment: int) -> Sequence[str]:
        """Those that left before this moment (microseconds since 1970) and have not come back."""
        query = select(departures.c.team).where(departures.c.moment < moment).order_by(departures.c.moment)
        return await self._database.read(lambda connection: list(connection.scalars(query)))
