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

# A model that takes neither what was said earlier nor its size may take the newest picture with an account of it.
STORY = frozenset({"signature_refused", "request_too_large", "request_refused"})


def kind_of(fault: ThreadpaintError) -> str:
    """The same for faults that have the same way around them."""
    return "story" if fault.reason in STORY else fault.reason


class Detours:
    """Knows what to do when a model is gone, will not have its story back, or stumbles over its search."""

    def __init__(self, lineup: Lineup, turns: Turns, operator: Operator) -> None:
        self._lineup = lineup
        self._turns = turns
        self._operator = operator

    async def painted(self, turn: Turn) -> None:
        """The turn's model painted: it is there, whatever was remembered of it."""
        await self._lineup.painted(turn.model)

    async def around(self, turn: Turn, fault: ThreadpaintError) -> Turn:
        """The turn as it is to be tried now. Raises the fault, or what stands in the way, when there is no other.

        `turn` is to be as the model was told it: what was told in short already is not shortened again.
        """
        if fault.reason == "model_retired":
            return await self._next_model(turn, fault)
        if fault.reason in STORY and turn.parent and not context.is_short(turn):
            chain = await self._turns.chain(turn.parent)
            return replace(turn, left_out=context.short(turn, chain, context.Omission.REFUSED))
        if fault.reason == "tools_confused" and turn.options.ground:
            return await self._without_search(turn)
        if isinstance(fault, OperatorMustFix):
            await self._tell(f"{fault.reason}:{turn.model}:{time.strftime('%Y-%m-%d', time.gmtime())}", turn, fault)
        raise fault

    async def _next_model(self, turn: Turn, fault: ThreadpaintError) -> Turn:
        """Each model of the tier is asked once a turn, also those remembered as gone: they may be back."""
        await self._tell(f"{fault.reason}:{turn.model}", turn, fault)
        known = await self._lineup.retire(turn.model)
        gone = known.model(turn.model)
        left = known.but({gone.id, *(note.facts["gone"] for note in turn.notes if "gone" in note.facts)})
        if not left.of_tier(gone.tier):
            raise fault
        model = choose(left, turn.options, turn.escalated)
        replaced = Trouble("model_replaced", {"was": gone.name, "gone": gone.id, "now": model.name})
        notes = [_by(model.id, note) for note in (replaced, *context.surplus(turn, model))]
        for note in notes:
            await self._turns.moved(turn.id, model.id, note)
        return replace(turn, model=model.id, notes=(*turn.notes, *notes), left_out=None)

    async def _without_search(self, turn: Turn) -> Turn:
        note = Trouble("grounding_left_out")
        await self._turns.moved(turn.id, turn.model, note)
        return replace(turn, options=replace(turn.options, ground=False), notes=(*turn.notes, note))

    async def _tell(self, id: str, turn: Turn, fault: ThreadpaintError) -> None:
        await self._operator.tell(id, Trouble(fault.reason, {"model": turn.model, **fault.facts}))


def _by(model: str, note: Trouble) -> Trouble:
    """A note that is true of this model's pictures alone: others of the turn may be there already."""
    return replace(note, facts={**note.facts, "by": model})
