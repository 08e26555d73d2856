"""Hands a picture to Slack: three steps to upload, then waiting until Slack has looked at it."""

from __future__ import annotations

import asyncio
import io

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ChatDown
from handlers.proxies import proxy
from handlers.slack import call, look

FIRST_LOOK = 0.35  # seconds; the wait grows by half each time
PATIENCE = 30.0


async def upload(client: AsyncWebClient, session: aiohttp.ClientSession, data: bytes, name: str, alt: str) -> str:
    """Upload without sharing and return the file's id. Raises ChatDown, ChatRefused."""
    ticket = await look(client, "files.getUploadURLExternal", filename=name, length=str(len(data)), alt_txt=alt[:1000])
    url = str(ticket["upload_url"])
    try:
        async with session.post(url, data=io.BytesIO(data), proxy=proxy(url)) as response:
            if response.status != 200:
                raise ChatDown("chat_busy")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise ChatDown("chat_unreachable") from error
    await call(client, "files.completeUploadExternal", files=[{"id": ticket["file_id"], "title": name}])
    return str(ticket["file_id"])


async def until_processed(client: AsyncWebClient, file: str) -> None:
    """Wait until an image block may show the file.

    A file that Slack has not processed yet has no MIME type, and a message that shows it is refused. Raises ChatDown
    when it takes too long, ChatRefused.
    """
    wait, waited = FIRST_LOOK, 0.0
    while waited < PATIENCE:
        await asyncio.sleep(wait)
        waited, wait = waited + wait, wait * 1.5
        data = await look(client, "files.info", file=file)
        if (data.get("file") or {}).get("mimetype"):
            return
    raise ChatDown("file_not_processed")
