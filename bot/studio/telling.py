"""Tells a model what is asked: collects the bytes of a turn and of the story before it into one `Ask`."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.catalogue import Model, level
from bot.domain.pictures import Blob, Part, Picture
from bot.domain.spend import Errand
from bot.domain.turns import Turn
from bot.errors import PersonCanFix
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

    async def tell(self, turn: Turn) -> tuple[Turn, Ask]:
        """The turn as it is told, and the whole call for it. What had to be left out of its story is recorded on it.

        Where bytes of earlier turns are gone from the object store the story is told in short. Raises PersonCanFix
        when what this turn itself starts from is gone.
        """
        chain = await self._turns.chain(turn.parent) if turn.parent else ()
        if turn.parent and not chain:  # forgotten while this turn waited: it would be a picture of something else
            raise PersonCanFix("picture_unknown")
        story = context.story(turn, chain, self._lineup.catalogue.model(turn.model), self._route)
        try:
            ask = await self._tell(turn, chain, story)
        except FileNotFoundError:
            if not story.history:
                raise PersonCanFix("picture_unknown") from None
            return await self.tell(replace(turn, left_out=context.short(turn, chain, context.Omission.GONE)))
        if chain:  # also where nothing is left out: an earlier attempt, at another model, may have recorded otherwise
            await self._turns.told(turn.id, story.left_out)
        return replace(turn, left_out=story.left_out), ask

    async def _tell(self, turn: Turn, chain: tuple[Turn, ...], story: context.Story) -> Ask:
        ask = await self._ask(turn, chain, self._lineup.catalogue.model(turn.model))
        if story.history:
            return replace(ask, history=await self._history(turn, chain, story.history))
        return await self._in_short(ask, turn, chain) if chain else ask

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

    async def _history(self, turn: Turn, chain: tuple[Turn, ...], history: tuple[Turn, ...]) -> tuple[Exchange, ...]:
        exchanges = []
        for each in history:
            said = [await self._said(part) for part in context.chosen(each, turn, chain).parts if not part.thought]
            asked = await self._asked(each, chain[: chain.index(each)])
            exchanges.append(Exchange(asked.text, asked.pictures, tuple(said)))
        return tuple(exchanges)

    async def _asked(self, turn: Turn, before: tuple[Turn, ...]) -> Ask:
        """What the model was given with an earlier turn."""
        ask = await self._ask(turn, before, self._lineup.catalogue.model(turn.model))
        return await self._in_short(ask, turn, before) if context.is_short(turn) else ask

    async def _in_short(self, ask: Ask, turn: Turn, chain: tuple[Turn, ...]) -> Ask:
        """With the newest picture and an account. Where that picture is gone, references of the turn's own will do."""
        try:
            current = await self._current(context.chosen(chain[-1], turn, chain), ask.model)
        except FileNotFoundError:
            if ask.pictures:
                return ask
            raise
        return replace(ask, text=context.account(turn, chain), pictures=(*ask.pictures, current))

    async def _current(self, picture: Picture, model: str) -> Given:
        """The newest picture, made smaller where it is larger than the model takes: no picture can block a thread."""
        data = await self._pictures.get(picture.blob)
        if len(data) <= self._lineup.catalogue.model(model).picture_bytes:
            return Given(data, picture.blob.mime)
        small = await asyncio.to_thread(prepare, data, picture.id)
        return Given(small.data, small.mime)

    async def _said(self, part: Part) -> Said:
        return Said(part.text, await self._given(part.blob) if part.blob else None, part.signature)

    async def _given(self, blob: Blob) -> Given:
        return Given(await self._pictures.get(blob), blob.mime)
