"""Brings a turn's result before people, and makes its picture the thread's newest."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.domain.pictures import Picture
from bot.domain.requests import Act, ImageRequest
from bot.domain.turns import Turn
from bot.errors import PersonCanFix
from bot.ports import Messenger, Offer, Pictures, Threads, Turns, Verdicts
from bot.studio.lineup import Lineup
from bot.studio.offers import offers
from bot.studio.opening import source_of

AT_ONCE = 8  # pictures in memory on their way to Slack


class Showing:
    """Uploads and posts. Run twice, it uploads again (files nobody sees) and finds the message it posted."""

    def __init__(
        self,
        lineup: Lineup,
        messenger: Messenger,
        pictures: Pictures,
        threads: Threads,
        turns: Turns,
        verdicts: Verdicts,
    ) -> None:
        self._lineup = lineup
        self._verdicts = verdicts
        self._messenger = messenger
        self._pictures = pictures
        self._threads = threads
        self._turns = turns
        self._uploads = asyncio.Semaphore(AT_ONCE)

    async def show(self, turn: Turn) -> None:
        """Post the result. The first picture is the one replies start from, until another is picked."""
        pictures = await asyncio.gather(*(self._upload(turn, picture) for picture in turn.pictures))
        turn = replace(turn, pictures=tuple(pictures))
        chosen = turn.pictures[0].id if len(turn.pictures) == 1 else turn.id
        post = await self._messenger.show(turn, await self._offers(turn, chosen))
        await self._turns.shown(turn, post)
        if turn.pictures:
            await self._verdicts.display(turn.place, post, [picture.id for picture in turn.pictures])

    async def late(self, request: ImageRequest) -> bool:
        """Show what was painted and could not be shown, where this asks to try that again; whether it did.

        Raises PersonCanFix where it was shown meanwhile: that button was to cost nothing.
        """
        if request.act is not Act.AGAIN:
            return False
        source = await source_of(self._turns, request)
        if source.id != request.picture or not source.pictures:
            return False
        if source.post and source.post == request.text:  # the result's own button: for those that did not come
            return False
        if source.post:
            raise PersonCanFix("picture_shown")
        await self.show(source)
        return True

    async def pick(self, request: ImageRequest) -> None:
        """Make one of several pictures the thread's newest, and show it by itself."""
        turn = await source_of(self._turns, request)
        picture = next((each for each in turn.pictures if each.id == request.picture), None)
        if picture is None:
            raise PersonCanFix("picture_unknown")
        post = await self._messenger.picked(request, turn, picture, await self._offers(turn, picture.id))
        await self._verdicts.display(turn.place, post, [picture.id])
        await self._threads.point(turn.place, picture.id)

    async def _offers(self, turn: Turn, chosen: str) -> tuple[Offer, ...]:
        before = await self._turns.chain(turn.parent) if turn.parent else ()
        return offers(self._lineup.catalogue, turn, chosen, before)

    async def _upload(self, turn: Turn, picture: Picture) -> Picture:
        """Give Slack the original bytes."""
        async with self._uploads:
            file = await self._messenger.upload(picture, await self._pictures.get(picture.blob), turn)
        await self._messenger.processed(file)
        return replace(picture, file=file)
