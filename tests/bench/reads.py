"""What a request asks of the database, done by the bot's own code without Slack and without a model."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from bot.catalogue import load
from bot.domain import periods
from bot.domain.options import Size, Tier
from bot.domain.requests import Act, ImageRequest, Place
from bot.domain.spend import Budgets, Entry, Errand, Scope
from bot.jobs.upkeep import Keeping, forgetting
from bot.playground import keys
from bot.studio.lineup import Lineup
from bot.studio.opening import Opening, turn_id
from bot.studio.retention import Retention
from handlers import ids
from storage.clock import now
from storage.database import Database
from storage.departures import SqlDepartures
from storage.forgetting import Names
from storage.ledger import SqlLedger
from storage.requests import SqlRequests
from storage.retirements import SqlRetirements
from storage.threads import SqlThreads
from storage.turns import SqlTurns
from tests.bench.past import DAYS, LONG

PLENTY = Decimal(900_000)
PERSON, CHANNEL = "U0ANA", "C0GENERAL"
MODEL = "gemini-3.1-flash-image"
UTC = ZoneInfo("UTC")
Do = Callable[[], Awaitable[object]]


class Present:
    """A Slack in which every file is still there."""

    async def still_there(self, file: str) -> bool:
        """It is."""
        return True


class Reads:
    """What is measured on one database, by name. `long` are threads of many turns, by their newest picture."""

    def __init__(self, url: str, long: Mapping[str, Place]) -> None:
        self._url = url
        self._long = long
        self.database = Database(url)
        self._requests = SqlRequests(self.database)
        self._turns = SqlTurns(self.database)
        self._ledger = SqlLedger(self.database, Budgets(PLENTY, PLENTY), UTC, "bench")
        lineup, slack = Lineup(load(), SqlRetirements(self.database)), Present()
        self._opening = Opening(lineup, SqlThreads(self.database), self._turns, slack, self._ledger)  # type: ignore[arg-type]
        self._dice = random.Random(5)
        self._numbers = count()

    def often(self) -> dict[str, Do]:
        """What happens with every request, in its order."""
        return {
            "write a request down, before its ack": self._accept,
            "claim it": self._claim,
            f"load a thread of {LONG} turns": self._chain,
            f"begin a reply in a thread of {LONG} turns": self._begin,
            "open a call under two budgets": self._open,
        }

    def seldom(self) -> dict[str, Do]:
        """What reads much at a time."""
        return {
            "figures of /imagine cost": self._cost,
            "figures of /imagine report": self._report,
            "daily work, nothing past its time": lambda: self._retention(DAYS + 1).forget(),
            "forget --due --dry-run, a day's turns due": lambda: self._retention(DAYS - 1).look(),
        }

    async def tidy(self) -> None:
        """End what was begun."""
        for key in await self._requests.at_work():
            await self._requests.finish(key)

    async def _accept(self) -> None:
        await self._requests.accept(self._request(Act.COMMAND, Place(keys.TEAM_ID, CHANNEL)))

    async def _claim(self) -> None:
        assert await self._requests.claim(32), "there is nothing to claim"

    async def _chain(self) -> None:
        assert len(await self._turns.chain(self._dice.choice([*self._long]))) > LONG // 2

    async def _begin(self) -> None:
        """The turn is planned from the thread's newest, what it may cost is looked up, and it is stored."""
        newest, place = self._dice.choice([*self._long.items()])
        turn = await self._opening.plan(self._request(Act.REPLY, place))
        assert turn.parent == newest, turn
        await self._turns.begin(turn)

    async def _open(self) -> None:
        id = f"bench{next(self._numbers)}"
        errand = Errand(id, 0, PERSON, Place(keys.TEAM_ID, CHANNEL))
        await self._ledger.open(Entry(id, errand, MODEL, Tier.FLASH, "gemini", Size.ONE, Decimal("0.07")))

    async def _cost(self) -> None:
        """What `bot.studio.spending` reads for a statement."""
        moment, mine = now(), Scope(keys.TEAM_ID, asker=PERSON)
        month = periods.month(moment, UTC)
        await self._ledger.by_tier(mine, periods.day(moment, UTC))
        await self._ledger.by_tier(mine, month)
        await self._ledger.spent(keys.TEAM_ID, month)

    async def _report(self) -> None:
        """What `bot.studio.spending` reads for a report."""
        month = periods.month(now(), UTC)
        await self._ledger.by_tier(Scope(keys.TEAM_ID, channel=CHANNEL), month)
        await self._ledger.by_tier(Scope(keys.TEAM_ID), month)

    def _retention(self, days: int) -> Retention:
        """The pictures' bytes are nowhere; what is never there is found missing quickly."""
        names = Names(turn_id, ids.said, ids.result)
        rows = forgetting(Keeping(self._url, "memory:///", names, days, 30), self.database)
        return Retention(rows, SqlDepartures(self.database), days, 30)

    def _request(self, act: Act, place: Place) -> ImageRequest:
        number = next(self._numbers)
        ts = f"{now() // 1_000_000}.{number:06}"
        return ImageRequest(f"bench:{number}:{ts}", act, place, PERSON, ts, f"make it snow, number {number}")
