"""Another way to the same picture, where a call failed in a way that has one."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace

from bot.catalogue import Model, choose
from bot.domain.turns import Trouble, Turn
from bot.errors import OperatorMustFix, PersonCanFix, ThreadpaintError
from bot.ports import Operator, Turns
from bot.studio import context
from bot.studio.lineup import Lineup

# A model that takes neither what was said earlier nor its size may take the newest picture with an account of it.
STORY = frozenset({"signature_refused", "request_too_large", "request_refused"})

# Google's own answer that something is not there, which may be the model or the way to it: if the next one of the tier
# paints, it was the model.
DOUBT = {"status": "NOT_FOUND"}


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
        """The turn's model painted: it is there, whatever was remembered of it; who was in doubt before it is gone.

        Not who painted another picture of the turn: for that one it was a passing fault.
        """
        await self._lineup.painted(turn.model)
        if doubted := {note.facts["doubted"] for note in turn.notes if "doubted" in note.facts}:
            there = {picture.model for picture in (await self._turns.find(turn.id)).pictures}
            for gone in doubted - there - self._lineup.catalogue.retired:
                await self._retire(gone, turn, OperatorMustFix("model_retired", model=gone))

    async def around(self, turn: Turn, fault: ThreadpaintError) -> Turn:
        """The turn as it is to be tried now. Raises the fault, or what stands in the way, when there is no other.

        `turn` is to be as the model was told it: what was told in short already is not shortened again.
        """
        if fault.reason == "model_retired":
            await self._retire(turn.model, turn, fault)
            return await self._moved(turn, self._next_model(turn, fault), {})
        if fault.reason == "route_unknown" and fault.facts.items() >= DOUBT.items():
            with suppress(PersonCanFix, OperatorMustFix):
                return await self._moved(turn, self._next_model(turn, fault), {"doubted": turn.model})
        if fault.reason in STORY and turn.parent and not context.is_short(turn):
            chain = await self._turns.chain(turn.parent)
            return replace(turn, left_out=context.short(turn, chain, context.Omission.REFUSED))
        if fault.reason == "tools_confused" and turn.options.ground:
            return await self._without_search(turn)
        if isinstance(fault, OperatorMustFix):
            await self._tell(f"{fault.reason}:{turn.model}:{time.strftime('%Y-%m-%d', time.gmtime())}", turn, fault)
        raise fault

    async def _retire(self, model: str, turn: Turn, fault: ThreadpaintError) -> None:
        # Once a month: it may have been back meanwhile, and gone for good now.
        await self._tell(f"{fault.reason}:{model}:{time.strftime('%Y-%m', time.gmtime())}", turn, fault)
        await self._lineup.retire(model)

    def _next_model(self, turn: Turn, fault: ThreadpaintError) -> Model:
        """Each model of the tier is asked once a turn, also those remembered as gone: they may be back."""
        known = self._lineup.catalogue
        left = known.but({turn.model, *(note.facts["gone"] for note in turn.notes if "gone" in note.facts)})
        if not left.of_tier(known.model(turn.model).tier):
            raise fault
        return choose(left, turn.options, turn.escalated)

    async def _moved(self, turn: Turn, model: Model, doubt: dict[str, str]) -> Turn:
        gone = self._lineup.catalogue.model(turn.model)
        replaced = Trouble("model_replaced", {"was": gone.name, "gone": gone.id, "now": model.name, **doubt})
        notes = [_by(model.id, note) for note in (replaced, *context.surplus(turn, model))]
        for note in notes:
            await self._turns.moved(turn.id, model.id, note)
        return replace(turn, model=model.id, notes=(*turn.notes, *notes), left_out=None)

    async def _without_search(self, turn: Turn) -> Turn:
        """What is there by now was drawn with it, whether or not the model looked anything up."""
        drawn = (await self._turns.find(turn.id)).pictures
        note = Trouble("grounding_left_out", {"drawn": ",".join(str(picture.index) for picture in drawn)})
        await self._turns.moved(turn.id, turn.model, note)
        return replace(turn, options=replace(turn.options, ground=False), notes=(*turn.notes, note))

    async def _tell(self, id: str, turn: Turn, fault: ThreadpaintError) -> None:
        await self._operator.tell(id, Trouble(fault.reason, {"model": turn.model, **fault.facts}))


def _by(model: str, note: Trouble) -> Trouble:
    """A note that is true of this model's pictures alone: others of the turn may be there already."""
    return replace(note, facts={**note.facts, "by": model})
