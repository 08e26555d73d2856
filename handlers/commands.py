"""Slash commands: answered at once when there is something to mend, written down when there is not."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.catalogue import check_prompt, choose
from bot.domain.inquiries import Inquiry, cancels, inquiry
from bot.domain.prompt import parse
from bot.domain.requests import ImageRequest, Place
from bot.errors import PersonCanFix
from bot.ports import Accepted, Requests
from bot.studio.lineup import Lineup
from bot.studio.spending import Spending
from bot.studio.submit import Submit
from handlers import costs, intake, waiting, wording
from handlers.intake import Me
from handlers.patience import within

log = structlog.get_logger()


def register(app: AsyncApp, me: Me, submit: Submit, requests: Requests, lineup: Lineup, spending: Spending) -> None:
    """Listen to `/imagine`."""
    desk = Desk(submit, requests, lineup, spending)

    async def imagine(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext) -> None:
        if context.get("stranger"):
            said = wording.sentence("stranger", {})
        else:
            said = await desk.answer(command, me.team)
        await (ack(text=said) if said else ack())

    app.command("/imagine")(imagine)


class Desk:
    """Takes commands."""

    def __init__(self, submit: Submit, requests: Requests, lineup: Lineup, spending: Spending) -> None:
        self._submit = submit
        self._requests = requests
        self._lineup = lineup
        self._spending = spending

    async def answer(self, command: dict[str, Any], team: str) -> str:
        """What is said to the one who typed it; "" when it is written down and will be answered with a picture."""
        text = command.get("text") or ""
        if wording.asks_for_help(text):
            return wording.usage(self._lineup.catalogue, command["command"])
        if cancels(text):
            return await self._cancel(Place(team, command["channel_id"]), command["user_id"])
        asked = inquiry(text)
        if asked and asked.about == "cost":
            return await costs.told(self._spending, team, command["user_id"], asked)
        try:
            await (self._report(command, team, asked) if asked else self._picture(command, team, text))
        except PersonCanFix as fault:
            return wording.handed_back(wording.sentence(fault.reason, fault.facts), text)
        except Exception as fault:
            log.error("command_not_accepted", exc_info=fault)
            return wording.handed_back(wording.sentence("not_written_down", {}), text)
        return ""

    async def _picture(self, command: dict[str, Any], team: str, text: str) -> None:
        asked = parse(text)
        check_prompt(choose(await self._lineup.look(), asked.options), asked.prompt)
        await self._take(intake.of_command(command, team))

    async def _report(self, command: dict[str, Any], team: str, asked: Inquiry) -> None:
        """The month is named now, so that a report asked for at its end is not about the next."""
        month = self._spending.month(asked.month)
        await self._take(intake.of_report(command, team, month.name))

    async def _take(self, request: ImageRequest) -> None:
        if await self._submit(request) is Accepted.GONE:
            raise PersonCanFix("token_refused")

    async def _cancel(self, place: Place, asker: str) -> str:
        try:
            return waiting.cancelled(await within(costs.PATIENCE, self._requests.cancel(place, asker)))
        except Exception as fault:
            log.error("not_cancelled", exc_info=fault)
            return wording.sentence("not_cancelled", {})
