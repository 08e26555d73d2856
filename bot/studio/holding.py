"""Holds what was paid for until the store of pictures takes it."""

from __future__ import annotations

import time

import stamina

from bot.domain.pictures import Blob
from bot.domain.turns import Trouble
from bot.errors import OperatorMustFix, StoreDown
from bot.ports import Given, Operator, Pictures

HELD = 1_800.0  # seconds: keys that were changed and a bucket that was moved are seen to, once it is known


class Holding:
    """Also a key that is refused is waited for: asking the model anew would cost as much again."""

    def __init__(self, pictures: Pictures, operator: Operator) -> None:
        self._pictures = pictures
        self._operator = operator

    async def put(self, given: Given) -> Blob:
        """Store it, however often that takes; the operator hears at once what they have to mend.

        Raises StoreDown after half an hour, when the person may as well ask anew.
        """
        async for attempt in stamina.retry_context(StoreDown, attempts=None, timeout=HELD, wait_max=10.0):
            with attempt:
                return await self._try(given)
        raise AssertionError("stamina either returns or raises")  # pragma: no cover

    async def _try(self, given: Given) -> Blob:
        try:
            return await self._pictures.put(given.data, given.mime)
        except (OperatorMustFix, StoreDown) as fault:
            if fault.reason == "pictures_unreachable":  # it may be back at any moment, by itself
                raise
            await self._operator.tell(today(fault.reason), Trouble(fault.reason, fault.facts))
            raise StoreDown(fault.reason, **fault.facts) from fault


def today(what: str) -> str:
    """The id of what the operator is to hear of once a day."""
    return f"{what}:{time.strftime('%Y-%m-%d', time.gmtime())}"
