"""The line under a thread that says the app is at work. Slack takes it away after two minutes or at the next post."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.requests import Place
from bot.errors import ThreadpaintError
from handlers import wording
from handlers.slack import call

LOOK = 2.0  # seconds between looks at the line in front of the models
RENEW = 90.0  # seconds: before Slack's two minutes are over


@asynccontextmanager
async def status(client: AsyncWebClient, place: Place, ahead: Callable[[], int]) -> AsyncIterator[None]:
    """Keep the status up while the context lasts. A status is a courtesy: when Slack refuses it, work goes on."""
    task = asyncio.create_task(_keep(client, place, ahead))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep(client: AsyncWebClient, place: Place, ahead: Callable[[], int]) -> None:
    loop = asyncio.get_running_loop()
    said, until = -1, 0.0
    while True:
        waiting = ahead()
        if waiting != said or loop.time() > until:
            said, until = waiting, loop.time() + RENEW
            await _say(client, place, waiting)
        await asyncio.sleep(LOOK)


async def _say(client: AsyncWebClient, place: Place, waiting: int) -> None:
    with suppress(ThreadpaintError):
        await call(
            client,
            "assistant.threads.setStatus",
            channel_id=place.channel,
            thread_ts=place.thread,
            status=wording.waiting(waiting) if waiting else wording.PAINTING,
            loading_messages=[wording.waiting(waiting)] if waiting else list(wording.LOADING),
        )
