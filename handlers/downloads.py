"""Reads people's files and threads from Slack. The token goes to Slack's file host and to no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.markup import plain
from bot.domain.requests import Attachment, Place
from bot.errors import ChatDown, ChatRefused, PersonCanFix
from bot.ports import Heard
from handlers import intake
from handlers.proxies import proxy
from handlers.slack import look

SLACK = "https://slack.com/api/"
FILES = ("https", "files.slack.com", None)
LARGEST = 30_000_000  # bytes of one file
MESSAGES = 50  # of a thread that people started, counted from its newest
PAGES = 5  # of a thread, 999 messages each
MOST_PICTURES = 8
MOST_WORDS = 4_000  # characters
GONE = frozenset({"file_not_found", "file_deleted"})
MODES = {"external": "file_external", "tombstone": "file_gone", "hidden_by_limit": "file_hidden"}


class SlackReader:
    """Fetches files and overhears threads. `api_url` tells which host may be sent the token."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession, token: str, api_url: str) -> None:
        self._client = client
        self._session = session
        self._token = token
        self._host = FILES if api_url == SLACK else _origin(api_url)

    async def fetch(self, attachment: Attachment) -> bytes:
        """The file's bytes. Raises PersonCanFix when it is gone, elsewhere, too big or not to be had; ChatDown."""
        file = await self._info(attachment)
        if reason := _kept_back(file):
            raise PersonCanFix(reason)
        if label := _label(file):
            raise PersonCanFix("file_not_a_picture", label=label)
        if int(file.get("size") or 0) > LARGEST:
            raise PersonCanFix("file_too_big", limit=f"{LARGEST // 1_000_000} MB")
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        if _origin(url) != self._host:
            raise PersonCanFix("file_elsewhere")
        return await self._download(url)

    async def still_there(self, file: str) -> bool:
        """Whether Slack still has this file. When Slack cannot say, it is taken to be there."""
        try:
            data = await look(self._client, "files.info", file=file)
        except ChatRefused as fault:
            return fault.facts.get("code") not in GONE
        return (data.get("file") or {}).get("mode") != "tombstone"

    async def attached(self, place: Place, ts: str) -> tuple[Attachment, ...]:
        """The files of one message; none when it cannot be read."""
        messages = await self._thread(place, oldest=ts, latest=ts, inclusive="true")
        return next((intake.attachments(message) for message in messages if message.get("ts") == ts), ())

    async def overhear(self, place: Place, before: str) -> Heard:
        """The thread's newest messages before `before`, oldest first, with the pictures attached to them."""
        messages = [each for each in await self._thread(place) if float(each["ts"]) < float(before)][-MESSAGES:]
        files = [file for each in messages for file in intake.attachments(each)]
        return Heard("\n".join(_newest(messages)), tuple(files[-MOST_PICTURES:]))

    async def _thread(self, place: Place, **window: str) -> list[dict[str, Any]]:
        """The thread's messages, oldest first, as Slack's pages are; what can be read of it."""
        where = {"channel": place.channel, "ts": place.thread, "limit": "999", **window}
        found: dict[str, dict[str, Any]] = {}
        for _ in range(PAGES):
            try:
                data = await look(self._client, "conversations.replies", **where)
            except ChatRefused:
                break
            found |= {each["ts"]: each for each in data.get("messages") or []}
            where["cursor"] = (data.get("response_metadata") or {}).get("next_cursor") or ""
            if not where["cursor"]:
                break
        return list(found.values())

    async def _info(self, attachment: Attachment) -> dict[str, Any]:
        try:
            data = await look(self._client, "files.info", file=attachment.file)
        except ChatRefused as fault:
            raise PersonCanFix("file_gone" if fault.facts.get("code") in GONE else "file_not_readable") from fault
        return dict(data.get("file") or {})

    async def _download(self, url: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            way = proxy(url)
            async with self._session.get(url, headers=headers, allow_redirects=False, proxy=way) as response:
                if response.status >= 500 or response.status == 429:
                    raise ChatDown("chat_busy")
                if response.status != 200:
                    raise PersonCanFix("file_not_readable")
                return await _bounded(response)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise ChatDown("chat_unreachable") from error


def _kept_back(file: dict[str, Any]) -> str:
    """Why Slack has no bytes of this file for us, by what it says of it; "" when it has."""
    if file.get("file_access") == "access_denied":
        return "file_not_readable"
    return MODES.get(str(file.get("mode")), "file_external" if file.get("is_external") else "")


def _label(file: dict[str, Any]) -> str:
    """What Slack knows this file to be, where that is no picture: it would give us a web page, or the person's own."""
    kind = str(file.get("mimetype"))
    if kind.startswith("application/vnd.slack-") or file.get("mode") == "quip":  # a list, a canvas
        return "a Slack document"
    return "a text file" if file.get("size") and kind.startswith("text/") else ""


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    data = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        data += chunk
        if len(data) > LARGEST:
            raise PersonCanFix("file_too_big", limit=f"{LARGEST // 1_000_000} MB")
    return bytes(data)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port
    except ValueError:
        return "", None, None


def _newest(messages: Sequence[dict[str, Any]]) -> list[str]:
    """What was said last, oldest first. The first may lose its beginning, but not its speaker, who may be forgotten."""
    lines: list[str] = []
    room = MOST_WORDS
    for each in reversed([each for each in messages if each.get("text")]):
        speaker = f"{_speaker(each)}: "
        if (fits := room - len(speaker)) <= 0:
            break
        lines.insert(0, speaker + plain(each["text"])[-fits:])
        room -= len(lines[0]) + 1
    return lines


def _speaker(message: dict[str, Any]) -> str:
    return f"<@{message['user']}>" if message.get("user") else "app"
