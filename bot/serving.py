"""Runs the bot: opens the doors, waits to be told to stop, closes them in order."""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import structlog
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.endpoints import Look, application, take_deliveries
from bot.errors import OperatorMustFix
from bot.jobs.curfew import curfew
from bot.jobs.daily import daily
from bot.jobs.upkeep import Keeping, chores
from bot.outside import access, pictures_url, token
from bot.settings import Settings, is_a_file
from bot.studio.leaving import Leaving
from bot.studio.opening import turn_id
from bot.wiring import Front, House, build, build_front
from handlers import departures, ids
from storage.departures import SqlDepartures
from storage.forgetting import Names

log = structlog.get_logger()

Opening = Callable[[Settings], AbstractAsyncContextManager[asyncio.Event]]


async def serve(settings: Settings, opening: Opening) -> None:
    """Serve until SIGTERM or SIGINT; `opening` is one of `running`, `doors` and `work`.

    Each of them asks only for the settings it uses, before anything else, and yields what is set once this process has
    been taken for dead.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, _hear, stop)
    async with opening(settings) as over:
        settle()
        if await _told(stop, over):
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
async def running(settings: Settings) -> AsyncIterator[asyncio.Event]:
    """The bot, doors and worker. On the way out: stop taking, finish or hand back, close."""
    check(settings)
    access(settings)
    pictures_url(settings)
    await asyncio.to_thread(_try, settings.http)
    async with build(settings) as house, house.worker.at_work(), AsyncExitStack() as stack:
        leaving = _listening_for_departures(settings, house.front)
        await stack.enter_async_context(_clearing_up(settings, house, leaving))
        await _open_doors(settings, house.front, [_pulse(house)], stack)
        log.info("serving", what="everything", mode=_mode(settings), http=settings.http, executor=settings.executor)
        yield house.worker.pulse.over


@asynccontextmanager
async def doors(settings: Settings) -> AsyncIterator[asyncio.Event]:
    """The doors alone: what comes in is written down, and workers elsewhere hear of it."""
    _check_shared(settings, "serve --no-work")
    check(settings)
    async with build_front(settings) as front, AsyncExitStack() as stack:
        _listening_for_departures(settings, front)
        await _open_doors(settings, front, [], stack)
        log.info("serving", what="doors", mode=_mode(settings), http=settings.http)
        yield asyncio.Event()  # nobody waits for what doors do, so nobody takes them for dead


@asynccontextmanager
async def work(settings: Settings) -> AsyncIterator[asyncio.Event]:
    """The worker alone, with no door but the one for health and metrics."""
    _check_shared(settings, "work")
    token(settings)
    access(settings)
    pictures_url(settings)
    deaf = settings.model_copy(update={"slack_app_token": SecretStr("")})
    async with build(deaf) as house, AsyncExitStack() as stack:
        await _listen(deaf, application([_database(house.front), _pulse(house)]), stack)
        await stack.enter_async_context(house.worker.at_work())
        leaving = Leaving(SqlDepartures(house.front.database), settings.uninstall_days)
        await stack.enter_async_context(_clearing_up(settings, house, leaving))
        log.info("serving", what="work", mode="none", http=settings.http, executor=settings.executor)
        yield house.worker.pulse.over


def _check_shared(settings: Settings, command: str) -> None:
    if is_a_file(settings.database_url):
        raise OperatorMustFix("database_not_shared", name=command)


def keeping(settings: Settings) -> Keeping:
    """What is kept, where, and for how long. Raises OperatorMustFix when it is not said where."""
    names = Names(turn_id, ids.said, ids.result)
    return Keeping(settings.database_url, pictures_url(settings), names, settings.retention, settings.uninstall_days)


def _listening_for_departures(settings: Settings, front: Front) -> Leaving:
    leaving = Leaving(SqlDepartures(front.database), settings.uninstall_days)
    departures.register(front.app, leaving)
    return leaving


def _clearing_up(settings: Settings, house: House, leaving: Leaving) -> AbstractAsyncContextManager[None]:
    """Once a day what is past its time is forgotten, and whoever has left, and what nobody names."""
    due = chores(keeping(settings), house.front.database)
    return daily(lambda: departures.clear_up(house.front.app.client, leaving, due.forget))


def check(settings: Settings) -> None:
    """Raises OperatorMustFix when neither Socket Mode nor HTTP could work."""
    token(settings)
    if not settings.slack_app_token.get_secret_value() and not settings.slack_signing_secret.get_secret_value():
        why = "Set it for Socket Mode (xapp-…), or set SLACK_SIGNING_SECRET to take deliveries over HTTP."
        raise OperatorMustFix("setting_missing", name="SLACK_APP_TOKEN", why=why)


def _mode(settings: Settings) -> str:
    return "socket" if settings.slack_app_token.get_secret_value() else "http"


async def _open_doors(settings: Settings, front: Front, looks: Sequence[Look], stack: AsyncExitStack) -> None:
    looks = [_database(front), *looks]
    if not (app_token := settings.slack_app_token.get_secret_value()):
        app = application(looks)
        take_deliveries(app, front)
        await _listen(settings, app, stack)
        return
    handler = AsyncSocketModeHandler(front.app, app_token)
    stack.push_async_callback(handler.close_async)
    await _listen(settings, application([*looks, _socket(handler)]), stack)
    await handler.connect_async()  # type: ignore[no-untyped-call]


def _database(front: Front) -> Look:
    async def look() -> str:
        return "" if await front.database.answers() else "the database does not answer"

    return look


def _pulse(house: House) -> Look:
    async def look() -> str:
        return "" if house.worker.pulse.beats else "no sign of life has reached the database lately: no work is begun"

    return look


def _socket(handler: AsyncSocketModeHandler) -> Look:
    async def look() -> str:
        return "" if await handler.client.is_connected() else "there is no socket to Slack"

    return look


def _try(address: str) -> None:
    """Raises OperatorMustFix when nobody could listen there. The doors open last, when work is already being done."""
    host, _, port = address.rpartition(":")
    try:
        for family, kind, protocol, _, where in socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM):
            with socket.socket(family, kind, protocol) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as those who then listen do
                if family == socket.AF_INET6:
                    trial.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                trial.bind(where)
    except OSError as error:
        if error.errno != errno.EAFNOSUPPORT:
            raise OperatorMustFix("address_taken", address=address) from error


async def _listen(settings: Settings, app: web.Application, stack: AsyncExitStack) -> None:
    host, _, port = settings.http.rpartition(":")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=3.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, host, int(port)).start()
    except OSError as error:
        raise OperatorMustFix("address_taken", address=settings.http) from error
