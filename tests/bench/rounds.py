"""What one person does with the bot, over and over, and how long each thing takes, in milliseconds."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable
from typing import Any

from handlers import wording
from tests.bench.ensemble import Ensemble
from tests.bench.load import last
from tests.bench.reads import CHANNEL
from tests.stories.story import Seen

LOOK = 0.02  # seconds
PATIENCE = 60.0
WARM = 99_999  # the number of a round that is not measured
COMMAND, EVENT, ACTION = "command", "event", "action"
UNREAD = wording.sentence("cost_unread", {})
ENDED = "SELECT accepted, finished FROM requests WHERE number > :since ORDER BY number"


class Rounds:
    """`times` has them by name; `unread` counts the looks at the cost that took too long and were answered in words."""

    def __init__(self, on: Ensemble) -> None:
        self._on = on
        self._story = on.story
        self.times: defaultdict[str, list[float]] = defaultdict(list)
        self.unread = 0

    async def warm(self) -> None:
        """Everything once, unmeasured: what is loaded once is loaded."""
        await self.round(WARM)
        await self.report()
        self.times.clear()
        self.unread = 0

    async def round(self, number: int) -> None:
        """A command, a reply, a click, a verdict, a look at the cost: in a channel of their own."""
        channel = await self._on.opens(f"C0ROUND{number:05}")
        await self._works("/imagine …", COMMAND, self._story.commands("/imagine a red fox in snow", channel=channel))
        await self._works("a reply", EVENT, self._story.replies("make it night", to=await self._newest(channel)))
        seen = await self._newest(channel)
        await self._works("press Again", ACTION, self._story.presses("Again", on=seen))
        await self._hears("press Keep", ACTION, self._story.presses("Keep", on=seen))
        heard = await self._hears("/imagine cost", COMMAND, self._story.commands("/imagine cost", channel=channel))
        self.unread += heard["response"]["text"] == UNREAD

    async def report(self) -> None:
        """A report where most was painted."""
        await self._works("/imagine report", COMMAND, self._story.commands("/imagine report", channel=CHANNEL))

    async def _newest(self, channel: str) -> Seen:
        posted = [Seen(message) for message in await self._story.get("/control/posted", channel=channel)]
        return [seen for seen in posted if seen.images][-1]

    async def _works(self, name: str, kind: str, doing: Awaitable[object]) -> None:
        """Do it, and wait until all is posted."""
        since = await last(self._on)
        await self._hears(name, kind, doing)
        async with asyncio.timeout(PATIENCE):
            while not (row := await self._ended(since)):  # noqa: ASYNC110 - another process; nobody tells us
                await asyncio.sleep(LOOK)
        self.times[f"{name}, until all is posted"].append((row.finished - row.accepted) / 1000)

    async def _ended(self, since: int) -> Any:
        rows = await self._on.rows(ENDED, since=since)
        return rows[0] if rows and rows[0].finished else None

    async def _hears(self, name: str, kind: str, doing: Awaitable[object]) -> dict[str, Any]:
        """Do it, and wait for the ack. The delivery."""
        begun = time.time()
        await doing
        async with asyncio.timeout(PATIENCE):
            while not (heard := await self._heard(kind, begun)):  # noqa: ASYNC110 - as above
                await asyncio.sleep(LOOK)
        assert heard["acked"], heard
        self.times[f"{name}, ack"].append(heard["ack_ms"])
        return heard

    async def _heard(self, kind: str, begun: float) -> dict[str, Any] | None:
        """The first delivery of this kind since then: what the bot itself posts is delivered later."""
        told = await self._story.get("/control/deliveries")
        return next((each for each in told if each["kind"] == kind and each["at"] >= begun), None)
