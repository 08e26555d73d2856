"""Deletes what lies in the picture store and is named by nobody: left there by deaths between an upload and its row."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress

import structlog

from bot.domain.forgetting import Forgotten
from bot.errors import OperatorMustFix, StoreDown
from bot.ports.sweeping import Claims, Found, Naming, Shelves

log = structlog.get_logger()

DAY = 24 * 60 * 60.0  # seconds
SPARED = 2 * DAY  # after which nothing that was stored can still be waiting for its row: no request lasts for a day
AT_ONCE = 500  # keys that are looked up together


class Sweeping:
    """Looks through the whole store. Several may do so at the same time: they take nothing from each other but work.

    Nothing is swept when somebody has begun to within the last `rest` seconds. `clock` gives seconds since 1970.
    """

    def __init__(
        self,
        shelves: Shelves,
        naming: Naming,
        claims: Claims,
        rest: float = 0.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._shelves = shelves
        self._naming = naming
        self._claims = claims
        self._rest = rest
        self._clock = clock

    async def look(self) -> Forgotten:
        """What sweeping would come to now. Changes nothing."""
        done = Forgotten()
        if await self._may():
            async for strays in self._strays():
                done += Forgotten(strays=len(strays), size=sum(found.length for found in strays))
        return done

    async def sweep(self) -> Forgotten:
        """Delete what nobody names, and return how much that was. Broken off, the next one finds the rest."""
        if await self._claims.ours_since() is None and await self._is_foreign():
            return Forgotten()
        await self._claims.stake()
        if not await self._may() or await self._claims.swept_since(self._clock() - self._rest):
            return Forgotten()
        await self._claims.begin()
        try:
            return await self._sweep()
        except Exception:
            with suppress(StoreDown, OperatorMustFix):  # where that cannot be said either, tomorrow's goes on
                await self._claims.give_up()
            raise

    async def _sweep(self) -> Forgotten:
        done = Forgotten()
        async for strays in self._strays():
            for found in strays:
                if await self._shelves.discard(found):
                    done += Forgotten(strays=1, size=found.length)
        log.info("swept", strays=done.strays, size=done.size)
        return done

    async def _is_foreign(self) -> bool:
        """Whether our rows name less than half of the first old objects: then the address of one of the two is wrong.

        Asked before we say for the first time that the store is ours.
        """
        before, old = self._clock() - SPARED, list[Found]()
        async for page in self._shelves.everything():
            old += [found for found in page if found.stored < before]
            if len(old) >= AT_ONCE:
                break
        if foreign := 2 * len(await self._unnamed(old)) > len(old):
            log.warning("store_not_swept", why="most of what lies in it is not in our database")
        return foreign

    async def _may(self) -> bool:
        """Not before we have said for as long as we spare things that the store is ours: others may say the same."""
        since = await self._claims.ours_since()
        return since is not None and since <= self._clock() - SPARED

    async def _strays(self) -> AsyncIterator[Sequence[Found]]:
        """Old objects that nobody names, some at a time."""
        before = self._clock() - SPARED
        async for page in self._shelves.everything():
            old = [found for found in page if found.stored < before]
            for start in range(0, len(old), AT_ONCE):
                yield await self._unnamed(old[start : start + AT_ONCE])

    async def _unnamed(self, old: Sequence[Found]) -> Sequence[Found]:
        strays = await self._naming.unnamed({found.key for found in old})
        return [found for found in old if found.key in strays]
