"""A store that speaks as much S3 as we do, and breaks as it is told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import formatdate

from aiohttp import web

from tests.servers.buckets import environment

ERROR = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>no</Message></Error>'


@dataclass
class BrokenStore:
    """`mishaps` are the next answers, one for each request: a status, a status with a code, or "hang"."""

    url: str = ""
    objects: dict[str, bytes] = field(default_factory=dict)
    mishaps: deque[str] = field(default_factory=deque)
    always: str = ""  # the mishap of every request, once the others are used up
    asked: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.url)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.method)
        body = await request.read()
        mishap = self.mishaps.popleft() if self.mishaps else self.always
        if mishap == "hang":
            await asyncio.Event().wait()
        if mishap:
            status, _, code = mishap.partition(" ")
            return web.Response(status=int(status), text=ERROR.format(code=code), content_type="application/xml")
        return self._served(request, body)

    def _served(self, request: web.Request, body: bytes) -> web.Response:
        if request.method == "PUT":
            self.objects[request.path] = body
            return web.Response(headers={"ETag": '"1"'})
        if request.method == "DELETE":
            self.objects.pop(request.path, None)
            return web.Response(status=204)
        if request.path not in self.objects:
            return web.Response(status=404, text=ERROR.format(code="NoSuchKey"), content_type="application/xml")
        headers = {"ETag": '"1"', "Last-Modified": formatdate(usegmt=True)}  # what is older is put again
        return web.Response(body=self.objects[request.path], headers=headers)


@asynccontextmanager
async def broken_store() -> AsyncIterator[BrokenStore]:
    """Serve it on a free port."""
    store = BrokenStore()
    app = web.Application(client_max_size=10_000_000)
    app.router.add_route("*", "/{path:.*}", store.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    store.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield store
    await runner.cleanup()
