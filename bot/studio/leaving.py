"""A workspace takes the bot out, or lets it in again."""

from __future__ import annotations

import structlog

from bot.ports import Requests
from bot.ports.forgetting import Departures

log = structlog.get_logger()


class Leaving:
    """Remembers who has left, and calls off what they asked for. `grace` is how many days later their data goes (see
    `retention`).
    """

    def __init__(self, departures: Departures, requests: Requests, grace: float) -> None:
        self._departures = departures
        self._requests = requests
        self._grace = grace

    async def leaves(self, team: str) -> None:
        """The workspace has taken the bot out: nothing more is painted for it, and nothing accepted, until it is back.

        Its data goes after some days. The one who runs the bot reads of it in the log: Slack takes no word any more.
        """
        news = await self._departures.left(team)
        dropped = await self._requests.abandon(team)
        if news:
            told = {"waiting": dropped.waiting, "at_work": dropped.at_work}
            log.error("workspace_left", team=team, data_goes_in_days=self._grace, **told)

    async def is_here(self, team: str) -> None:
        """The bot is at home in this workspace: should it have left, it is back."""
        if await self._departures.returned(team):
            log.info("workspace_returned", team=team)
