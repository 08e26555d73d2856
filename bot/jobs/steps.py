"""The steps of one request. Each says what happens if it runs twice; none returns a picture's bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog

from bot.domain.requests import Act, ImageRequest, Place
from bot.domain.turns import Trouble, Turn
from bot.errors import ChatRefused, OperatorMustFix, PersonCanFix, StoreDown
from bot.jobs.halting import Halting
from bot.ports import Messenger, Operator, Requests, Turns
from bot.studio.gathering import Gathering
from bot.studio.holding import today
from bot.studio.opening import Opening, turn_id
from bot.studio.painting import Painting
from bot.studio.showing import Showing
from bot.studio.spending import Spending

log = structlog.get_logger()

# The same picture can be shown once somebody has seen to it: an admin of Slack's, or whoever runs the store.
MENDABLE = frozenset(
    {
        *("storage_full", "uploads_disabled"),
        *("pictures_unreachable", "pictures_full", "pictures_refused", "pictures_bucket"),
    }
)

LOST = Trouble("picture_lost", {})
OPERATORS_OWN = frozenset({"chat_refused", "token_refused", "app_needs_reinstall", "workspace_not_granted"})


@dataclass(frozen=True, slots=True)
class Studio:
    """Those who do the work."""

    opening: Opening
    gathering: Gathering
    painting: Painting
    showing: Showing
    spending: Spending


class Steps:
    """What the durable workflow runs, in this order: begin, paint, show, and always finish."""

    def __init__(
        self,
        requests: Requests,
        turns: Turns,
        messenger: Messenger,
        studio: Studio,
        operator: Operator,
        halting: Halting,
    ) -> None:
        self._halting = halting
        self._requests = requests
        self._turns = turns
        self._messenger = messenger
        self._studio = studio
        self._operator = operator

    async def begin(self, key: str) -> str:
        """Store the turn and return its id; "" when the request was answered in words or needs no turn.

        Run twice: the root message is found again, the stored turn is returned, the sentence is not said twice. What
        was cancelled before it stood in the channel need not stand there.
        """
        request = await self._requests.find(key)
        if request.withdrawn or (request.cancelled and not request.place.thread):
            return ""
        try:
            if await self._without_a_turn(request):
                return ""
            turn = await self._studio.opening.plan(request)
            place = await self._root(request, turn)
        except PersonCanFix as fault:
            await self._messenger.answer(request, Trouble(fault.reason, fault.facts))
            return ""
        except ChatRefused as fault:
            await self.refused(key, fault)
            await self._messenger.answer(request, Trouble(fault.reason, fault.facts))
            return ""
        except FileNotFoundError:  # of pictures that had only to be shown
            await self._messenger.answer(request, LOST)
            return ""
        return (await self._turns.begin(replace(turn, place=place))).id

    async def _without_a_turn(self, request: ImageRequest) -> bool:
        """Do what costs nothing, if it is that: a pick, a report, pictures that have only to be shown."""
        if request.act is Act.PICK:
            await self._studio.showing.pick(request)
            return True
        if request.act is Act.REPORT:
            await self._studio.spending.report(request)
            return True
        return await self._studio.showing.late(request)

    async def _root(self, request: ImageRequest, turn: Turn) -> Place:
        if request.act.is_click:  # also where the bot hears of nothing else any more: known before it is paid for
            await self._messenger.begin(request.place)
        if request.place.thread:
            return request.place
        place = replace(request.place, thread=await self._messenger.root(request, turn))
        await self._requests.rooted(request.key, place)
        return place

    async def paint(self, key: str, id: str) -> None:
        """Gather references, wait in line, call the model, store the answer; until it is called off.

        Run twice: stored references and pictures are kept; only what is missing is asked for. What was called off
        stays so: what is there by then is shown.
        """
        request = await self._requests.find(key)
        if request.cancelled or not await self._halting.unless_cancelled(key, self._paint(request, id)):
            await self._call_off(key, id)

    async def _call_off(self, key: str, id: str) -> None:
        turn, request = await self._turns.find(id), await self._requests.find(key)
        if missing := turn.options.count - len(turn.pictures):
            await self._turns.fell_short(id, missing, Trouble("withdrawn" if request.withdrawn else "cancelled"))

    async def _paint(self, request: ImageRequest, id: str) -> None:
        turn = await self._turns.find(id)
        async with self._messenger.status(turn.place, lambda: self._studio.painting.progress(id)):
            turn = await self._studio.gathering.gather(request, turn)
            await self._studio.painting.paint(turn)

    async def show(self, id: str) -> None:
        """Upload the pictures and post the result; nothing of a request whose words people have taken back.

        Run twice: the pictures are uploaded again, which leaves files behind that nobody sees; the posted message is
        found by its id and not posted again.
        """
        turn = await self._turns.find(id)
        if turn.pictures or turn.trouble != Trouble("withdrawn"):
            await self._studio.showing.show(turn)

    async def give_up(self, key: str, id: str, reason: str, facts: dict[str, str]) -> None:
        """Something broke: say so where the result would have been, and the reason also to who runs the bot.

        Run twice: as `show` and `answer`; the operator is told of a reason once a day.
        """
        if reason != "something_broke":
            await self._operator.tell(today(reason), Trouble(reason, facts))
        await self._apologise(key, id, Trouble(reason, facts))

    async def refused(self, key: str, fault: ChatRefused) -> None:
        """Slack will not take something: the log has what it said, and whoever runs the bot hears of what is theirs.

        Run twice: logged twice; the operator is told of each refusal once a day.
        """
        log.warning("chat_refused", key=key, reason=fault.reason, **fault.facts)
        if fault.reason in OPERATORS_OWN:
            about = today("-".join(filter(None, (fault.reason, fault.facts.get("code")))))
            await self._operator.tell(about, Trouble(fault.reason, fault.facts))

    async def bury(self, key: str, deaths: int) -> None:
        """This request has killed so many processes that nobody tries it again: tell people, and who runs the bot.

        Run twice: as `give_up`; the operator is told once.
        """
        try:
            id = (await self._turns.find(turn_id(key))).id
        except KeyError:
            id = ""
        await self._operator.tell(f"poisoned-{key}", Trouble("request_poisoned", {"key": key, "count": str(deaths)}))
        await self._apologise(key, id, Trouble("poisoned", {}))

    async def _apologise(self, key: str, id: str, trouble: Trouble) -> None:
        if not id:
            await self._messenger.answer(await self._requests.find(key), trouble)
            return
        turn = await self._turns.find(id)
        if not turn.pictures:
            await self._turns.fell_short(id, turn.options.count, trouble)
        try:
            await self.show(id)
        except (ChatRefused, StoreDown, OperatorMustFix) as fault:
            await self._hold(await self._requests.find(key), turn, Trouble(fault.reason, fault.facts))
        except FileNotFoundError:
            await self._messenger.answer(await self._requests.find(key), LOST)

    async def _hold(self, request: ImageRequest, turn: Turn, why: Trouble) -> None:
        """A picture that cannot be shown now was paid for: it can be shown later, unless nothing can be said."""
        try:
            if turn.pictures and why.reason in MENDABLE:
                await self._messenger.hold(request, turn, why)
                return
        except ChatRefused as fault:
            log.warning("not_held", key=request.key, reason=fault.reason, **fault.facts)
        await self._messenger.answer(request, why)

    async def finish(self, key: str) -> None:
        """The lane is free for the next. Run twice: nothing more."""
        await self._requests.finish(key)
