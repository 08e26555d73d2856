"""How often a model may be called in a minute, as one transaction sees it: counted on the ledger's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, select

from bot.domain.limits import Limits
from bot.domain.spend import Entry
from bot.errors import Paced
from storage import locks
from storage.tables import ledger

WINDOW = 65_000_000  # microseconds: a minute, and five seconds in which a call that is written down reaches the model
SOONEST = 50_000  # microseconds that anybody is asked to wait
PACE = 1_348_559_717  # any number, see `locks`

Way = tuple[str, str]  # a model and a route


class Pace:
    """Answers whether a model may be called at this moment (microseconds since 1970), and notes each call."""

    def __init__(self, connection: Connection, limits: Limits, moment: int) -> None:
        self._connection = connection
        self._limits = limits
        self._moment = moment
        self._recent: dict[Way, list[int]] = {}
        self._refused: Counter[Way] = Counter()

    def refusal(self, model: str, route: str) -> Paced | None:
        """Why it may not be called now, and when it may; None when it may."""
        most = self._limits.per_minute(model)
        if most is None or len(recent := self._calls(model, route, most)) < most:
            return None
        free = self._free(recent[-most:], (model, route))
        return Paced("model_busy", retry_after=max(free - self._moment, SOONEST) / 1_000_000)

    def take(self, model: str, route: str) -> None:
        """It is called now: whoever comes after it in this transaction finds one more."""
        if (most := self._limits.per_minute(model)) is not None:
            self._calls(model, route, most).append(self._moment)

    def _free(self, recent: list[int], way: Way) -> int:
        """When there is room for one who comes after all who were refused before in this transaction."""
        rounds, place = divmod(self._refused[way], len(recent))
        self._refused[way] += 1
        return recent[place] + WINDOW * (rounds + 1)

    def _calls(self, model: str, route: str, most: int) -> list[int]:
        """When the newest calls of the last minute were begun, oldest first: as many as matter."""
        if (model, route) not in self._recent:
            alike = (ledger.c.model == model, ledger.c.route == route, ledger.c.begun > self._moment - WINDOW)
            newest = select(ledger.c.begun).where(*alike).order_by(ledger.c.begun.desc()).limit(most)
            self._recent[model, route] = sorted(self._connection.scalars(newest))
        return self._recent[model, route]


def lock(connection: Connection, limits: Limits, batch: Iterable[Entry]) -> None:
    """Let nobody else call these models before this transaction ends, where they have a limit."""
    paced = {f"{entry.model}/{entry.route}" for entry in batch if limits.per_minute(entry.model) is not None}
    if paced:
        locks.take(connection, PACE, paced)
