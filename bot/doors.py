"""The doors: the bot's own HTTP, and Slack's deliveries by socket or by HTTP."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Sequence
from contextlib import AsyncExitStack

import structlog
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.endpoints import Look, application, take_deliveries
from bot.errors import OperatorMustFix
from bot.settings import Settings
from bot.wiring import Front, House
from handlers.sockets import Socket
from storage.attendance import unattended

log = structlog.get_logger()

WATCH = 10.0  # seconds between two looks whether anybody works


async def open_doors(settings: Settings, front: Front, looks: Sequence[Look], stack: AsyncExitStack) -> None:
    """Take in what comes, until the stack closes. `looks`: what else has to be well for this process to be ready."""
    looks = [database_look(front), *looks]
    if not (app_token := settings.slack_app_token.get_secret_value()):
        app = application(looks)
        take_deliveries(app, front)
        await listen(settings, app, stack)
        return
    ears = Socket(front.app, app_token)
    await listen(settings, application([*looks, _socket(ears)]), stack)
    await stack.enter_async_context(ears.listening())


def database_look(front: Front) -> Look:
    """Whether the database can be read and written."""

    async def look() -> str:
        if not await front.database.answers():
            return "the database does not answer"
        return "" if await front.database.is_writable() else "the database can only be read"

    return look


def attendance_look(front: Front) -> Look:
    """Whether anybody does what comes in. A worker that begins anew is nothing to be told."""

    async def look() -> str:
        try:
            nobody = await front.database.read(unattended)
        except SQLAlchemyError:  # another look tells of it
            return ""
        return "requests wait, and no worker is alive: start `threadpaint work`" if nobody else ""

    return look


async def watch(look: Look) -> None:
    """For ever: say it in the log once whenever this look begins to find something wrong."""
    before = ""
    while True:
        wrong = await look()
        if wrong and not before:
            log.error("not_attended", why=wrong)
        before = wrong
        await asyncio.sleep(WATCH)


def pulse_look(house: House) -> Look:
    """Whether what is at work here is known to be ours."""

    async def look() -> str:
        return "" if house.worker.pulse.beats else "no sign of life has reached the database lately: no work is begun"

    return look


def _socket(ears: Socket) -> Look:
    async def look() -> str:
        return "" if ears.open.is_set() else "there is no socket to Slack"

    return look


def address_is_free(address: str) -> None:
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
            raise OperatorMustFix(_why(error), address=address) from error


async def listen(settings: Settings, app: web.Application, stack: AsyncExitStack) -> None:
    """Serve this at the address in the settings, until the stack closes. Raises OperatorMustFix when that cannot be."""
    host, _, port = settings.http.rpartition(":")
    # A body that says it is packed stays packed: a megabyte that nobody signed can hold a thousand of them.
    runner = web.AppRunner(app, access_log=None, auto_decompress=False, shutdown_timeout=3.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, host, int(port)).start()
    except OSError as error:
        raise OperatorMustFix(_why(error), address=settings.http) from error


def _why(error: OSError) -> str:
    return "address_taken" if error.errno == errno.EADDRINUSE else "address_unusable"
