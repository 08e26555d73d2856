"""A world to test the pretend Slack in: its page, its control API, and the real SDK pointed at it."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from PIL import Image
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import keys
from bot.playground.world import World

MANIFEST: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "manifest.yml").read_text("utf-8"))
ANA, BEN, GENERAL, RANDOM = "U0ANA", "U0BEN", "C0GENERAL", "C0RANDOM"


@dataclass
class Stage:
    """Speaks to a world as a person (`act`), as a test (`turn`, `look`) and as the app (`client`)."""

    world: World
    http: aiohttp.ClientSession
    client: AsyncWebClient

    async def act(self, name: str, /, **body: Any) -> dict[str, Any]:
        """Do something on the page, as Ana in #general unless said otherwise."""
        wanted = {"user": ANA, "channel": GENERAL} | body
        async with self.http.post(f"{self.world.url}/page/{name}", json=wanted) as answer:
            return dict(await answer.json())

    async def look(self, path: str, **query: str) -> Any:
        """Look at something of the page or the control API."""
        async with self.http.get(f"{self.world.url}/{path}", params=query) as answer:
            return await answer.json()

    async def turn(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Turn a knob of the control API."""
        async with self.http.post(f"{self.world.url}/control/{path}", json=body) as answer:
            return dict(await answer.json())

    async def seen(self, person: str = ANA, channel: str = GENERAL) -> list[dict[str, Any]]:
        """What a person sees in a channel."""
        return list((await self.look("page/messages", user=person, channel=channel))["messages"])

    async def upload(self, data: bytes, name: str = "a.png") -> str:
        """Upload a file as the app, without sharing it, and wait until it is processed; its id."""
        done = await self.client.files_upload_v2(content=data, filename=name)
        file_id = str(done["file"]["id"])

        async def processed() -> bool:
            return bool((await self.client.files_info(file=file_id))["file"]["mimetype"])

        await eventually(processed)
        return file_id

    async def attach(self, data: bytes, name: str = "a.png", person: str = ANA) -> str:
        """Pick a file on the page; its id."""
        form = aiohttp.FormData()
        form.add_field("file", data, filename=name)
        async with self.http.post(f"{self.world.url}/page/upload?user={person}", data=form) as answer:
            return str((await answer.json())["file"]["id"])

    async def download(self, url: str, token: str = keys.BOT_TOKEN) -> tuple[str, bytes]:
        """Fetch a private address with a token; the content type and the bytes."""
        async with self.http.get(url, headers={"Authorization": f"Bearer {token}"}) as answer:
            assert answer.status == 200
            return answer.content_type, await answer.read()


@asynccontextmanager
async def staged(manifest: dict[str, Any] = MANIFEST, data: Path | None = None) -> AsyncIterator[Stage]:
    """A fresh world without the app's process."""
    world = World(manifest, data=data)
    await world.start()
    try:
        async with aiohttp.ClientSession() as http:
            client = AsyncWebClient(keys.BOT_TOKEN, base_url=world.slack_api_url, session=http, retry_handlers=[])
            yield Stage(world, http, client)
    finally:
        await world.stop()


@dataclass
class Heard:
    """What a listening app was told: event payloads, command payloads, action payloads."""

    app: AsyncApp
    events: list[dict[str, Any]] = field(default_factory=list)
    commands: list[dict[str, Any]] = field(default_factory=list)
    retries: list[str | None] = field(default_factory=list)

    def kinds(self) -> list[str]:
        """The types of the events, in the order they came."""
        return [body["event"]["type"] for body in self.events]


def hearing(stage: Stage, answer: Any = None) -> Heard:
    """A Bolt app that writes down what it hears and answers commands with `answer`."""
    app = AsyncApp(client=stage.client, signing_secret=keys.SIGNING_SECRET, raise_error_for_unhandled_request=False)
    heard = Heard(app)

    async def on_event(body: dict[str, Any], request: Any) -> None:
        heard.events.append(body)
        heard.retries.append((request.headers.get("x-slack-retry-num") or [None])[0])

    async def on_command(ack: Any, body: dict[str, Any]) -> None:
        heard.commands.append(body)
        await ack(answer) if answer is not None else await ack()

    app.event("message")(on_event)
    app.event({"type": "message", "subtype": "message_changed"})(on_event)
    app.event("app_mention")(on_event)
    app.command("/imagine")(on_command)
    return heard


@asynccontextmanager
async def on_socket(stage: Stage, app: AsyncApp, sockets: int = 1) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connect an app by Socket Mode with the real handler."""
    client = AsyncWebClient(base_url=stage.world.slack_api_url, session=stage.http)
    handler = AsyncSocketModeHandler(app, keys.APP_TOKEN, web_client=client, ping_interval=0.2)
    await handler.connect_async()
    await stage.world.slack.sockets.wait_for(sockets)
    try:
        yield handler
    finally:
        await handler.close_async()


async def eventually(look: Callable[[], Awaitable[Any]], within: float = 10.0) -> Any:
    """Look again and again until there is something to see."""
    until = time.monotonic() + within
    while not (found := await look()):
        assert time.monotonic() < until, "it was never seen"
        await asyncio.sleep(0.01)
    return found


async def refused(call: Awaitable[Any]) -> dict[str, Any]:
    """Await a call that must be refused; the answer."""
    try:
        answered = await call
    except SlackApiError as refusal:
        return dict(refusal.response.data)
    raise AssertionError(f"it was not refused: {answered}")


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A small picture in some format."""
    out = io.BytesIO()
    Image.new("RGB", size, "orange").save(out, kind)
    return out.getvalue()
