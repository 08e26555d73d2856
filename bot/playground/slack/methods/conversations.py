"""conversations.*: what channels there are, and what was said in them."""

import base64
import binascii

from bot.playground import keys
from bot.playground.slack import display
from bot.playground.slack.channel import Channel, is_reply
from bot.playground.slack.clock import fresh_id
from bot.playground.slack.methods.registry import Call, joined_channel, known_channel, method, scope_for
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json, Message

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")


@method("conversations.info", *_READ, tier="t3")
def info(call: Call) -> Json:
    """What kind of channel it is."""
    room = known_channel(call)
    call.require_scope(scope_for(room, "read"))
    return {"channel": room.described()}


@method("conversations.list", *_READ, tier="t2")
def list_all(call: Call) -> Json:
    """The channels the app may know of, as far as its scopes go."""
    granted = call.slack.installation.scopes
    known = [room for room in call.slack.channels.values() if room.kind == "channel" or room.has_app]
    told = [room.described() for room in known if scope_for(room, "read") in granted]
    return {"channels": told, "response_metadata": {"next_cursor": ""}}


@method("conversations.members", *_READ, tier="t4")
def members(call: Call) -> Json:
    """Who is in a channel."""
    room = known_channel(call)
    call.require_scope(scope_for(room, "read"))
    return {"members": sorted(room.members), "response_metadata": {"next_cursor": ""}}


@method("conversations.history", *_HISTORY, tier="t3")
def history(call: Call) -> Json:
    """The messages of the channel itself, newest first."""
    room = _readable(call)
    return _page(call, room, _within(call, room.roots())[::-1], 100)


@method("conversations.replies", *_HISTORY, tier="t3")
def replies(call: Call) -> Json:
    """A thread: its root, then the replies, oldest first. By a reply's timestamp it is that reply alone."""
    room = _readable(call)
    asked = room.messages.get(call.args.need("ts"))
    if asked and is_reply(asked):
        return _page(call, room, [asked], 1000)
    root = room.root_of(str(asked.get("thread_ts") or asked["ts"])) if asked else None
    if root is None:
        raise Refusal("thread_not_found")
    return _page(call, room, [root, *_within(call, room.replies(root["ts"]))], 1000)


@method("conversations.open", "im:write", "mpim:write", tier="t3")
def open_direct(call: Call) -> Json:
    """The direct message with a person."""
    people = [person for person in call.args.text("users").split(",") if person]
    if len(people) != 1:
        raise Refusal("users_list_not_supplied" if not people else "not_enough_users")
    if people[0] not in call.slack.people or people[0] in (keys.BOT_USER, keys.SLACKBOT):
        raise Refusal("user_not_found")
    call.require_scope("im:write")
    return {"channel": {"id": _direct(call, people[0]).id}}


@method("conversations.join", "channels:join", tier="t3")
def join(call: Call) -> Json:
    """Come into a public channel unasked."""
    room = known_channel(call)
    if room.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    room.members.add(keys.BOT_USER)
    return {"channel": room.described()}


def _readable(call: Call) -> Channel:
    room = known_channel(call)
    call.require_scope(scope_for(room, "history"))
    return joined_channel(call)


def _direct(call: Call, person: str) -> Channel:
    for room in call.slack.channels.values():
        if room.kind == "im" and room.members == {person, keys.BOT_USER}:
            return room
    name = call.slack.people[person].name
    room = Channel(fresh_id("D"), name, "im", {person, keys.BOT_USER})
    call.slack.channels[room.id] = room
    return room


def _within(call: Call, found: list[Message]) -> list[Message]:
    low, high = _edge(call, "oldest") or 0, _edge(call, "latest")
    edges = call.args.yes("inclusive")
    return [m for m in found if _inside(_stamp(m["ts"]), low, high, edges)]


def _edge(call: Call, name: str) -> int | None:
    given = call.args.text(name)
    try:
        return _stamp(given) if given else None
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None


def _inside(ts: int, low: int, high: int | None, edges: bool) -> bool:
    if edges and ts in (low, high):
        return True
    return ts > low and (high is None or ts < high)


def _stamp(ts: str) -> int:
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int(rest.ljust(6, "0")[:6] or "0")


def _page(call: Call, room: Channel, found: list[Message], usual: int) -> Json:
    limit = call.args.number("limit", usual, 1000)
    start = _cursor(call.args.text("cursor"))
    told = [display.for_app(call.slack, room, m) for m in found[start : start + limit]]
    more = start + limit < len(found)
    cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
    return {"messages": told, "has_more": more, "response_metadata": {"next_cursor": cursor}}


def _cursor(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, start = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word != "next":
            raise Refusal("invalid_cursor")
        return int(start)
    except (binascii.Error, ValueError):
        raise Refusal("invalid_cursor") from None
