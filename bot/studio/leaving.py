"""A workspace takes the bot out, or lets it in again."""

from __future__ import annotations

import structlog

from bot.ports.forgetting import Departures

log = structlog.get_logger()


class Leaving:
    """Remembers who has left. `grace` is how many days later their data goes (see `retention`)."""

    def __init__(self, departures: Departures, grace: float) -> None:
        self._departures = departures
        self._grace = grace

    async def leaves(self, team: str) -> None:
        """The workspace has taken the bot out: its data goes after some days, unless it comes back."""
        if await self._departures.left(team):
            log.warning("workspace_left", team=team, data_goes_in_days=self._grace)

    async def is_here(self, team: str) -> None:
        """The bot is at home in this workspace: should it have left, it is back."""
        if await self._departures.returned(team):
            log.info("workspace_returned", team=team)
