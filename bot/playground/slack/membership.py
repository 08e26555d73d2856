"""Coming into a channel and leaving it."""

from bot.playground import keys
from bot.playground.slack import display, events, messages
from bot.playground.slack.channel import Channel
from bot.playground.slack.model import Slack


def invite_app(slack: Slack, channel: Channel, inviter: str) -> None:
    """Add the app; it then hears of the mentions that were waiting for it."""
    if channel.has_app:
        return
    channel.members.add(keys.BOT_USER)
    slack.reload_pages()
    text = f"<@{keys.BOT_USER}> has joined the channel"
    joined = {"subtype": "channel_join", "user": keys.BOT_USER, "inviter": inviter, "text": text}
    messages.put(slack, channel, joined)
    events.tell(slack, _membership_event("member_joined_channel", channel, inviter))
    waiting, channel.uninvited = channel.uninvited, []
    for message in waiting:
        if message["ts"] in channel.messages:
            events.tell_mention(slack, channel, display.for_app(slack, channel, message))


def remove_app(slack: Slack, channel: Channel, remover: str) -> None:
    """Take the app out of a channel."""
    if not channel.has_app:
        return
    events.tell(slack, _membership_event("member_left_channel", channel, remover))
    channel.members.discard(keys.BOT_USER)
    slack.reload_pages()


def _membership_event(kind: str, channel: Channel, inviter: str) -> dict[str, str]:
    return {
        "type": kind,
        "user": keys.BOT_USER,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "channel" else "G",
        "team": keys.TEAM_ID,
        "inviter": inviter,
    }
