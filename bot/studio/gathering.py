"""Collects what the model is given besides the prompt: people's files, and what was said before the bot was called."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.catalogue import Catalogue, Model
from bot.domain.pictures import Reference
from bot.domain.requests import Act, Attachment, ImageRequest
from bot.domain.threads import Thread
from bot.domain.turns import Trouble, Turn
from bot.errors import PersonCanFix
from bot.imaging.admit import admit
from bot.imaging.prepare import Prepared, prepare
from bot.ports import Heard, Pictures, Slackside, Threads, Turns
from bot.studio import context

AT_ONCE = 2  # decoding is the hungriest thing this process does


class Gathering:
    """Brings references into the object store. Run twice, it fetches again and stores the same."""

    def __init__(
        self, catalogue: Catalogue, slack: Slackside, pictures: Pictures, threads: Threads, turns: Turns
    ) -> None:
        self._catalogue = catalogue
        self._slack = slack
        self._pictures = pictures
        self._threads = threads
        self._turns = turns
        self._decoding = asyncio.Semaphore(AT_ONCE)

    async def gather(self, request: ImageRequest, turn: Turn) -> Turn:
        """The turn with its references. A file that cannot be used is left out and leaves a note that names it."""
        if turn.references or turn.context or turn.notes:
            return turn  # an earlier run was here
        if not (request.attachments or request.partial or _is_inside(request)):
            return turn  # words alone
        heard, attached = await self._heard(request), await self._attached(request)
        model = self._catalogue.model(turn.model)
        # What was attached to the request itself matters more than what was overheard.
        surplus = max(0, len(heard.attachments) + len(attached) - context.room(turn, model))
        turn = await self._with(replace(turn, context=heard.text), (*heard.attachments[surplus:], *attached), model)
        await self._turns.gathered(turn.id, turn.references, turn.context, turn.notes)
        if _is_inside(request):
            await self._threads.open(Thread(turn.place, ours=False))
        return turn

    async def _with(self, turn: Turn, wanted: tuple[Attachment, ...], model: Model) -> Turn:
        """The turn with as many as any model takes: a click may bring it to one that takes more than this one."""
        tiers = self._catalogue.tiers
        most = max(context.room(turn, each) for tier in tiers for each in self._catalogue.of_tier(tier))
        results = await asyncio.gather(*(self._reference(each, model) for each in wanted[:most]))
        turn = replace(turn, references=tuple(each for each in results if isinstance(each, Reference)))
        unusable = [each for each in results if isinstance(each, Trouble)]
        left = [context.too_many(each.name, turn, model) for each in wanted[most:]]
        return replace(turn, notes=(*unusable, *context.surplus(turn, model), *left))

    async def _attached(self, request: ImageRequest) -> tuple[Attachment, ...]:
        if request.attachments or not request.partial:
            return request.attachments
        return await self._slack.attached(request.place, request.ts)

    async def _heard(self, request: ImageRequest) -> Heard:
        """A mention inside people's own thread takes what they said so far; turns from its picture on have it there."""
        if not _is_inside(request):
            return Heard("", ())
        thread = await self._threads.find(request.place)
        if thread and (thread.ours or thread.newest):
            return Heard("", ())
        return await self._slack.overhear(request.place, request.ts)

    async def _reference(self, attachment: Attachment, model: Model) -> Reference | Trouble:
        try:
            data = await self._slack.fetch(attachment)
            async with self._decoding:
                ready = await asyncio.to_thread(_ready, data, attachment.name, model)
        except PersonCanFix as fault:
            return Trouble(fault.reason, {"name": attachment.name, **fault.facts})
        return Reference(attachment.name, await self._pictures.put(ready.data, ready.mime))


def _is_inside(request: ImageRequest) -> bool:
    """Whether the bot was called by name within a thread."""
    return request.act is Act.MENTION and request.place.thread != request.ts


def _ready(data: bytes, name: str, model: Model) -> Prepared:
    admit(data, name)
    return prepare(data, name, budget=model.picture_bytes, mimes=model.mimes)
