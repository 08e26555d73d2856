"""Paints a turn: asks the model, keeps what it answers, picture by picture."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import Any

from bot.catalogue import Catalogue, cost
from bot.domain.pictures import Part, Picture
from bot.domain.turns import Turn
from bot.errors import NonsenseAnswer, OperatorMustFix, Paced, PersonCanFix, ThreadpaintError
from bot.imaging.preview import measure
from bot.ports import Answer, Ask, Engine, Given, Progress, Said, Turns
from bot.studio.detours import Detours, kind_of
from bot.studio.holding import Holding
from bot.studio.line import Line
from bot.studio.losses import why
from bot.studio.telling import Telling

Faults = dict[int, ThreadpaintError]


class Painting:
    """Calls the model once for each picture that is not there yet.

    Run twice: a picture whose answer was stored is not asked for again; a call that was under way when the process
    died is repeated, because nobody can tell whether it was answered.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        engine: Engine,
        holding: Holding,
        turns: Turns,
        line: Line,
        telling: Telling,
        detours: Detours,
    ) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._holding = holding
        self._turns = turns
        self._line = line
        self._telling = telling
        self._detours = detours

    def progress(self, id: str) -> Progress:
        """How this turn stands at the models."""
        return self._line.progress(id)

    async def paint(self, turn: Turn) -> None:
        """Paint what is missing, all at the same time. Faults are stored with the turn, not raised.

        What came too early for the model's minute gives the turn's place back, and is tried again in its time.
        """
        there = {picture.index for picture in turn.pictures}
        missing = [index for index in range(turn.options.count) if index not in there]
        lost: list[ThreadpaintError] = []
        since = time.monotonic()
        while missing:
            await self._line.until_paced(turn, since)
            async with self._line.wait(turn):
                told, faults = await self._round(turn, missing)
            paced = [index for index, fault in faults.items() if isinstance(fault, Paced)]
            turn, again, given_up = await self._onward(told, _without(faults, paced))
            # Only now, because another picture of the round may have been told that there is no such model.
            if len(faults) < len(missing):
                await self._detours.painted(told)
            missing = sorted([*again, *paced])
            lost += given_up
        if lost:
            await self._turns.fell_short(turn.id, len(lost), why(lost))

    async def _onward(self, turn: Turn, faults: Faults) -> tuple[Turn, list[int], list[ThreadpaintError]]:
        """The turn as it is to be tried now, for which pictures, and why the others will not come.

        Another way is for those that failed for its reason: what was refused beside them is not asked for again. Where
        there are several ways, those that have one go on together, each of them taken.
        """
        again: list[int] = []
        lost: list[ThreadpaintError] = []
        for kind in dict.fromkeys(kind_of(fault) for fault in faults.values()):
            alike = [index for index, fault in faults.items() if kind_of(fault) == kind]
            try:
                turn = await self._detours.around(turn, faults[alike[0]])
            except ThreadpaintError as fault:
                lost += [fault] * len(alike)
                continue
            again += alike
        return turn, sorted(again), lost

    async def _round(self, turn: Turn, missing: Sequence[int]) -> tuple[Turn, Faults]:
        """Ask once for each: the turn as the model was told it, and what went wrong, by index."""
        try:
            turn, ask = await self._telling.tell(turn)
        except (PersonCanFix, OperatorMustFix) as fault:
            return turn, dict.fromkeys(missing, fault)
        # All are waited for, whatever happens to one: a picture that comes later would be paid for and never shown.
        results = await asyncio.gather(*(self._one(turn, ask, index) for index in missing), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException) and not isinstance(result, ThreadpaintError):
                raise result
        both = zip(missing, results, strict=True)
        return turn, {index: fault for index, fault in both if isinstance(fault, ThreadpaintError)}

    async def _one(self, turn: Turn, ask: Ask, index: int) -> None:
        try:
            answer = await self._engine.paint(replace(ask, errand=replace(ask.errand, index=index)))
        except Paced as fault:
            self._line.put_off(ask.model, fault.retry_after or 0.0)
            raise
        await _to_its_end(self._store(turn, ask, index, answer))

    async def _store(self, turn: Turn, ask: Ask, index: int, answer: Answer) -> None:
        await self._turns.add(await self._keep(turn, ask, index, answer))

    async def _keep(self, turn: Turn, ask: Ask, index: int, answer: Answer) -> Picture:
        """The answer's bytes go to the object store first, so that a stored picture never lacks them."""
        if answer.picture is None:
            raise NonsenseAnswer("answer_empty")
        parts = tuple([await self._part(said) for said in answer.parts])
        blob = next(part.blob for part in reversed(parts) if part.blob and not part.thought)
        width, height = await asyncio.to_thread(_measured, answer.picture)
        return Picture(
            id=f"{turn.id}-{index}",
            turn=turn.id,
            index=index,
            parts=parts,
            blob=blob,
            width=width,
            height=height,
            cost=cost(self._catalogue.model(ask.model), answer.usage, ask.size),
            seconds=answer.seconds,
            model=ask.model,
            route=self._engine.route,
            sources=answer.sources,
            queries=answer.queries,
        )

    async def _part(self, said: Said) -> Part:
        """Thoughts are counted in the bill but not kept: they are never shown and never go back."""
        if said.thought or not said.given:
            return Part(said.text, None, said.signature, said.thought)
        return Part(said.text, await self._holding.put(said.given), said.signature)


def _without(faults: Faults, indices: Sequence[int]) -> Faults:
    return {index: fault for index, fault in faults.items() if index not in indices}


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for this, and when it is cancelled meanwhile wait all the same: the picture was paid for."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


def _measured(picture: Given) -> tuple[int, int]:
    try:
        return measure(picture.data)
    except PersonCanFix:  # it would tell the person to mend a file that is not theirs
        raise NonsenseAnswer("answer_unreadable") from None
