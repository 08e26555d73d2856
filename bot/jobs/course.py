"""The course of a request: its steps in order, what is said when one breaks, and what becomes of it after deaths."""

from __future__ import annotations

import asyncio

import structlog

from bot.domain.lives import POISONED, SUSPECT
from bot.domain.turns import Trouble
from bot.errors import ChatRefused, OperatorMustFix, StoreDown
from bot.jobs.checkpoints import Checkpoints
from bot.jobs.steps import Steps
from bot.ports import Requests

log = structlog.get_logger()

BROKE = Trouble("something_broke")


class Course:
    """Sees a request through. Whatever happens it comes to its end, unless this process does first."""

    def __init__(self, requests: Requests, steps: Steps, checkpoints: Checkpoints) -> None:
        self._requests = requests
        self._steps = steps
        self._checkpoints = checkpoints
        self._alone = asyncio.Lock()

    async def run(self, key: str) -> None:
        """The steps of a request, those that are behind it left out."""
        turn = ""
        try:
            turn = await self._checkpoints.step("begin", self._steps.begin, key)
            if turn:
                await self._checkpoints.step("paint", self._steps.paint, key, turn)
                await self._checkpoints.step("show", self._steps.show, turn)
        except ChatRefused as fault:
            await self._steps.refused(key, fault)  # no checkpoint: it is said once a day
            await self._give_up(key, turn, BROKE)
        except (StoreDown, OperatorMustFix) as fault:
            log.error("request_broke", key=key, turn=turn, reason=fault.reason, facts=fault.facts)
            await self._give_up(key, turn, Trouble(fault.reason, fault.facts))
        except Exception as fault:
            log.error("request_broke", key=key, turn=turn, exc_info=fault)
            await self._give_up(key, turn, BROKE)
        await self._finish(key)  # no checkpoint: it may run any number of times

    async def go_on(self, key: str) -> None:
        """The same with one that another life has begun, now ours; with what has killed too many of them no more.

        What has killed processes before runs without others of its kind: the next death is not blamed on all. Nothing
        here is a checkpoint: it happens in each life anew.
        """
        deaths = await self._checkpoints.surely(lambda: self._requests.adopt(key))
        if deaths is None:
            return
        if deaths >= POISONED:
            await self._bury(key, deaths)
        elif deaths >= SUSPECT:
            async with self._alone:
                await self._again(key)
        else:
            await self._again(key)

    async def _again(self, key: str) -> None:
        await self._checkpoints.surely(lambda: self._requests.begun(key))
        await self.run(key)

    async def _bury(self, key: str, deaths: int) -> None:
        """Say so where the result would have been, unless even that kills; then it is over for this request."""
        log.error("request_poisoned", key=key, deaths=deaths)
        await self._checkpoints.surely(lambda: self._requests.begun(key))
        await self._checkpoints.surely(lambda: self._requests.failed(key, "poisoned"))
        if deaths < 2 * POISONED:
            try:
                await self._steps.bury(key, deaths)
            except Exception as fault:
                log.error("request_lost_its_answer", key=key, exc_info=fault)
        await self._finish(key)

    async def _finish(self, key: str) -> None:
        await self._checkpoints.surely(lambda: self._steps.finish(key))

    async def _give_up(self, key: str, turn: str, why: Trouble) -> None:
        """Say that it broke. Where that cannot be, the row says why people were told nothing."""
        try:
            await self._checkpoints.step("give_up", self._steps.give_up, key, turn, why.reason, why.facts)
        except ChatRefused as fault:
            await self._lose(key, turn, fault)
        except Exception as fault:
            log.error("checkpoint_broke", key=key, turn=turn, exc_info=fault)
            await self._give_up_unwritten(key, turn, why)

    async def _give_up_unwritten(self, key: str, turn: str, why: Trouble) -> None:
        """What broke may be the checkpoint, not what was to be said: what was said already is not said again."""
        try:
            await self._steps.give_up(key, turn, why.reason, why.facts)
        except Exception as fault:
            await self._lose(key, turn, fault)

    async def _lose(self, key: str, turn: str, fault: Exception) -> None:
        log.error("request_lost_its_answer", key=key, turn=turn, exc_info=fault)
        await self._checkpoints.surely(lambda: self._requests.failed(key, "unanswered"))
