"""What the page talks to: the world as one person sees it."""

from pathlib import Path

from aiohttp import web

from bot.playground import keys
from bot.playground.acts import person_of
from bot.playground.slack import display, people
from bot.playground.slack.channel import Channel
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json
from bot.playground.slack.transfers import file_response

STATIC = Path(__file__).parent / "static"
POLICY = "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; connect-src 'self' ws:"


class Page:
    """Serves the page's own files, and what is to be seen on it."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def add_routes(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_get("/", self._index)
        app.router.add_static("/static", STATIC)
        app.router.add_get("/page/state", self._state)
        app.router.add_get("/page/messages", self._messages)
        app.router.add_get("/page/thread", self._thread)
        app.router.add_get("/page/live", self._live)
        app.router.add_get("/page/file/{id}/{name}", self._file)
        app.router.add_post("/page/upload", self._upload)

    async def _index(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": POLICY})

    async def _state(self, request: web.Request) -> web.Response:
        me = person_of(self._slack, request.query.get("user", ""))
        installation = self._slack.installation
        rooms = [room for room in self._slack.channels.values() if me in room.members]
        state = {
            "team": {"id": keys.TEAM_ID, "name": keys.TEAM_NAME},
            "me": me,
            "users": [vars(person) for person in self._slack.people.values()],
            "channels": [_described(room) for room in rooms],
            "commands": [_command(entry) for entry in installation.commands.values()],
            "shortcuts": [
                {name: entry.get(name, "") for name in ("name", "type", "callback_id", "description")}
                for entry in installation.shortcuts.values()
            ],
            "bot": {"id": keys.BOT_USER, "name": installation.name},
            "mode": self._slack.deliveries.mode,
        }
        return web.json_response(state)

    async def _messages(self, request: web.Request) -> web.Response:
        me, room = self._where(request)
        found = room.roots() + [m for m in room.ephemerals.values() if m["_to"] == me and "thread_ts" not in m]
        statuses = {ts: s.shown() for (channel, ts), s in self._slack.statuses.items() if channel == room.id}
        told = [display.for_page(self._slack, room, m) for m in sorted(found, key=_order)]
        return web.json_response({"messages": told, "statuses": statuses})

    async def _thread(self, request: web.Request) -> web.Response:
        me, room = self._where(request)
        ts = request.query.get("ts", "")
        root = room.messages.get(ts)
        if root is None:
            raise web.HTTPNotFound(text="thread_not_found")
        mine = [m for m in room.ephemerals.values() if m["_to"] == me and m.get("thread_ts") == ts]
        found = [root, *sorted([*room.replies(ts), *mine], key=_order)]
        return web.json_response({"messages": [display.for_page(self._slack, room, m) for m in found]})

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        me = person_of(self._slack, request.query.get("user", ""))
        socket = web.WebSocketResponse(heartbeat=20.0, timeout=1.0)
        await socket.prepare(request)
        await self._slack.live.serve(socket, me)
        return socket

    async def _file(self, request: web.Request) -> web.Response:
        file = self._slack.files.get(request.match_info["id"])
        if file is None or not file.ready:
            raise web.HTTPNotFound(text="file_not_found")
        edge = request.query.get("thumb", "")
        answer = await file_response(file, int(edge) if edge.isdecimal() else None)
        # A file somebody uploaded must not run as a page of this origin.
        answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    async def _upload(self, request: web.Request) -> web.Response:
        me = person_of(self._slack, request.query.get("user", ""))
        parts = await request.post()
        part = parts.get("file")
        if not isinstance(part, web.FileField):
            return web.json_response({"ok": False, "error": "no_file"}, status=400)
        file = people.upload(self._slack, me, part.filename, part.file.read())
        told = {"id": file.id, "name": file.name, "mimetype": file.mimetype, "size": len(file.data)}
        return web.json_response({"ok": True, "file": told})

    def _where(self, request: web.Request) -> tuple[str, Channel]:
        me = person_of(self._slack, request.query.get("user", ""))
        try:
            return me, people.room_for(self._slack, me, request.query.get("channel", ""))
        except Refusal:
            raise web.HTTPNotFound(text="channel_not_found") from None


def _described(room: Channel) -> Json:
    kind = "im" if room.kind == "im" else "channel"
    return {"id": room.id, "name": room.name, "kind": kind, "is_member_bot": room.has_app}


def _command(entry: Json) -> Json:
    return {name: entry.get(name, "") for name in ("command", "description", "usage_hint")}


def _order(message: Json) -> str:
    return str(message["ts"])
