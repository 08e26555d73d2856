"""The table of contents: everything Slack can send us, and the room that takes it.

/imagine                          commands
app_mention, message.*            replies
reaction_added, reaction_removed  verdicts
Keep and Discard                  verdicts
other buttons under a picture     buttons
app_uninstalled, tokens_revoked   departures, attached where the daily work begins
"""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.studio.lineup import Lineup
from bot.studio.spending import Spending
from bot.studio.submit import Submit
from handlers import buttons, commands, replies, verdicts
from handlers.delivery import SlackMessenger
from handlers.intake import Me
from handlers.replies import Memory


def register(
    app: AsyncApp,
    me: Me,
    submit: Submit,
    memory: Memory,
    messenger: SlackMessenger,
    lineup: Lineup,
    spending: Spending,
) -> None:
    """Attach every listener."""
    commands.register(app, me, submit, memory.requests, lineup, spending)
    replies.register(app, me, submit, memory, messenger, lineup, spending)
    buttons.register(app, me, submit, messenger)
    verdicts.register(app, me, memory.verdicts)
