"""Runs the bot: opens the doors, waits to be told to stop, closes them in order."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import structlog
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.endpoints import application
from bot.errors import OperatorMustFix
from bot.jobs.curfew import curfew
from bot.jobs.daily import daily
from bot.jobs.upkeep import Keeping, chores
from bot.settings import Settings, is_a_file
from bot.studio.leaving import Leaving
from bot.studio.opening import turn_id
from bot.wiring import House, build
from handlers import departures, ids
from storage.departures import SqlDepartures
from storage.forgetting import Names

log = structlog.get_logger()

Opening = Callable[[Settings], AbstractAsyncContextManager[House]]


async def serve(settings: Settings, opening: Opening) -> None:
    """Serve until SIGTERM or SIGINT; `opening` is one of `running`, `doors` and `work`."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, _hear, stop)
    async with opening(settings) as house:
        settle()
        mode = "socket" if settings.slack_app_token.get_secret_value() else "http"
        log.info("serving", what=opening.__name__, mode=mode, http=settings.http, executor=settings.executor)
        if await _told(stop, house.worker.pulse.over):
            rebirth()
        log.info("stopping")
    log.info("stopped")


def _hear(stop: asyncio.Event) -> None:
    """Told to stop: also while it is still starting, it is soon over."""
    stop.set()
    curfew()


async def _told(stop: asyncio.Event, over: asyncio.Event) -> bool:
    """Wait until one of them is set; whether it was that we have been taken for dead."""
    waits = [asyncio.create_task(event.wait()) for event in (stop, over)]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    return over.is_set() and not stop.is_set()


def rebirth() -> None:
    """Become a new process with the same arguments, in the place of this one; nothing of it runs on, not for a moment.

    We were paused for so long that somebody else does our work. Nothing is finished or closed here: whatever this life
    still wrote could get in the way of the one who took over. It is a kill -9 by our own hand, and as safe as that.
    """
    log.warning("begins_a_new_life")
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


def settle() -> None:
    """What start-up has made stays; the collector need not look at it again, nor so often at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[House]:
    """The bot, doors and worker. On the way out: stop taking, finish or hand back, close."""
    check(settings)
    async with build(settings) as house, house.worker.at_work(), AsyncExitStack() as stack:
        await stack.enter_async_context(_clearing_up(settings, house))
        await _open_doors(settings, house, stack)
        yield house


@asynccontextmanager
async def doors(settings: Settings) -> AsyncIterator[House]:
    """The doors alone: what comes in is written down, and workers elsewhere hear of it."""
    _check_shared(settings, "serve --no-work")
    check(settings)
    async with build(settings) as house, AsyncExitStack() as stack:
        _listening_for_departures(settings, house)
        await _open_doors(settings, house, stack)
        yield house


@asynccontextmanager
async def work(settings: Settings) -> AsyncIterator[House]:
    """The worker alone, with no door but the one for health and metrics."""
    _check_shared(settings, "work")
    deaf = settings.model_copy(update={"slack_app_token": SecretStr("")})
    async with build(deaf) as house, AsyncExitStack() as stack:
        await _listen(deaf, application(house, deliveries=False), stack)
        await stack.enter_async_context(house.worker.at_work())
        await stack.enter_async_context(_clearing_up(settings, house))
        yield house


def _check_shared(settings: Settings, command: str) -> None:
    if is_a_file(settings.database_url):
        raise OperatorMustFix("database_not_shared", name=command)


def keeping(settings: Settings) -> Keeping:
    """What is kept, where, and for how long."""
    names = Names(turn_id, ids.said, ids.result)
    return Keeping(settings.database_url, settings.pictures_url, names, settings.retention, settings.uninstall_days)


def _listening_for_departures(settings: Settings, house: House) -> Leaving:
    leaving = Leaving(SqlDepartures(house.database), settings.uninstall_days)
    departures.register(house.app, leaving)
    return leaving


def _clearing_up(settings: Settings, house: House) -> AbstractAsyncContextManager[None]:
    """Once a day what is past its time is forgotten, and whoever has left, and what nobody names."""
    leaving, due = _listening_for_departures(settings, house), chores(keeping(settings), house.database)
    return daily(lambda: departures.clear_up(house.app.client, leaving, due.forget))


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
