"""From a request to a turn: what is asked, of which model, starting from which picture. Nothing is spent here."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b

from bot.catalogue import Catalogue, check_prompt, choose
from bot.domain.options import Tier
from bot.domain.pictures import Picture
from bot.domain.prompt import parse
from bot.domain.requests import Act, ImageRequest
from bot.domain.threads import Thread
from bot.domain.turns import Turn
from bot.errors import PersonCanFix
from bot.ports import Ledger, Slackside, Threads, Turns
from bot.studio.lineup import Lineup
from bot.studio.offers import price
from bot.studio.repeating import asked, repeat


class Opening:
    """Plans turns. It changes nothing: the same request in the same thread gives the same turn."""

    def __init__(self, lineup: Lineup, threads: Threads, turns: Turns, slack: Slackside, ledger: Ledger) -> None:
        self._lineup = lineup
        self._ledger = ledger
        self._threads = threads
        self._turns = turns
        self._slack = slack

    async def plan(self, request: ImageRequest) -> Turn:
        """The turn this request asks for. Raises PersonCanFix when it cannot be one, or would pass a budget."""
        await self._lineup.look()
        turn = await (self._from_click(request) if request.act.is_click else self._from_words(request))
        await self._afford(request, turn)
        return turn

    async def _afford(self, request: ImageRequest, turn: Turn) -> None:
        amount = price(self._lineup.catalogue, turn)
        try:
            await self._ledger.afford(request.place, request.asker, amount)
        except PersonCanFix as fault:
            # A command is handed back whole to who typed it: Slack shows it to nobody.
            words = {} if request.act is Act.COMMAND else {"words": asked(turn)}
            raise PersonCanFix(fault.reason, **fault.facts, **words) from None

    async def _from_click(self, request: ImageRequest) -> Turn:
        source = await source_of(self._turns, request)
        return repeat(self._lineup.catalogue, source, request, turn_id(request.key))

    async def _from_words(self, request: ImageRequest) -> Turn:
        typed = parse(request.text)
        thread = await self._thread(request)
        parent = await self._newest(thread, request) if thread else None
        options = typed.options
        if parent:  # what was typed once holds for the replies that follow, if it is shape or tier
            tier = options.tier or inherited(self._lineup.catalogue, parent)
            options = replace(options, ratio=options.ratio or parent.options.ratio, tier=tier)
        model = choose(self._lineup.catalogue, options)
        check_prompt(model, typed.prompt)
        return Turn(
            id=turn_id(request.key),
            place=request.place,
            act=request.act,
            asker=request.asker,
            words=request.text,
            prompt=typed.prompt,
            options=options,
            model=model.id,
            parent=thread.newest if thread and parent else "",
        )

    async def _thread(self, request: ImageRequest) -> Thread | None:
        if request.act is Act.COMMAND:
            return None
        thread = await self._threads.find(request.place)
        if thread is None and request.act in (Act.REPLY, Act.LOST):
            raise PersonCanFix("thread_unknown")
        return thread

    async def _newest(self, thread: Thread, request: ImageRequest) -> Turn | None:
        """The turn of the thread's newest picture, if there is one and people can still see it.

        Where they cannot, those who call the bot by name or bring a picture start anew; other words would miss it.
        """
        if not thread.newest:
            return None
        turn = await self._turns.of_picture(thread.newest)
        if turn and turn.post and await self._slack.still_there(_of(turn, thread.newest).file):
            return turn
        if request.act is Act.MENTION or request.attachments:
            return None
        raise PersonCanFix("picture_gone" if turn else "picture_unknown")


def inherited(catalogue: Catalogue, parent: Turn) -> Tier | None:
    """The tier typed for the parent, unless another one painted it and no model of the one typed is served any more.

    Then it is the default, as after any picture that a button had from another tier.
    """
    typed, painter = parent.options.tier, catalogue.models.get(parent.model)
    if typed is None or painter is None or painter.tier is typed:
        return typed
    return typed if any(model.id not in catalogue.retired for model in catalogue.of_tier(typed)) else None


def _of(turn: Turn, id: str) -> Picture:
    return next(each for each in turn.pictures if each.id == id)


def turn_id(key: str) -> str:
    """A turn's id, made from its request's key: a second run finds what the first stored."""
    return "t" + blake2b(key.encode(), digest_size=10).hexdigest()


async def source_of(turns: Turns, request: ImageRequest) -> Turn:
    """The turn under which a button was pressed; a failed turn's button carries the turn's own id."""
    try:
        return await turns.of_picture(request.picture) or await turns.find(request.picture)
    except KeyError:
        raise PersonCanFix("picture_unknown") from None
