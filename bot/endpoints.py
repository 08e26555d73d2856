"""The bot's own HTTP: health, readiness, metrics, and in HTTP mode Slack's deliveries."""

from __future__ import annotations

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.wiring import House
from handlers import envelopes

LARGEST = 4_000_000  # bytes of one delivery


def application(house: House, deliveries: bool) -> web.Application:
    """The routes. Without `deliveries` (Socket Mode) nothing of Slack's is taken here."""
    app = web.Application(client_max_size=LARGEST)
    app.router.add_get("/healthz", _health)
    app.router.add_get("/metrics", _metrics)

    async def ready(_request: web.Request) -> web.Response:
        if await house.database.answers():
            return web.Response(text="ready")
        return web.Response(status=503, text="the database does not answer")

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        if not envelopes.is_signed(house.verifier, request.headers, body):
            return web.Response(status=401)
        payload = envelopes.payload(body, request.content_type)
        if payload is None:
            return web.Response(status=400)
        asked = AsyncBoltRequest(body=payload, headers=dict(request.headers), mode="socket_mode")  # signed: seen above
        return await to_aiohttp_response(await house.app.async_dispatch(asked))

    app.router.add_get("/readyz", ready)
    if deliveries:
        app.router.add_post("/slack/events", take)
    return app


async def _health(_request: web.Request) -> web.Response:
    return web.Response(text="alive")


async def _metrics(_request: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
