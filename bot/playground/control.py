"""The control API: what a test looks at and the knobs it turns."""

import time
from typing import Protocol, cast

from aiohttp import web

from bot.playground import keys
from bot.playground.slack import display, installing, webhooks
from bot.playground.slack.cast import Person
from bot.playground.slack.channel import Channel, Kind
from bot.playground.slack.model import Slack
from bot.playground.slack.shapes import Json


class Painter(Protocol):
    """What the control API needs of the pretend Gemini."""

    calls: list[Json]

    def control(self, body: Json) -> None: ...

    def configure(self, settings: Json) -> None: ...

    def forget(self) -> None: ...


class Control:
    """Routes under /control. Only for tests on this machine: there is no login."""

    def __init__(self, slack: Slack, gemini: Painter) -> None:
        self._slack = slack
        self._gemini = gemini
        self._turned: Json = {}

    def add_routes(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_get("/control/posted", self._posted)
        app.router.add_get("/control/calls", self._calls)
        app.router.add_delete("/control/calls", self._forget_calls)
        app.router.add_get("/control/deliveries", self._deliveries)
        app.router.add_post("/control/transport", self._transport)
        app.router.add_post("/control/faults", self._add_fault)
        app.router.add_delete("/control/faults", self._forget_faults)
        app.router.add_post("/control/settings", self._settings)
        app.router.add_post("/control/deliver", self._deliver)
        app.router.add_post("/control/disconnect", self._disconnect)
        app.router.add_post("/control/channel", self._channel)
        app.router.add_post("/control/person", self._person)
        app.router.add_post("/control/uninstall", self._uninstall)
        app.router.add_post("/control/install", self._install)
        app.router.add_post("/control/reset", self._reset)

    async def _posted(self, request: web.Request) -> web.Response:
        channel, thread_ts = request.query.get("channel"), request.query.get("thread_ts")
        rooms = [room for room in self._slack.channels.values() if channel in (None, room.id)]
        found = [self._told(room, m) for room in rooms for m in _by_app(room)]
        found = [m for m in found if thread_ts in (None, m.get("thread_ts", m["ts"]))]
        return web.json_response(sorted(found, key=lambda m: str(m["ts"])))

    def _told(self, room: Channel, message: Json) -> Json:
        return display.for_page(self._slack, room, message) | {"shown_to": message.get("_to")}

    async def _calls(self, request: web.Request) -> web.Response:
        slack, gemini = self._slack.journal.calls, self._gemini.calls
        wanted = {"slack": slack, "gemini": gemini}.get(request.query.get("api", ""), [*slack, *gemini])
        return web.json_response(wanted)

    async def _forget_calls(self, _request: web.Request) -> web.Response:
        self._slack.journal.calls.clear()
        self._gemini.calls.clear()
        return _done()

    async def _deliveries(self, _request: web.Request) -> web.Response:
        return web.json_response(self._slack.journal.deliveries)

    async def _transport(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body.get("mode") == "socket":
            self._slack.deliveries.url, self._slack.sockets.enabled = None, True
            self._slack.announce()
            return _done()
        url = str(body.get("url", ""))
        if not await webhooks.verify(url):
            return web.json_response({"ok": False, "error": "url_verification_failed"}, status=400)
        self._slack.deliveries.url, self._slack.sockets.enabled = url, False
        self._slack.announce()
        await self._slack.sockets.disconnect("link_disabled")
        return _done()

    async def _add_fault(self, request: web.Request) -> web.Response:
        body = await request.json()
        try:
            if body.get("api") == "gemini":
                self._gemini.control(body)
            else:
                self._slack.faults.add(body)
        except ValueError as wrong:
            return web.json_response({"ok": False, "error": str(wrong)}, status=400)
        return _done()

    async def _forget_faults(self, _request: web.Request) -> web.Response:
        self._slack.faults.waiting.clear()
        calls = list(self._gemini.calls)
        self._gemini.forget()
        self._gemini.calls.extend(calls)
        self._gemini.configure(self._turned)
        return _done()

    async def _settings(self, request: web.Request) -> web.Response:
        body = await request.json()
        self._slack.settings.turn(body)
        self._turned |= body
        self._gemini.configure(body)
        return _done()

    async def _deliver(self, request: web.Request) -> web.Response:
        body = await request.json()
        kind = body.pop("kind", None)
        if kind not in ("command", "event", "action"):
            return web.json_response({"ok": False, "error": "unknown kind"}, status=400)
        headers = body.pop("headers", None) or {}
        payload = body.pop("payload", None) or body
        began = time.monotonic()
        ack = await self._slack.deliveries.ask(kind, payload, headers)
        ms = round((time.monotonic() - began) * 1000)
        told = {"acked": ack.acked, "ack_ms": ms, "response": ack.response, "status": ack.status}
        return web.json_response(told | {"failure": ack.reason or None})

    async def _disconnect(self, request: web.Request) -> web.Response:
        body = await request.json()
        await self._slack.sockets.disconnect(str(body.get("reason", "refresh_requested")))
        return _done()

    async def _channel(self, request: web.Request) -> web.Response:
        body = await request.json()
        if not isinstance(body.get("id"), str):
            return web.json_response({"ok": False, "error": "missing id"}, status=400)
        self._slack.channels[body["id"]] = Channel(
            id=body["id"],
            name=body.get("name", body["id"]),
            kind=cast(Kind, body.get("kind") or ("group" if body.get("is_private") else "channel")),
            members=set(body.get("members", [])),
            archived=bool(body.get("is_archived")),
            shared=bool(body.get("is_ext_shared")),
        )
        return _done()

    async def _person(self, request: web.Request) -> web.Response:
        """Somebody new, of this workspace or another company's."""
        body = await request.json()
        id, name = str(body["id"]), str(body.get("name", body["id"]))
        self._slack.people[id] = Person(id, name.lower(), name, "8a6d3b", team=str(body.get("team") or keys.TEAM_ID))
        return _done()

    async def _uninstall(self, _request: web.Request) -> web.Response:
        installing.uninstall(self._slack)
        return _done()

    async def _install(self, _request: web.Request) -> web.Response:
        installing.install(self._slack)
        return _done()

    async def _reset(self, _request: web.Request) -> web.Response:
        self._slack.start_again()
        self._gemini.forget()
        self._turned.clear()
        return _done()


def _by_app(room: Channel) -> list[Json]:
    everything = [*room.messages.values(), *room.ephemerals.values()]
    return [message for message in everything if message.get("bot_id")]


def _done() -> web.Response:
    return web.json_response({"ok": True})
