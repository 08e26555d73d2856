"""Tells a model what is asked: collects the bytes of a turn and of the story before it into one `Ask`."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.catalogue import Model, level
from bot.domain.options import Size
from bot.domain.pictures import Blob, Part
from bot.domain.spend import Errand
from bot.domain.turns import Turn
from bot.errors import PersonCanFix
from bot.imaging.kinds import sniff
from bot.imaging.prepare import prepare
from bot.imaging.unusable import Unusable
from bot.ports import Ask, Exchange, Given, Pictures, Said, Turns
from bot.studio import context
from bot.studio.lineup import Lineup

UNTOLD = Size.ONE  # what Google's models paint where no size is named


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
        return replace(
            await self._own(turn, model),
            ratio=context.ratio(turn, chain, model),
            size=_named(model, size),
            thinking=level(model, turn.options.think),
            search=model.search if turn.options.ground else (),
            timeout=float(model.timeouts[size or model.usual]),
            errand=Errand(turn.id, 0, turn.asker, turn.place),
        )

    async def _history(self, turn: Turn, chain: tuple[Turn, ...], history: tuple[Turn, ...]) -> tuple[Exchange, ...]:
        model = self._lineup.catalogue.model(turn.model)
        exchanges = []
        for each in history:
            said = [await self._said(part) for part in context.chosen(each, turn, chain).parts if not part.thought]
            asked = await self._asked(each, chain[: chain.index(each)], model)
            exchanges.append(Exchange(asked.text, asked.pictures, tuple(said)))
        return tuple(exchanges)

    async def _asked(self, turn: Turn, before: tuple[Turn, ...], model: Model) -> Ask:
        """What the model was given with an earlier turn, whatever can be asked of it by now."""
        ask = await self._own(turn, model)
        return await self._in_short(ask, turn, before) if context.is_short(turn) else ask

    async def _own(self, turn: Turn, model: Model) -> Ask:
        """A turn's own words and references."""
        given = tuple([await self._fitting(each.blob, model) for each in context.taken(turn, model)])
        return Ask(model.id, context.words(turn), given)

    async def _in_short(self, ask: Ask, turn: Turn, chain: tuple[Turn, ...]) -> Ask:
        """With the newest picture and an account. Where that picture is gone, references of the turn's own will do."""
        try:
            picture = context.chosen(chain[-1], turn, chain)
            current = await self._fitting(picture.blob, self._lineup.catalogue.model(ask.model))
        except FileNotFoundError:
            if ask.pictures:
                return ask
            raise
        return replace(ask, text=context.account(turn, chain), pictures=(*ask.pictures, current))

    async def _fitting(self, blob: Blob, model: Model) -> Given:
        """The picture as this model takes it, smaller or of another kind where need be: none can block a thread.

        What kind it is its bytes say, not what painted it. FileNotFoundError when it is gone, or nobody can read it.
        """
        data = await self._pictures.get(blob)
        kind = sniff(data)
        if kind and kind.mime in model.mimes and len(data) <= model.picture_bytes:
            return Given(data, kind.mime)
        try:
            return await asyncio.to_thread(_made, data, blob.key, model)
        except Unusable as exc:
            raise FileNotFoundError(blob.key) from exc

    async def _said(self, part: Part) -> Said:
        """Exactly as it came: with the type that the model gave it, too."""
        given = Given(await self._pictures.get(part.blob), part.blob.mime) if part.blob else None
        return Said(part.text, given, part.signature)


def _named(model: Model, size: Size | None) -> Size | None:
    """The size to name; None where the model paints it by itself, or will not be told one."""
    wanted = size or (None if model.usual is UNTOLD else model.usual)
    return wanted if model.sends_size else None


def _made(data: bytes, name: str, model: Model) -> Given:
    made = prepare(data, name, budget=model.picture_bytes, mimes=model.mimes)
    return Given(made.data, made.mime)
