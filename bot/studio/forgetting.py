"""Forgets a share of everything: bytes, then rows, then what the job engine remembers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.forgetting import Forgotten, Share
from bot.domain.pictures import Blob
from bot.ports.forgetting import Bytes, History, Rows


class Forgetting:
    """Deletes for good.

    Bytes go before the rows that name them: whoever breaks off in between finds the rows again, and with them the
    bytes that are left. Run twice, or twice at the same time, it deletes nothing more.
    """

    def __init__(self, rows: Rows, pictures: Bytes, history: History) -> None:
        self._rows = rows
        self._pictures = pictures
        self._history = history

    async def look(self, share: Share) -> Forgotten:
        """What forgetting this share would come to now. Changes nothing."""
        return await self._rows.look(share)

    async def forget(self, share: Share) -> Forgotten:
        """Forget it, and return how much that was. What is at work stays, and is counted as `left`."""
        threads = await self._rows.erase_threads(share)
        waiting = await self._waiting(share)
        turns = await self._turns(share)
        repeats = await self._repeats(share)
        requests = await self._requests(share)
        rest = await self._rows.erase_rest(share)
        await self._rows.settle()
        left = Forgotten(left=await self._rows.at_work(share))
        return threads + waiting + turns + repeats + requests + rest + left

    async def _waiting(self, share: Share) -> Forgotten:
        """The row first: a request that begins at this moment keeps both its row and its history."""
        keys = await self._rows.erase_waiting(share)
        await self._history.forget(keys)
        return await self._rows.erase_requests(keys) + Forgotten(requests=len(keys))

    async def _turns(self, share: Share) -> Forgotten:
        done = Forgotten()
        while (batch := await self._rows.turns(share)).turns:
            done += await self._drop(batch.blobs) + await self._rows.erase_turns(batch)
        return done

    async def _repeats(self, share: Share) -> Forgotten:
        done = Forgotten()
        while (batch := await self._rows.repeats(share)).turns:
            done += await self._drop(batch.blobs) + await self._rows.erase_words(batch)
        return done

    async def _drop(self, blobs: Sequence[Blob]) -> Forgotten:
        for blob in blobs:
            await self._pictures.drop(blob)
        return Forgotten(objects=len(blobs), size=sum(blob.length for blob in blobs))

    async def _requests(self, share: Share) -> Forgotten:
        done = Forgotten()
        while keys := await self._rows.ended(share):
            await self._history.forget(keys)
            done += await self._rows.erase_requests(keys)
        return done
