"""Tells a model what is asked: collects the bytes of a turn and of the story before it into one `Ask`."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.catalogue import Model, level
from bot.domain.pictures import Blob, Part, Picture
from bot.domain.spend import Errand
from bot.domain.turns import Trouble, Turn
from bot.imaging.prepare import prepare
from bot.ports import Ask, Exchange, Given, Pictures, Said, Turns
from bot.studio import context
from bot.studio.lineup import Lineup


class Telling:
    """Makes asks. `route` is the way they will go: a story that came by another is told in short."""

    def __init__(self, lineup: Lineup, route: str, pictures: Pictures, turns: Turns) -> None:
        self._lineup = lineup
        self._route = route
        self._pictures = pictures
        self._turns = turns

    async def tell(self, turn: Turn) -> Ask:
        """The whole call for this turn. What had to be left out of its story is recorded on it."""
        chain = await self._turns.chain(turn.parent) if turn.parent else ()
        model = self._lineup.catalogue.model(turn.model)
        left_out = context.omission(turn, chain, model, self._route)
        if left_out:
            await self._turns.told(turn.id, left_out)
        ask = await self._ask(turn, chain, model)
        return await self._with_story(ask, turn, chain, left_out)

    async def _ask(self, turn: Turn, chain: tuple[Turn, ...], model: Model) -> Ask:
        size = turn.options.size
        return Ask(
            model.id,
            context.words(turn),
            tuple([await self._given(each.blob) for each in context.taken(turn, model)]),
            ratio=context.ratio(turn, chain, model),
            size=size if model.sends_size else None,
            thinking=level(model, turn.options.think),
            search=model.search if turn.options.ground else (),
            timeout=float(model.timeouts[size or model.usual]),
            errand=Errand(turn.id, 0, turn.asker, turn.place),
        )

    async def _with_story(self, ask: Ask, turn: Turn, chain: tuple[Turn, ...], left_out: Trouble | None) -> Ask:
        if not chain:
            return ask
        if left_out is None:
            history = tuple([await self._exchange(each, context.chosen(each, turn, chain)) for each in chain])
            return replace(ask, history=history)
        current = await self._current(context.chosen(chain[-1], turn, chain), ask.model)
        return replace(ask, text=context.account(turn, chain), pictures=(*ask.pictures, current))

    async def _current(self, picture: Picture, model: str) -> Given:
        """The newest picture, made smaller where it is larger than the model takes: no picture can block a thread."""
        data = await self._pictures.get(picture.blob)
        if len(data) <= self._lineup.catalogue.model(model).picture_bytes:
            return Given(data, picture.blob.mime)
        small = await asyncio.to_thread(prepare, data, picture.id)
        return Given(small.data, small.mime)

    async def _exchange(self, turn: Turn, picture: Picture) -> Exchange:
        said = [await self._said(part) for part in picture.parts if not part.thought]
        given = tuple([await self._given(reference.blob) for reference in turn.references])
        return Exchange(context.words(turn), given, tuple(said))

    async def _said(self, part: Part) -> Said:
        return Said(part.text, await self._given(part.blob) if part.blob else None, part.signature)

    async def _given(self, blob: Blob) -> Given:
        return Given(await self._pictures.get(blob), blob.mime)
