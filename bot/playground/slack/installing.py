"""The app is taken out of the workspace, and put in again."""

from bot.playground import keys
from bot.playground.slack import events
from bot.playground.slack.model import Slack


def uninstall(slack: Slack) -> None:
    """Its token is worthless from now on, and both events tell it so, in the order Slack does not promise.

    They are the last that it hears.
    """
    events.tell(slack, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [keys.BOT_USER]}})
    events.tell(slack, {"type": "app_uninstalled"})
    slack.installed = False


def install(slack: Slack) -> None:
    """The token works again, and the app hears of what happens from now on."""
    slack.installed = True
