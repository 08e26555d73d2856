"""What people do on the page, each as a POST of JSON with `user` and what they did it to."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.playground.slack import commands, modals, people, presses, reactions
from bot.playground.slack.acks import Ack
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json

Act = Callable[[str, Json], Awaitable[Json]]


class Acts:
    """Answers `{"ok": true, …}`, or `{"ok": false, "error": …}` when Slack would not let a person do it."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def add_routes(self, app: web.Application) -> None:
        """Register the routes."""
        for name, act in self._acts().items():
            app.router.add_post(f"/page/{name}", _posted(act, self._slack))

    def _acts(self) -> dict[str, Act]:
        return {
            "say": self._say,
            "forward": self._forward,
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

    async def _say(self, me: str, body: Json) -> Json:
        room = people.room_for(self._slack, me, str(body.get("channel")))
        given = body.get("files")
        files = [str(file) for file in given] if isinstance(given, list) else []
        thread_ts = str(body["thread_ts"]) if body.get("thread_ts") else None
        said = people.say(self._slack, me, room, str(body.get("text") or ""), thread_ts, files)
        return {"ts": said["ts"]}

    async def _forward(self, me: str, body: Json) -> Json:
        """The message `ts` of the channel `source`, into `channel`."""
        room = people.room_for(self._slack, me, str(body.get("channel")))
        source = people.room_for(self._slack, me, str(body.get("source")))
        found = reactions.find_message(source, str(body.get("ts")))
        thread_ts = str(body["thread_ts"]) if body.get("thread_ts") else None
        return {"ts": people.forward(self._slack, me, room, str(body.get("text") or ""), thread_ts, found)["ts"]}

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
        """Adds with `remove` false, takes away with `remove` true, and does what a click does without it."""
        room = people.room_for(self._slack, me, str(body.get("channel")))
        ts, name = str(body.get("ts")), str(body.get("name"))
        if "remove" in body:
            message = reactions.find_message(room, ts)
            reactions.put(self._slack, room, message, me, name, on=not body["remove"])
        else:
            reactions.react(self._slack, me, room, ts, name)
        return {}


def person_of(slack: Slack, user: str) -> str:
    """The id of whoever uses the page, Ana when nobody is named; 404 for anybody who is no person."""
    person = slack.people.get(user or "U0ANA")
    if person is None or person.is_bot:
        raise web.HTTPNotFound(text="user_not_found")
    return person.id


def _posted(act: Act, slack: Slack) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        try:
            body = await request.json()
            me = person_of(slack, str(body.get("user", "")))
            return web.json_response({"ok": True, **await act(me, body)})
        except Refusal as refusal:
            return web.json_response({"ok": False, "error": refusal.error, **refusal.extra})
        except (ValueError, AttributeError):
            return web.json_response({"ok": False, "error": "invalid_json"}, status=400)

    return answer


def _acked(ack: Ack) -> Json:
    if not ack.acked:
        timed_out = ack.reason in ("timeout", "http_timeout")
        raise Refusal("operation_timeout" if timed_out else "dispatch_failed")
    return {}
