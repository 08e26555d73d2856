"""What Slack itself says to a person: errors and invitations, for their eyes only."""

from bot.playground import keys
from bot.playground.slack import messages
from bot.playground.slack.channel import Channel
from bot.playground.slack.model import Slack

INVITE = "slackbot_invite_app"


def say(slack: Slack, channel: Channel, person: str, text: str) -> None:
    """Tell one person something, as Slackbot."""
    messages.put_ephemeral(slack, channel, person, {"user": keys.SLACKBOT, "username": "Slackbot", "text": text})


def report_failure(slack: Slack, channel: Channel, person: str, command: str, error: str) -> None:
    """Slack's words when an app did not answer a command."""
    say(slack, channel, person, f'{command} failed with the error "{error}"')


def offer_invitation(slack: Slack, channel: Channel, person: str) -> None:
    """What Slack asks when somebody mentions an app that is not in the channel."""
    name = slack.installation.name
    text = f"You mentioned {name}, but they are not in this channel. Type `/invite @{name}` to add them."
    button = {
        "type": "button",
        "action_id": INVITE,
        "text": {"type": "plain_text", "text": "Add to channel"},
        "value": channel.id,
    }
    blocks = [
        {"type": "section", "block_id": "offer", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "block_id": "invite", "elements": [button]},
    ]
    message = {"user": keys.SLACKBOT, "username": "Slackbot", "text": text, "blocks": blocks}
    messages.put_ephemeral(slack, channel, person, message)
