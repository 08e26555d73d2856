"""The gate lets through what it should, and nothing while it is shut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.chaos.gate import Gate


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(100):
        writer.write(data)
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


@pytest.fixture(params=["port", "socket file"])
async def gate(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Gate]:
    """In front of something that says everything again."""
    if request.param == "port":
        server = await asyncio.start_server(_echo, "127.0.0.1", 0)
        address = f"postgresql://ana:secret@127.0.0.1:{server.sockets[0].getsockname()[1]}/pictures"
    else:
        server = await asyncio.start_unix_server(_echo, tmp_path / ".s.PGSQL.5432")
        address = f"postgresql://ana:secret@/pictures?host={tmp_path}"
    gate = Gate(address)
    await gate.open()
    yield gate
    await gate.shut()
    server.close()


@asynccontextmanager
async def _connected(gate: Gate) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Somebody who has been answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", make_url(gate.url).port)
    writer.write(b"hello")
    assert await reader.readexactly(5) == b"hello"
    yield reader, writer
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def test_who_has_said_all_is_heard_to_the_end(gate: Gate) -> None:
    async with _connected(gate) as (reader, writer):
        writer.write(b" and good bye")
        writer.write_eof()
        assert await reader.read() == b" and good bye"


async def test_shut_it_drops_who_is_there_and_refuses_who_comes(gate: Gate) -> None:
    async with _connected(gate) as (reader, _):
        await gate.shut()
        assert await reader.read() == b""
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", make_url(gate.url).port)
    await gate.open()
    async with _connected(gate):
        pass


def test_only_the_way_is_another(tmp_path: Path) -> None:
    url = make_url(Gate(f"postgresql://ana:secret@/pictures?host={tmp_path}").url)
    assert (url.username, url.password, url.host, url.database) == ("ana", "secret", "127.0.0.1", "pictures")


async def test_while_it_is_hushed_nobody_hears_anything_and_afterwards_all_that_was_said(gate: Gate) -> None:
    async with _connected(gate) as (reader, writer):
        hush = asyncio.create_task(gate.hush(60))
        await asyncio.sleep(0)
        writer.write(b"is anybody there?")
        late, answers = await asyncio.open_connection("127.0.0.1", make_url(gate.url).port)
        answers.write(b"me too")
        for waiting in (reader.read(1), late.read(1)):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(waiting, 0.1)
        hush.cancel()
        assert await reader.readexactly(17) == b"is anybody there?"
        assert await late.readexactly(6) == b"me too"
        answers.close()
