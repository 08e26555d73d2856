"""auth.*, apps.*, api.*, blocks.*, users.*, bots.*, reactions.*: the small families."""

from bot.playground import keys
from bot.playground.slack import reactions
from bot.playground.slack.blockkit import check, modal
from bot.playground.slack.cast import Person
from bot.playground.slack.methods.registry import Call, joined_channel, method
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json


@method("api.test", tier="t4", tokens=())
def api_test(call: Call) -> Json:
    """Says back what it was given; fails on request."""
    if call.args.text("error"):
        raise Refusal(call.args.text("error"))
    return {"args": {name: value for name, value in call.args.given.items() if name != "token"}}


@method("auth.test", tier="special", tokens=("bot", "app"))
def auth_test(call: Call) -> Json:
    """Who the token belongs to."""
    told = {"url": f"{call.slack.url}/", "team": keys.TEAM_NAME, "team_id": keys.TEAM_ID}
    if call.token == "app":  # noqa: S105 - a kind of token, not one
        return told | {"app_id": keys.APP_ID, "app_name": call.slack.installation.name}
    user = call.slack.people[keys.BOT_USER]
    told |= {"user": user.name, "user_id": user.id, "bot_id": keys.BOT_ID}
    return told | {"is_enterprise_install": False}


@method("apps.connections.open", "connections:write", tier="t3", tokens=("app",))
def open_connection(call: Call) -> Json:
    """A WebSocket address, good for one connection."""
    address = call.slack.url.replace("http", "ws", 1)
    return {"url": f"{address}/slack/socket?ticket={call.slack.sockets.ticket()}&app_id={keys.APP_ID}"}


@method("blocks.validate", tier="t4", tokens=())
def validate_blocks(call: Call) -> Json:
    """Check blocks, a message or a view without posting; needs no token, and does not look at slack_file."""
    given = [name for name in ("blocks", "message", "view") if call.args.given.get(name)]
    if len(given) != 1:
        raise Refusal.because("invalid_arguments", "must provide exactly one of: blocks, message, view")
    wanted = call.args.structure(given[0])
    if given[0] == "view":
        modal.checked(wanted, str(wanted.get("type")) if isinstance(wanted, dict) else "modal")
    else:
        blocks = wanted.get("blocks") if isinstance(wanted, dict) else wanted
        check.surface_blocks(blocks, "message")
    return {}


@method("users.info", "users:read", tier="t4")
def users_info(call: Call) -> Json:
    """A member's names and time zone."""
    person = call.slack.people.get(call.args.need("user"))
    if person is None:
        raise Refusal("user_not_found")
    return {"user": _user(person)}


@method("users.list", "users:read", tier="t2")
def users_list(call: Call) -> Json:
    """Everybody in the workspace."""
    return {"members": [_user(p) for p in call.slack.people.values()], "response_metadata": {"next_cursor": ""}}


@method("bots.info", "users:read", tier="t3")
def bots_info(call: Call) -> Json:
    """The app's own bot."""
    if call.args.need("bot") != keys.BOT_ID:
        raise Refusal("bot_not_found")
    name = call.slack.installation.name
    return {"bot": {"id": keys.BOT_ID, "app_id": keys.APP_ID, "user_id": keys.BOT_USER, "name": name}}


@method("team.info", "team:read", tier="t3")
def team_info(_call: Call) -> Json:
    """The workspace's name."""
    return {"team": {"id": keys.TEAM_ID, "name": keys.TEAM_NAME, "domain": keys.TEAM_DOMAIN}}


@method("reactions.add", "reactions:write", tier="t3")
def add_reaction(call: Call) -> Json:
    """React to a message."""
    _react(call, on=True)
    return {}


@method("reactions.remove", "reactions:write", tier="t2")
def remove_reaction(call: Call) -> Json:
    """Take a reaction back."""
    _react(call, on=False)
    return {}


def _user(person: Person) -> Json:
    profile = {"real_name": person.real_name, "display_name": person.name}
    told = {"id": person.id, "team_id": keys.TEAM_ID, "name": person.name, "real_name": person.real_name}
    told |= {"color": person.color, "tz": "Etc/UTC", "tz_label": "UTC"}
    return told | {"tz_offset": 0, "deleted": False, "is_bot": person.is_bot, "profile": profile}


def _react(call: Call, *, on: bool) -> None:
    room, name = joined_channel(call), call.args.need("name")
    message = reactions.find_message(room, call.args.need("timestamp"))
    reactions.put(call.slack, room, message, keys.BOT_USER, name, on=on)
