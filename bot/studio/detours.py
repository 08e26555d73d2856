"""Another way to the same picture, where a call failed in a way that has one."""

from __future__ import annotations

import time
from dataclasses import replace

from bot.catalogue import choose
from bot.domain.turns import Trouble, Turn
from bot.errors import OperatorMustFix, ThreadpaintError
from bot.ports import Operator, Turns
from bot.studio import context
from bot.studio.lineup import Lineup


class Detours:
    """Knows what to do when a model is gone, will not have its signatures back, or stumbles over its search."""

    def __init__(self, lineup: Lineup, turns: Turns, operator: Operator) -> None:
        self._lineup = lineup
        self._turns = turns
        self._operator = operator

    async def around(self, turn: Turn, fault: ThreadpaintError) -> Turn:
        """The turn as it is to be tried now. Raises the fault, or what stands in the way, when there is no other."""
        if fault.reason == "model_retired":
            return await self._next_model(turn, fault)
        if fault.reason == "signature_refused" and turn.parent and not context.is_short(turn):
            chain = await self._turns.chain(turn.parent)
            return replace(turn, left_out=context.short(turn, chain, context.Omission.REFUSED))
        if fault.reason == "tools_confused" and turn.options.ground:
            return await self._without_search(turn)
        if isinstance(fault, OperatorMustFix):
            await self._tell(f"{fault.reason}:{turn.model}:{time.strftime('%Y-%m-%d', time.gmtime())}", turn, fault)
        raise fault

    async def _next_model(self, turn: Turn, fault: ThreadpaintError) -> Turn:
        await self._tell(f"{fault.reason}:{turn.model}", turn, fault)
        catalogue = await self._lineup.retire(turn.model)
        model = choose(catalogue, turn.options, turn.escalated)
        if model.id in catalogue.retired:
            raise fault
        replaced = Trouble("model_replaced", {"was": catalogue.model(turn.model).name, "now": model.name})
        notes = (replaced, *context.surplus(turn, model))
        for note in notes:
            await self._turns.moved(turn.id, model.id, note)
        return replace(turn, model=model.id, notes=(*turn.notes, *notes))

    async def _without_search(self, turn: Turn) -> Turn:
        note = Trouble("grounding_left_out")
        await self._turns.moved(turn.id, turn.model, note)
        return replace(turn, options=replace(turn.options, ground=False), notes=(*turn.notes, note))

    async def _tell(self, id: str, turn: Turn, fault: ThreadpaintError) -> None:
        await self._operator.tell(id, Trouble(fault.reason, {"model": turn.model, **fault.facts}))
