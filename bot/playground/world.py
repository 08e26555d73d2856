"""The world in a box: one web application with a pretend Slack, a pretend Gemini and the page."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.playground.acts import Acts
from bot.playground.control import Control
from bot.playground.gemini.server import Gemini
from bot.playground.history import History
from bot.playground.page import Page
from bot.playground.slack.model import Slack
from bot.playground.slack.transfers import Transfers
from bot.playground.slack.web_api import WebApi

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MOST_BYTES = 256 * 1024 * 1024
LOCAL = "127.0.0.1"
OURS = frozenset({LOCAL, "localhost", "::1"})  # names that cannot be pointed here by somebody who owns a domain


class World:
    """Start it, point the app at `slack_api_url` and `gemini_url`, open `url` in a browser.

    `manifest` is the app manifest, as loaded from YAML; `data` is a folder that keeps the channels'
    history and files from one run to the next (nothing is kept without one).
    """

    def __init__(self, manifest: dict[str, Any], *, data: Path | None = None) -> None:
        self.slack = Slack(manifest)
        self.gemini = Gemini()
        self.url = ""
        self._history = History(self.slack, data) if data is not None else None
        self._runner: web.AppRunner | None = None

    @property
    def slack_api_url(self) -> str:
        """What SLACK_API_URL must be set to."""
        return f"{self.url}/slack/api/"

    @property
    def gemini_url(self) -> str:
        """What GOOGLE_GEMINI_BASE_URL must be set to."""
        return f"{self.url}/gemini"

    async def start(self, port: int = 0) -> None:
        """Listen, to this machine alone; with port 0 the system picks a free one. Raises OSError when it is taken."""
        if self._history is not None:
            await self._history.start()
        self._runner = web.AppRunner(
            self._application(),
            handler_cancellation=True,
            shutdown_timeout=1.0,
            access_log=None,
            auto_decompress=False,
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, LOCAL, port).start()
        self.url = self.slack.url = f"http://{LOCAL}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """End every connection and every background task."""
        await self.slack.chores.stop()
        await self.slack.live.close()
        await self.slack.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()
        await self.slack.chores.stop()
        await self.gemini.close()
        if self._history is not None:
            await self._history.stop()

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=MOST_BYTES, middlewares=[refuse_strangers])
        WebApi(self.slack).add_routes(app)
        Transfers(self.slack).add_routes(app)
        Page(self.slack).add_routes(app)
        Acts(self.slack).add_routes(app)
        Control(self.slack, self.gemini).add_routes(app)
        self.gemini.add_routes(app)
        return app


@web.middleware
async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep other web pages, open in the same browser, from using this one: their Origin or their Host is not ours.

    A page whose own name leads here after a while has the right Origin for it.
    """
    if _name(request.host) not in OURS:
        return web.Response(status=403, text="another host")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return web.Response(status=403, text="another origin")
    return await handler(request)


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
