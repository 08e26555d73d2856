"""Buttons under a picture. A button's value is an id; everything else is in the database, so it works years later."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.domain.requests import CLICKS
from bot.ports import Accepted
from bot.studio.submit import Submit
from handlers import intake, wording
from handlers.delivery import SlackMessenger
from handlers.intake import Me

ACTIONS = re.compile(f"^({'|'.join(sorted(CLICKS))})(:\\d+)?$")


def register(app: AsyncApp, me: Me, submit: Submit, messenger: SlackMessenger) -> None:
    """Listen to every button the bot makes."""

    async def press(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], context: AsyncBoltContext) -> None:
        request = intake.of_click(body, action, me.team)
        if context.get("stranger"):
            await ack()
            await messenger.whisper(request, wording.sentence("stranger", {}))
            return
        accepted = await submit(request)
        await ack()
        if accepted is Accepted.TWIN:
            await messenger.whisper(request, wording.sentence("already_at_it", {}))

    app.action(ACTIONS)(press)
