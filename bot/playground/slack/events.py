"""Events: what the app subscribed to, told once per subscription."""

import time

from bot.playground import keys
from bot.playground.slack.channel import Channel
from bot.playground.slack.clock import fresh_id
from bot.playground.slack.model import Slack
from bot.playground.slack.shapes import Json

# Slack's subscription for messages and the scope it needs, by the kind of channel.
MESSAGES = {
    "channel": ("message.channels", "channels:history"),
    "group": ("message.groups", "groups:history"),
    "im": ("message.im", "im:history"),
    "mpim": ("message.mpim", "mpim:history"),
}
_SCOPES = {
    "app_mention": ("app_mentions:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "file_shared": ("files:read",),
    "file_deleted": ("files:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
}


def tell_message(slack: Slack, channel: Channel, event: Json) -> None:
    """Tell the app about a message (or its change) in a channel it is a member of."""
    subscription, scope = MESSAGES[channel.kind]
    if channel.has_app and subscription in slack.installation.events and scope in slack.installation.scopes:
        event = event | {"channel": channel.id, "channel_type": channel.kind}
        event.setdefault("event_ts", event.get("ts") or slack.clock.tick())
        _send(slack, event)


def tell_mention(slack: Slack, channel: Channel, event: Json) -> None:
    """Tell the app that it was mentioned; Slack never does so in direct messages."""
    if channel.kind != "im" and channel.has_app:
        told = {name: value for name, value in event.items() if name != "subtype"}
        tell(slack, told | {"type": "app_mention", "channel": channel.id, "event_ts": event["ts"]})


def tell(slack: Slack, event: Json) -> None:
    """Tell the app about anything else it subscribed to and has the scope for."""
    kind = str(event["type"])
    needed = _SCOPES.get(kind, ())
    if kind in slack.installation.events and (not needed or set(needed) & set(slack.installation.scopes)):
        event.setdefault("event_ts", slack.clock.tick())
        _send(slack, event)


def _is_shared(slack: Slack, event: Json) -> bool:
    room = slack.channels.get(str(event.get("channel")))
    return room is not None and room.shared


def _send(slack: Slack, event: Json) -> None:
    if not slack.installed:
        return
    payload = {
        "token": "playground-verification",
        "team_id": keys.TEAM_ID,
        "context_team_id": keys.TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": keys.APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": fresh_id("Ev"),
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": keys.TEAM_ID,
                "user_id": keys.BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": _is_shared(slack, event),
        "event_context": f"4-{event['type']}-{event.get('channel', '')}",
    }
    slack.chores.start(slack.deliveries.tell(payload))
