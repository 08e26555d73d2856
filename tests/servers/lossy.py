"""A way to a Postgres that can be cut, and can lose the answer to a commit: it was done, and nobody hears of it."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import make_url

from tests.bench.stage import free_port

COMMIT = b"COMMIT\0"


class Lossy:
    """Passes connections on. `losing` says how many of the next commits nobody hears of."""

    def __init__(self, address: str) -> None:
        self._behind = make_url(address)
        self._port = free_port()
        self._passing: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._loud = asyncio.Event()
        self._loud.set()
        self._broken = False
        self.losing = 0

    @property
    def url(self) -> str:
        """The address in front."""
        query = {name: value for name, value in self._behind.query.items() if name != "host"}
        in_front = self._behind.set(host="127.0.0.1", port=self._port, query=query)
        return in_front.render_as_string(hide_password=False)

    async def open(self) -> None:
        """Let them through."""
        self._broken = False
        if self._server is None:
            self._server = await asyncio.start_server(self._enter, "127.0.0.1", self._port)

    async def cut(self) -> None:
        """Drop who is there, and who comes.

        It goes on listening: whoever is just being let in while a server closes is never closed by asyncio.
        """
        self._broken = True
        passing = list(self._passing)
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)

    async def close(self) -> None:
        """In the end, when nobody comes any more."""
        await self.cut()
        if self._server is not None:
            self._server.close()

    def hush(self) -> None:
        """Let nothing through, and tell nobody: connections stand, and nothing comes of them."""
        self._loud.clear()

    def speak(self) -> None:
        """Go on, with what was said meanwhile."""
        self._loud.set()

    async def waits(self) -> None:
        """Return once it is not hushed."""
        await self._loud.wait()

    def loses(self, data: bytes) -> bool:
        """Whether the answer to this is to be lost."""
        if not self.losing or COMMIT not in data:
            return False
        self.losing -= 1
        return True

    def _enter(self, reader: StreamReader, writer: StreamWriter) -> None:
        if self._broken:
            writer.transport.abort()
            return
        task = asyncio.create_task(self._pass(reader, writer))
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)
        task.add_done_callback(lambda _: writer.transport.abort())  # also of one that is cut before it has begun

    async def _pass(self, reader: StreamReader, writer: StreamWriter) -> None:
        there, back = await self._reach()
        try:
            await _Call(self).carry(reader, back, there, writer)
        finally:
            back.transport.abort()

    async def _reach(self) -> tuple[StreamReader, StreamWriter]:
        folder = self._behind.query.get("host") or self._behind.host or "127.0.0.1"
        port = self._behind.port or 5432
        if str(folder).startswith("/"):
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
        return await asyncio.open_connection(str(folder), port)


class _Call:
    """One connection: it ends when either side has said all, or where an answer is lost."""

    def __init__(self, way: Lossy) -> None:
        self._way = way
        self._mute = False

    async def carry(self, reader: StreamReader, back: StreamWriter, there: StreamReader, writer: StreamWriter) -> None:
        sides = [asyncio.create_task(self._ask(reader, back)), asyncio.create_task(self._answer(there, writer))]
        try:
            await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for side in sides:
                side.cancel()
            await asyncio.gather(*sides, return_exceptions=True)

    async def _ask(self, reader: StreamReader, back: StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                await self._way.waits()
                self._mute = self._mute or self._way.loses(data)
                back.write(data)

    async def _answer(self, there: StreamReader, writer: StreamWriter) -> None:
        with suppress(OSError):
            while (data := await there.read(65_536)) and not self._mute:
                await self._way.waits()
                writer.write(data)


@asynccontextmanager
async def lossy(address: str) -> AsyncIterator[Lossy]:
    """Open, and closed in the end."""
    way = Lossy(address)
    await way.open()
    yield way
    await way.close()
