"""Between the bots and their database: a door that can be shut, as a network or a failover shuts it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from sqlalchemy import make_url

from tests.bench.stage import free_port

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Gate:
    """Passes every connection to `url` on to the Postgres at this address, on a socket file or a port."""

    def __init__(self, address: str) -> None:
        self._behind = make_url(address)
        self._port = free_port()
        self._passing: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._flowing = asyncio.Event()
        self._flowing.set()

    @property
    def url(self) -> str:
        """The address that bots are given."""
        in_front = self._behind.set(host="127.0.0.1", port=self._port, query={})
        return in_front.render_as_string(hide_password=False)

    async def open(self) -> None:
        """Let them through."""
        self._server = await asyncio.start_server(self._enter, "127.0.0.1", self._port)

    async def shut(self) -> None:
        """Refuse who comes, and drop who is there without a word."""
        if self._server is not None:
            self._server.close()
        passing = list(self._passing)
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)

    async def cut(self, seconds: float) -> None:
        """No database for so long: connections break, and new ones are refused."""
        await self.shut()
        await asyncio.sleep(seconds)
        await self.open()

    async def hush(self, seconds: float) -> None:
        """Nothing comes through for so long, and nobody is told: connections stay, and new ones wait for an answer.

        Afterwards all goes on as if it had only been slow, which is what a network does whose packets were lost.
        """
        self._flowing.clear()
        try:
            await asyncio.sleep(seconds)
        finally:
            self._flowing.set()

    async def _enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        passing = asyncio.create_task(self._pass(reader, writer))
        self._passing.add(passing)
        passing.add_done_callback(self._passing.discard)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await self._reach()
            try:
                await asyncio.gather(self._pump(reader, back), self._pump(there, writer))
            finally:
                back.transport.abort()
        finally:
            writer.transport.abort()

    async def _reach(self) -> Streams:
        await self._flowing.wait()
        folder = self._behind.query.get("host") or self._behind.host or "127.0.0.1"
        port = self._behind.port or 5432
        if str(folder).startswith("/"):
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
        return await asyncio.open_connection(str(folder), port)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
        await self._flowing.wait()
        with suppress(OSError):
            writer.write_eof()  # also where the sender was killed: the other side would wait for it for ever
