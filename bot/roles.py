"""What a process can be: everything, the doors alone, or a worker alone. Each opens and closes in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import structlog
from pydantic import SecretStr

from bot.doors import address_is_free, attendance_look, database_look, listen, open_doors, pulse_look, watch
from bot.endpoints import application
from bot.errors import OperatorMustFix
from bot.jobs.daily import daily
from bot.jobs.upkeep import Keeping, chores
from bot.outside import access, pictures_url, token
from bot.settings import Settings, is_a_file
from bot.studio.opening import turn_id
from bot.wiring import House, build, build_front
from handlers import departures, ids
from storage.forgetting import Names

log = structlog.get_logger()


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[asyncio.Event]:
    """The bot, doors and worker. On the way out: stop taking, finish or hand back, close."""
    check(settings)
    access(settings)
    pictures_url(settings)
    await asyncio.to_thread(address_is_free, settings.http)
    async with build(settings) as house, house.worker.at_work(), AsyncExitStack() as stack:
        departures.register(house.front.app, house.front.me, house.front.leaving)
        await stack.enter_async_context(_clearing_up(settings, house))
        await open_doors(settings, house.front, [pulse_look(house)], stack)
        log.info("serving", what="everything", mode=_mode(settings), http=settings.http, executor=settings.executor)
        yield house.worker.pulse.over


@asynccontextmanager
async def doors(settings: Settings) -> AsyncIterator[asyncio.Event]:
    """The doors alone: what comes in is written down, and workers elsewhere hear of it."""
    _check_shared(settings, "serve --no-work")
    check(settings)
    async with build_front(settings) as front, AsyncExitStack() as stack:
        departures.register(front.app, front.me, front.leaving)
        attended = attendance_look(front)
        await open_doors(settings, front, [attended], stack)
        stack.callback(asyncio.create_task(watch(attended)).cancel)
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
        await listen(deaf, application([database_look(house.front), pulse_look(house)]), stack)
        await stack.enter_async_context(house.worker.at_work())
        await stack.enter_async_context(_clearing_up(settings, house))
        log.info("serving", what="work", mode="none", http=settings.http, executor=settings.executor)
        yield house.worker.pulse.over


def _check_shared(settings: Settings, command: str) -> None:
    if is_a_file(settings.database_url):
        raise OperatorMustFix("database_not_shared", name=command)


def keeping(settings: Settings) -> Keeping:
    """What is kept, where, and for how long. Raises OperatorMustFix when it is not said where."""
    names = Names(turn_id, ids.said, ids.result)
    return Keeping(settings.database_url, pictures_url(settings), names, settings.retention, settings.uninstall_days)


def _clearing_up(settings: Settings, house: House) -> AbstractAsyncContextManager[None]:
    """Once a day what is past its time is forgotten, and whoever has left, and what nobody names."""
    due = chores(keeping(settings), house.front.database)
    return daily(lambda: departures.clear_up(house.front.app.client, house.front.leaving, due.forget))


def check(settings: Settings) -> None:
    """Raises OperatorMustFix when neither Socket Mode nor HTTP could work."""
    token(settings)
    if not settings.slack_app_token.get_secret_value() and not settings.slack_signing_secret.get_secret_value():
        why = "Set it for Socket Mode (xapp-…), or set SLACK_SIGNING_SECRET to take deliveries over HTTP."
        raise OperatorMustFix("setting_missing", name="SLACK_APP_TOKEN", why=why)


def _mode(settings: Settings) -> str:
    return "socket" if settings.slack_app_token.get_secret_value() else "http"
