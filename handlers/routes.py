"""The table of contents: everything Slack can send us, and the room that takes it.

/imagine                        commands
app_mention, message.*          replies
a button under a picture        buttons
"""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.catalogue import Catalogue
from bot.ports import Threads, Turns
from bot.studio.submit import Submit
from handlers import buttons, commands, replies
from handlers.delivery import SlackMessenger


def register(
    app: AsyncApp, submit: Submit, threads: Threads, turns: Turns, messenger: SlackMessenger, catalogue: Catalogue
) -> None:
    """Attach every listener."""
    commands.register(app, submit, catalogue)
    replies.register(app, submit, threads, turns, messenger, catalogue)
    buttons.register(app, submit, messenger)
