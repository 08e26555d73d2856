"""The bot's own HTTP: health, readiness, metrics, and in HTTP mode Slack's deliveries."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.wiring import Front
from handlers import envelopes

log = structlog.get_logger()

LARGEST = 4_000_000  # bytes of one delivery
PATIENCE = 3.0  # seconds for a look; whoever asks waits a little longer than that

Look = Callable[[], Awaitable[str]]  # what is wrong, or nothing


def application(looks: Sequence[Look]) -> web.Application:
    """Health and metrics.

    `/healthz` says that the process answers: where it does not, a restart helps. `/readyz` says whether it can do what
    it is there for, and what is wrong otherwise: a database or a network that is away comes back by itself.
    """
    app = web.Application(client_max_size=LARGEST)
    app.router.add_get("/healthz", _health)
    app.router.add_get("/metrics", _metrics)

    async def ready(_request: web.Request) -> web.Response:
        wrong = [said for said in await asyncio.gather(*map(_within, looks)) if said]
        return web.Response(status=503, text="\n".join(wrong)) if wrong else web.Response(text="ready")

    app.router.add_get("/readyz", ready)
    return app


def take_deliveries(app: web.Application, front: Front) -> None:
    """Take Slack's deliveries there as well: those that are signed."""

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        if not envelopes.is_signed(front.verifier, request.headers, body):
            return web.Response(status=200 if envelopes.is_a_look(body) else 401)
        payload = envelopes.payload(body, request.content_type)
        if payload is None:
            return web.Response(status=400)
        if payload.get("type") == "app_rate_limited":
            log.warning("app_rate_limited", minute=payload.get("minute_rate_limited"))
            return web.Response(status=200)
        asked = AsyncBoltRequest(body=payload, headers=dict(request.headers), mode="socket_mode")  # signed: seen above
        return await to_aiohttp_response(await front.app.async_dispatch(asked))

    app.router.add_post("/slack/events", take)


async def _within(look: Look) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            return await look()
    except TimeoutError:
        return "a look at it took too long"


async def _health(_request: web.Request) -> web.Response:
    return web.Response(text="alive")


async def _metrics(_request: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
