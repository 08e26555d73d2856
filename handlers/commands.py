"""Slash commands: answered at once when there is something to mend, written down when there is not."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.catalogue import check_prompt, choose
from bot.domain.inquiries import Inquiry, cancels, inquiry
from bot.domain.prompt import parse
from bot.domain.requests import Place
from bot.errors import PersonCanFix
from bot.ports import Requests
from bot.studio.lineup import Lineup
from bot.studio.spending import Spending
from bot.studio.submit import Submit
from handlers import intake, wording
from handlers.patience import within
from handlers.statements import statement

log = structlog.get_logger()

PATIENCE = 2.0  # seconds for what is answered at once: Slack waits for three


def register(app: AsyncApp, submit: Submit, requests: Requests, lineup: Lineup, spending: Spending) -> None:
    """Listen to `/imagine`."""
    desk = Desk(submit, requests, lineup, spending)

    async def imagine(ack: AsyncAck, command: dict[str, Any]) -> None:
        said = await desk.answer(command)
        await (ack(text=said) if said else ack())

    app.command("/imagine")(imagine)


class Desk:
    """Takes commands."""

    def __init__(self, submit: Submit, requests: Requests, lineup: Lineup, spending: Spending) -> None:
        self._submit = submit
        self._requests = requests
        self._lineup = lineup
        self._spending = spending

    async def answer(self, command: dict[str, Any]) -> str:
        """What is said to the one who typed it; "" when it is written down and will be answered with a picture."""
        text = command.get("text") or ""
        if wording.asks_for_help(text):
            return wording.usage(self._lineup.catalogue, command["command"])
        if cancels(text):
            return await self._cancel(command)
        asked = inquiry(text)
        if asked and asked.about == "cost":
            return await self._cost(command, asked)
        try:
            await (self._report(command, asked) if asked else self._picture(command, text))
        except PersonCanFix as fault:
            return wording.sentence(fault.reason, fault.facts)
        except Exception as fault:
            log.error("command_not_accepted", exc_info=fault)
            return wording.sentence("not_written_down", {})
        return ""

    async def _picture(self, command: dict[str, Any], text: str) -> None:
        asked = parse(text)
        check_prompt(choose(await self._lineup.look(), asked.options), asked.prompt)
        await self._submit(intake.of_command(command))

    async def _report(self, command: dict[str, Any], asked: Inquiry) -> None:
        """The month is named now, so that a report asked for at its end is not about the next."""
        month = self._spending.month(asked.month)
        await self._submit(intake.of_report(command, month.name))

    async def _cancel(self, command: dict[str, Any]) -> str:
        place = Place(command["team_id"], command["channel_id"])
        try:
            return wording.cancelled(await within(PATIENCE, self._requests.cancel(place, command["user_id"])))
        except Exception as fault:
            log.error("not_cancelled", exc_info=fault)
            return wording.sentence("not_cancelled", {})

    async def _cost(self, command: dict[str, Any], asked: Inquiry) -> str:
        try:
            found = self._spending.statement(command["team_id"], command["user_id"], asked.month)
            return statement(await within(PATIENCE, found))
        except PersonCanFix as fault:
            return wording.sentence(fault.reason, fault.facts)
        except Exception as fault:
            log.error("cost_not_read", exc_info=fault)
            return wording.sentence("cost_unread", {})
