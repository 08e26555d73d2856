"""The table of Web API methods: each with its scopes, its rate tier and the tokens it takes."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.slack.arguments import Arguments
from bot.playground.slack.channel import Channel
from bot.playground.slack.model import Slack
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json


@dataclass(frozen=True)
class Call:
    """One call: by which kind of token ("bot", "app", or "" for none) and with which arguments."""

    slack: Slack
    args: Arguments
    token: str

    def require_scope(self, *scopes: str) -> None:
        """Refuse with missing_scope unless the app has one of these."""
        granted = self.slack.installation.scopes
        if scopes and not set(scopes) & set(granted):
            raise Refusal("missing_scope", needed=",".join(scopes), provided=",".join(granted))


@dataclass(frozen=True)
class Method:
    """`scopes`: one of them is enough. `tokens`: the kinds that may call; empty when no token is needed."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...]
    tier: str
    tokens: frozenset[str]


METHODS: dict[str, Method] = {}


def method(
    name: str, *scopes: str, tier: str, tokens: tuple[str, ...] = ("bot",)
) -> Callable[[Callable[[Call], Json]], Callable[[Call], Json]]:
    """Register a function as a Web API method."""

    def register(run: Callable[[Call], Json]) -> Callable[[Call], Json]:
        METHODS[name] = Method(run, scopes, tier, frozenset(tokens))
        return run

    return register


_HISTORY = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


def scope_for(room: Channel, what: str) -> str:
    """The scope for a kind of channel, such as groups:history."""
    return f"{_HISTORY[room.kind]}:{what}"


def known_channel(call: Call, name: str = "channel") -> Channel:
    """The channel of a call, if the app may know that it exists (public ones, and those it is in)."""
    wanted = call.args.need(name)
    room = call.slack.channels.get(wanted)
    if room is None or (room.kind != "channel" and not room.has_app):
        raise Refusal("channel_not_found")
    return room


def joined_channel(call: Call, name: str = "channel") -> Channel:
    """The channel of a call, if the app is in it."""
    room = known_channel(call, name)
    if not room.has_app:
        raise Refusal("not_in_channel")
    return room
