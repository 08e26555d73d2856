"""Paints a turn: tells the model the story, keeps what it answers, picture by picture."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.catalogue import Catalogue, cost
from bot.domain.pictures import Blob, Part, Picture
from bot.domain.turns import Trouble, Turn
from bot.errors import NonsenseAnswer, ThreadpaintError
from bot.imaging.preview import measure
from bot.ports import Answer, Ask, Engine, Exchange, Given, Pictures, Said, Turns
from bot.studio import context
from bot.studio.line import Line


class Painting:
    """Calls the model once for each picture that is not there yet.

    Run twice: a picture whose answer was stored is not asked for again; a call that was under way when the process
    died is repeated, because nobody can tell whether it was answered.
    """

    def __init__(self, catalogue: Catalogue, engine: Engine, pictures: Pictures, turns: Turns, line: Line) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._pictures = pictures
        self._turns = turns
        self._line = line

    def ahead(self, id: str) -> int:
        """How many turns stand before this one in the line for the models; 0 when it is not waiting."""
        return self._line.ahead(id)

    async def paint(self, turn: Turn) -> None:
        """Paint what is missing, all at the same time. Faults are stored with the turn, not raised."""
        async with self._line.wait(turn.id):
            await self._paint(turn)

    async def _paint(self, turn: Turn) -> None:
        there = {picture.index for picture in turn.pictures}
        missing = [index for index in range(turn.options.count) if index not in there]
        results: Sequence[ThreadpaintError | None] = ()
        if missing:
            ask = await self._ask(turn)
            results = await asyncio.gather(*(self._one(turn, ask, index) for index in missing))
        if faults := [fault for fault in results if fault]:
            await self._turns.fell_short(turn.id, len(faults), Trouble(faults[0].reason, faults[0].facts))

    async def _one(self, turn: Turn, ask: Ask, index: int) -> ThreadpaintError | None:
        try:
            answer = await self._engine.paint(ask)
            await self._turns.add(await self._keep(turn, index, answer))
        except ThreadpaintError as fault:
            return fault
        return None

    async def _keep(self, turn: Turn, index: int, answer: Answer) -> Picture:
        """The answer's bytes go to the object store first, so that a stored picture never lacks them."""
        if answer.picture is None:
            raise NonsenseAnswer("answer_empty")
        parts = tuple([await self._part(said) for said in answer.parts])
        blob = next(part.blob for part in reversed(parts) if part.blob and not part.thought)
        width, height = measure(answer.picture.data)
        usage = answer.usage
        price = cost(self._catalogue.model(turn.model), usage.prompt, usage.image, usage.total)
        return Picture(f"{turn.id}-{index}", turn.id, index, parts, blob, width, height, price, answer.seconds)

    async def _part(self, said: Said) -> Part:
        """Drafts are counted in the bill but not kept: they are never shown and never go back."""
        if said.thought or not said.given:
            return Part(said.text, None, said.signature, said.thought)
        return Part(said.text, await self._pictures.put(said.given.data, said.given.mime), said.signature)

    async def _ask(self, turn: Turn) -> Ask:
        chain = await self._turns.chain(turn.parent) if turn.parent else ()
        model = self._catalogue.model(turn.model)
        ratio = context.ratio(turn, chain, model)
        size = turn.options.size if model.sends_size else None
        given = await self._references(turn)
        if not chain:
            return Ask(turn.model, context.words(turn), given, (), ratio, size)
        if context.exact(turn, chain, model):
            history = tuple([await self._exchange(each, context.chosen(each, turn, chain)) for each in chain])
            return Ask(turn.model, context.words(turn), given, history, ratio, size)
        current = await self._given(context.chosen(chain[-1], turn, chain).blob)
        return Ask(turn.model, context.account(turn, chain), (*given, current), (), ratio, size)

    async def _exchange(self, turn: Turn, picture: Picture) -> Exchange:
        said = [await self._said(part) for part in picture.parts if not part.thought]
        return Exchange(context.words(turn), await self._references(turn), tuple(said))

    async def _references(self, turn: Turn) -> tuple[Given, ...]:
        return tuple([await self._given(reference.blob) for reference in turn.references])

    async def _said(self, part: Part) -> Said:
        return Said(part.text, await self._given(part.blob) if part.blob else None, part.signature)

    async def _given(self, blob: Blob) -> Given:
        return Given(await self._pictures.get(blob), blob.mime)
