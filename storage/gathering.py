"""Group commit: all who wait are written in one transaction, because a commit costs a sync of the disk."""

from __future__ import annotations

import asyncio
from asyncio import Future, Task
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from storage.outages import away

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 500  # items in one transaction: keeps a burst's statements far below the databases' limits


class Gathering(Generic[Item, Result]):
    """Hands all waiting items to `write`, which stores them in one transaction and returns their results in order.

    While one batch is being written, the next one gathers. `write` may be called again with part of a batch that
    failed, so it has to be all or nothing.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._write = write
        self._waiting: deque[tuple[Item, Future[Result]]] = deque()
        self._task: Task[None] | None = None

    async def add(self, item: Item) -> Result:
        """Return once the item is stored. Raises what storing this item raised.

        A caller that is cancelled before its batch begins takes its item along; later the item is stored anyway.
        """
        future: Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_all())
        return await future

    async def drain(self) -> None:
        """Return once nobody waits any more."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _write_all(self) -> None:
        while batch := self._next():
            try:
                await self._together(batch)
            except BaseException:
                for _, future in [*batch, *self._waiting]:
                    future.cancel()
                self._waiting.clear()
                raise

    def _next(self) -> list[tuple[Item, Future[Result]]]:
        batch: list[tuple[Item, Future[Result]]] = []
        while self._waiting and len(batch) < MOST:
            item, future = self._waiting.popleft()
            if not future.done():
                batch.append((item, future))
        return batch

    async def _together(self, batch: list[tuple[Item, Future[Result]]]) -> None:
        try:
            results = await self._write([item for item, _ in batch])
        except Exception as exc:
            await self._one_by_one(batch, exc)
            return
        for (_, future), result in zip(batch, results, strict=True):
            _resolve(future, result)

    async def _one_by_one(self, batch: list[tuple[Item, Future[Result]]], first: Exception) -> None:
        """One of them is at fault, or the database is: when it is away, none is tried, or no other."""
        broken = first if len(batch) == 1 or away(first) else None
        for item, future in batch:
            if broken is None:
                broken = await self._alone(item, future)
            else:
                _fail(future, broken)

    async def _alone(self, item: Item, future: Future[Result]) -> Exception | None:
        try:
            results = await self._write([item])
        except Exception as exc:
            _fail(future, exc)
            return exc if away(exc) else None
        _resolve(future, results[0])
        return None


def _resolve(future: Future[Result], result: Result) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: Future[Result], exc: Exception) -> None:
    if not future.done():
        future.set_exception(exc)
