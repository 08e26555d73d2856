"""A conversation in the page's words: what people type, press and see."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp

T = TypeVar("T")
PATIENCE = 20.0  # seconds until a wait for something to be seen is given up


@dataclass(frozen=True)
class Seen:
    """A message of the bot's, as people see it."""

    message: dict[str, Any]

    @property
    def ts(self) -> str:
        return str(self.message["ts"])

    @property
    def thread(self) -> str:
        return str(self.message.get("thread_ts") or self.ts)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return list(self.message.get("blocks") or [])

    @property
    def images(self) -> list[dict[str, Any]]:
        return [block for block in self.blocks if block["type"] == "image"]

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """Buttons by what stands on them, each with its block's id."""
        return {
            element["text"]["text"]: {**element, "block_id": block.get("block_id", "")}
            for block in self.blocks
            if block["type"] == "actions"
            for element in block["elements"]
        }

    @property
    def words(self) -> str:
        """All text on it, from top to bottom."""
        texts = [str(self.message.get("text", ""))]
        for block in self.blocks:
            texts += [block["text"]["text"]] if block.get("text") else []
            texts += [element["text"] for element in block.get("elements", []) if isinstance(element.get("text"), str)]
        return "\n".join(texts)


@dataclass
class Story:
    """Speaks to a world as its people do. `channel` and `person` are who speaks where, unless said otherwise."""

    url: str
    session: aiohttp.ClientSession
    channel: str = "C0GENERAL"
    person: str = "U0ANA"
    told: set[tuple[str, str]] = field(default_factory=set)  # what was already seen, so that the next is the next
    newest: Seen | None = None

    async def commands(self, line: str, *, by: str = "", channel: str = "") -> None:
        """Type a slash command."""
        command, _, text = line.partition(" ")
        body = {"user": by or self.person, "channel": channel or self.channel, "command": command, "text": text}
        await self.post("/page/command", body)

    async def says(
        self, text: str, *, by: str = "", channel: str = "", thread: str = "", files: list[str] | None = None
    ) -> str:
        """Type a message; its timestamp."""
        body = {"user": by or self.person, "channel": channel or self.channel, "text": text, "files": files or []}
        answer = await self.post("/page/say", body | ({"thread_ts": thread} if thread else {}))
        return str(answer["ts"])

    async def replies(self, text: str, *, to: Seen | None = None, by: str = "", files: list[str] | None = None) -> str:
        """Type a message in the thread of what was last seen."""
        seen = to or self.newest
        assert seen is not None, "there is nothing to reply to yet"
        return await self.says(text, by=by, channel=str(seen.message["channel"]), thread=seen.thread, files=files)

    async def attaches(self, data: bytes, name: str, *, by: str = "") -> str:
        """Upload a file, to be sent along with a message; its id."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("file", io.BytesIO(data), filename=name)
        url = f"{self.url}/page/upload?user={by or self.person}"
        async with self.session.post(url, data=form) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return str(answer["file"]["id"])

    async def presses(self, label: str, *, on: Seen, by: str = "") -> None:
        """Press a button (and confirm, as a person who means it would)."""
        button = on.buttons[label]
        body = {"user": by or self.person, "channel": on.message["channel"], "message_ts": on.ts}
        await self.post("/page/press", body | {"block_id": button["block_id"], "action_id": button["action_id"]})

    async def sees(self, what: Callable[[Seen], bool], *, within: float = PATIENCE) -> Seen:
        """Wait for a message of the bot's that was not seen before and is like this."""

        async def look() -> Seen | None:
            for seen in await self.posted():
                where = (str(seen.message["channel"]), seen.ts)
                if where not in self.told and what(seen):
                    self.told.add(where)
                    self.newest = seen
                    return seen
            return None

        return await self.eventually(look, within=within)

    async def sees_picture(self, *, by: str = "", within: float = PATIENCE) -> Seen:
        """Wait for the next message with a picture, made by a model whose name has this in it."""
        return await self.sees(lambda seen: bool(seen.images) and by.lower() in seen.words.lower(), within=within)

    async def sees_words(self, words: str, *, within: float = PATIENCE) -> Seen:
        """Wait for the next message of the bot's that says this."""
        return await self.sees(lambda seen: words in seen.words, within=within)

    async def whispered(self, words: str, *, to: str = "", channel: str = "", thread: str = "") -> str:
        """Wait for a sentence that only this person can see."""
        person, place = to or self.person, channel or self.channel

        async def look() -> str | None:
            found = await self.messages(person, place, thread)
            return next((text for text in map(_whisper, found) if text and words in text), None)

        return await self.eventually(look)

    async def messages(self, person: str, channel: str, thread: str = "") -> list[dict[str, Any]]:
        """What a person sees in a channel, or in one of its threads."""
        place = {"user": person, "channel": channel}
        if not thread:
            return list((await self.get("/page/messages", **place))["messages"])
        return list((await self.get("/page/thread", **place, ts=thread))["messages"])

    async def posted(self) -> list[Seen]:
        """Everything the bot has posted that still stands, oldest first."""
        posted = await self.get("/control/posted")
        return [Seen(message) for message in posted if not message.get("is_ephemeral")]

    async def calls(self, api: str) -> list[dict[str, Any]]:
        """The log of what an API was asked."""
        return list(await self.get("/control/calls", api=api))

    async def paintings(self) -> list[dict[str, Any]]:
        """The calls that asked the model for a picture."""
        return [call for call in await self.calls("gemini") if "generateContent" in str(call.get("path"))]

    async def eventually(self, look: Callable[[], Awaitable[T | None]], *, within: float = PATIENCE) -> T:
        """Look until there is something to see."""
        until = time.monotonic() + within
        while (found := await look()) is None:
            if time.monotonic() > until:
                said = [seen.words for seen in await self.posted()][-5:]
                raise AssertionError(f"not seen within {within} s; the last things the bot said: {said}")
            await asyncio.sleep(0.05)
        return found

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.session.post(self.url + path, json=body) as response:
            answer = await response.json()
        assert response.status < 400, (path, answer)
        return dict(answer)

    async def get(self, path: str, **query: str) -> Any:
        async with self.session.get(self.url + path, params=query) as response:
            assert response.status == 200, (path, response.status, await response.text())
            return await response.json()


def _whisper(message: dict[str, Any]) -> str:
    return str(message.get("text", "")) if message.get("is_ephemeral") else ""


@asynccontextmanager
async def telling(url: str) -> AsyncIterator[Story]:
    """A story in the world at this URL."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        yield Story(url, session)
