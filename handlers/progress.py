"""The line under a thread that says the app is at work. Slack takes it away after two minutes or at the next post."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.requests import Place
from bot.errors import ChatRefused, ThreadpaintError
from bot.ports import Progress
from handlers import waiting
from handlers.slack import call

LOOK = 2.0  # seconds between looks at how the request stands
SOON = 0.2  # seconds between them while that is not known yet
RENEW = 90.0  # seconds: before Slack's two minutes are over
NOWHERE = frozenset({"bot_not_in_channel", "channel_archived"})


@asynccontextmanager
async def status(client: AsyncWebClient, place: Place, look: Callable[[], Progress]) -> AsyncIterator[None]:
    """Keep the status up while the context lasts. A status is a courtesy: when Slack refuses it, work goes on."""
    task = asyncio.create_task(_keep(client, place, look))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def begin(client: AsyncWebClient, place: Place) -> None:
    """Put the first status up, and find out by it whether anything can be said there.

    Raises ChatRefused where the bot is no member any more, or the channel is archived; whatever else Slack says, work
    goes on.
    """
    try:
        await _set(client, place, waiting.status(Progress()))
    except ChatRefused as fault:
        if fault.reason in NOWHERE:
            raise
    except ThreadpaintError:
        return


async def _keep(client: AsyncWebClient, place: Place, look: Callable[[], Progress]) -> None:
    loop = asyncio.get_running_loop()
    said, until = "", 0.0
    while True:
        status = waiting.status(await _known(look))
        if status != said or loop.time() > until:
            said, until = status, loop.time() + RENEW
            await _say(client, place, status)
        await asyncio.sleep(LOOK)


async def _known(look: Callable[[], Progress]) -> Progress:
    """How it stands, as soon as that is known, or after some seconds in which it is not."""
    until = asyncio.get_running_loop().time() + LOOK
    found = look()
    while found.ahead is None and asyncio.get_running_loop().time() < until:
        await asyncio.sleep(SOON)
        found = look()
    return found


async def _say(client: AsyncWebClient, place: Place, status: str) -> None:
    with suppress(ThreadpaintError):
        await _set(client, place, status)


async def _set(client: AsyncWebClient, place: Place, status: str) -> None:
    await call(
        client,
        "assistant.threads.setStatus",
        channel_id=place.channel,
        thread_ts=place.thread,
        status=status,
        loading_messages=list(waiting.loading(status)),
    )
