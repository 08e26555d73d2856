"""The open pages: each sees at once what its person may see."""

import asyncio
from collections.abc import Iterable

from aiohttp import web

from bot.playground.slack.shapes import Json


class Live:
    """The page's WebSockets by person. Pushing never waits: each page has its own queue.

    `count` is how often something was pushed, whether or not anybody looked: it rises with every visible change.
    """

    def __init__(self) -> None:
        self.count = 0
        self._pages: dict[web.WebSocketResponse, tuple[str, asyncio.Queue[Json]]] = {}

    def push(self, people: Iterable[str], news: Json) -> None:
        """Send `news` to every open page of these people."""
        self.count += 1
        wanted = set(people)
        for person, queue in self._pages.values():
            if person in wanted:
                queue.put_nowait(news)

    def push_all(self, news: Json) -> None:
        """Send `news` to every open page."""
        for _, queue in self._pages.values():
            queue.put_nowait(news)

    async def serve(self, socket: web.WebSocketResponse, person: str) -> None:
        """Keep one page supplied until it goes away."""
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._pages[socket] = (person, queue)
        writer = asyncio.create_task(_write(socket, queue))
        try:
            async for _ in socket:
                pass
        finally:
            self._pages.pop(socket, None)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    async def close(self) -> None:
        """Say goodbye to every page."""
        await asyncio.gather(*(socket.close() for socket in list(self._pages)))


async def _write(socket: web.WebSocketResponse, queue: "asyncio.Queue[Json]") -> None:
    while not socket.closed:
        await socket.send_json(await queue.get())
