"""Slash commands: answered at once when there is something to mend, written down when there is not."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.catalogue import Catalogue, check_prompt, choose
from bot.domain.prompt import parse
from bot.errors import PersonCanFix
from bot.studio.submit import Submit
from handlers import intake, wording

log = structlog.get_logger()


def register(app: AsyncApp, submit: Submit, catalogue: Catalogue) -> None:
    """Listen to `/imagine`."""

    async def imagine(ack: AsyncAck, command: dict[str, Any]) -> None:
        text = command.get("text") or ""
        if wording.asks_for_help(text):
            await ack(text=wording.usage(catalogue, command["command"]))
            return
        try:
            asked = parse(text)
            check_prompt(choose(catalogue, asked.options), asked.prompt)
            await submit(intake.of_command(command))
        except PersonCanFix as fault:
            await ack(text=wording.sentence(fault.reason, fault.facts))
        except Exception as fault:
            log.error("command_not_accepted", exc_info=fault)
            await ack(text=wording.sentence("not_written_down", {}))
        else:
            await ack()

    app.command("/imagine")(imagine)
