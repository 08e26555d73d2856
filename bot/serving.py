"""Runs the bot: opens the doors, waits to be told to stop, closes them in order."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import structlog
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.endpoints import application
from bot.errors import OperatorMustFix
from bot.settings import Settings
from bot.wiring import House, build

log = structlog.get_logger()

PATIENCE = 12.0  # seconds for what is at work; with closing sockets and tables all is over within 20


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with running(settings):
        settle()
        log.info("serving", mode="socket" if settings.slack_app_token else "http", http=settings.http)
        await stop.wait()
        log.info("stopping")
    log.info("stopped")


def settle() -> None:
    """What start-up has made stays; the collector need not look at it again, nor so often at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[House]:
    """The bot at work. On the way out: stop taking, finish or hand back, close."""
    check(settings)
    async with build(settings) as house, AsyncExitStack() as stack:
        await house.jobs.open()
        stack.push_async_callback(_hand_back, house)
        admitting = asyncio.create_task(house.admission.run(house.jobs.start))
        stack.push_async_callback(_cancel, admitting)
        await _open_doors(settings, house, stack)
        yield house


def check(settings: Settings) -> None:
    """Raises OperatorMustFix when neither Socket Mode nor HTTP could work."""
    if not settings.slack_app_token.get_secret_value() and not settings.slack_signing_secret.get_secret_value():
        why = "Set it for Socket Mode (xapp-…), or set SLACK_SIGNING_SECRET to take deliveries over HTTP."
        raise OperatorMustFix("setting_missing", name="SLACK_APP_TOKEN", why=why)


async def _open_doors(settings: Settings, house: House, stack: AsyncExitStack) -> None:
    token = settings.slack_app_token.get_secret_value()
    await _listen(settings, application(house, deliveries=not token), stack)
    if token:
        handler = AsyncSocketModeHandler(house.app, token)
        stack.push_async_callback(handler.close_async)
        await handler.connect_async()  # type: ignore[no-untyped-call]


async def _listen(settings: Settings, app: web.Application, stack: AsyncExitStack) -> None:
    host, _, port = settings.http.rpartition(":")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=3.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, host, int(port)).start()
    except OSError as error:
        raise OperatorMustFix("address_taken", address=settings.http) from error


async def _hand_back(house: House) -> None:
    left = await house.jobs.close(PATIENCE)
    if left:
        log.info("handed_back", requests=left)


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
