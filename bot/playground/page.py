"""What the page talks to: the world as one person sees it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from bot.playground import keys
from bot.playground.slack import commands, display, modals, people, presses
from bot.playground.slack.acks import Ack
from bot.playground.slack.channel import Channel
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json
from bot.playground.slack.transfers import file_response

STATIC = Path(__file__).parent / "static"
POLICY = "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; connect-src 'self' ws:"

Act = Callable[[str, Json], Awaitable[Json]]


class Page:
    """Serves the page's files and its JSON. Refusals come back as {"ok": false, "error": …}."""

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
        for name, act in self._acts().items():
            app.router.add_post(f"/page/{name}", _posted(act, self._slack))

    def _acts(self) -> dict[str, Act]:
        return {
            "say": self._say,
            "command": self._command,
            "press": self._press,
            "shortcut": self._shortcut,
            "submit_view": self._submit_view,
            "close_view": self._close_view,
            "delete": self._delete,
            "delete_file": self._delete_file,
            "edit": self._edit,
            "react": self._react,
        }

    async def _index(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": POLICY})

    async def _state(self, request: web.Request) -> web.Response:
        me = _person(self._slack, request.query.get("user", ""))
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
        me = _person(self._slack, request.query.get("user", ""))
        socket = web.WebSocketResponse(heartbeat=20.0)
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
        me = _person(self._slack, request.query.get("user", ""))
        parts = await request.post()
        part = parts.get("file")
        if not isinstance(part, web.FileField):
            return web.json_response({"ok": False, "error": "no_file"}, status=400)
        file = people.upload(self._slack, me, part.filename, part.file.read())
        told = {"id": file.id, "name": file.name, "mimetype": file.mimetype, "size": len(file.data)}
        return web.json_response({"ok": True, "file": told})

    async def _say(self, me: str, body: Json) -> Json:
        room = people.room_for(self._slack, me, str(body.get("channel")))
        files = [str(file) for file in body.get("files") or []]
        said = people.say(self._slack, me, room, str(body.get("text") or ""), body.get("thread_ts"), files)
        return {"ts": said["ts"]}

    async def _command(self, me: str, body: Json) -> Json:
        room = people.room_for(self._slack, me, str(body.get("channel")))
        command, text = str(body.get("command")), str(body.get("text") or "")
        self._slack.chores.start(commands.run(self._slack, me, room, command, text))
        return {}

    async def _press(self, me: str, body: Json) -> Json:
        block, action, value = str(body.get("block_id")), str(body.get("action_id")), body.get("value")
        if "view_id" in body:
            view = modals.find(self._slack, me, str(body["view_id"]))
            return _acked(await presses.choose_in_view(self._slack, me, view, block, action, value))
        room = people.room_for(self._slack, me, str(body.get("channel")))
        ts = str(body.get("message_ts"))
        return _acked(await presses.press(self._slack, me, room, ts, block, action, value))

    async def _shortcut(self, me: str, body: Json) -> Json:
        room = people.room_for(self._slack, me, str(body["channel"])) if body.get("channel") else None
        callback_id, ts = str(body.get("callback_id")), str(body.get("message_ts"))
        return _acked(await presses.take_shortcut(self._slack, me, callback_id, room, ts))

    async def _submit_view(self, me: str, body: Json) -> Json:
        state: Json = body.get("state") or {}
        values: Json = state.get("values", state)
        ack, problems = await modals.submit(self._slack, me, str(body.get("view_id")), values)
        if problems:
            raise Refusal("invalid_input", errors=problems)
        return _acked(ack)

    async def _close_view(self, me: str, body: Json) -> Json:
        await modals.close(self._slack, me, str(body.get("view_id")))
        return {}

    async def _delete(self, me: str, body: Json) -> Json:
        room = people.room_for(self._slack, me, str(body.get("channel")))
        people.delete(self._slack, me, room, str(body.get("ts")))
        return {}

    async def _delete_file(self, me: str, body: Json) -> Json:
        people.delete_file(self._slack, me, str(body.get("file")))
        return {}

    async def _edit(self, me: str, body: Json) -> Json:
        room = people.room_for(self._slack, me, str(body.get("channel")))
        people.edit(self._slack, me, room, str(body.get("ts")), str(body.get("text") or ""))
        return {}

    async def _react(self, me: str, body: Json) -> Json:
        room = people.room_for(self._slack, me, str(body.get("channel")))
        people.react(self._slack, me, room, str(body.get("ts")), str(body.get("name")).strip(":"))
        return {}

    def _where(self, request: web.Request) -> tuple[str, Channel]:
        me = _person(self._slack, request.query.get("user", ""))
        try:
            return me, people.room_for(self._slack, me, request.query.get("channel", ""))
        except Refusal:
            raise web.HTTPNotFound(text="channel_not_found") from None


def _posted(act: Act, slack: Slack) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        try:
            body = await request.json()
            me = _person(slack, str(body.get("user", "")))
            return web.json_response({"ok": True, **await act(me, body)})
        except Refusal as refusal:
            return web.json_response({"ok": False, "error": refusal.error, **refusal.extra})
        except (ValueError, AttributeError):
            return web.json_response({"ok": False, "error": "invalid_json"}, status=400)

    return answer


def _person(slack: Slack, user: str) -> str:
    person = slack.people.get(user or "U0ANA")
    if person is None or person.is_bot:
        raise web.HTTPNotFound(text="user_not_found")
    return person.id


def _acked(ack: Ack) -> Json:
    if not ack.acked:
        timed_out = ack.reason in ("timeout", "http_timeout")
        raise Refusal("operation_timeout" if timed_out else "dispatch_failed")
    return {}


def _described(room: Channel) -> Json:
    kind = "im" if room.kind == "im" else "channel"
    return {"id": room.id, "name": room.name, "kind": kind, "is_member_bot": room.has_app}


def _command(entry: Json) -> Json:
    return {name: entry.get(name, "") for name in ("command", "description", "usage_hint")}


def _order(message: Json) -> str:
    return str(message["ts"])
