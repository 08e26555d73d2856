"""`/imagine cost` and `/imagine report`, and what the operator hears, over the real SDK against the pretend Slack."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from slack_bolt.async_app import AsyncApp

from bot.catalogue import load
from bot.domain.options import Tier
from bot.domain.requests import Act, ImageRequest, Place
from bot.domain.spend import Budgets, Scope, TierSpend
from bot.domain.turns import Trouble
from bot.playground import keys
from bot.ports import Progress, Report
from bot.studio.lineup import Lineup
from bot.studio.spending import Spending
from bot.studio.submit import Submit
from handlers import commands, costs, operators, progress
from handlers.delivery import SlackMessenger
from handlers.intake import Me
from handlers.operators import SlackOperator
from tests.fakes.books import RememberedLedger, RememberedPosts, RememberedRequests
from tests.wire.slack_stage import ANA, GENERAL, Stage, eventually, on_socket, staged

TEAM = keys.TEAM_ID
ME = Me(TEAM, keys.BOT_USER, keys.BOT_ID)
FLASH = TierSpend(Tier.FLASH, 30, Decimal("2"), Decimal("0.0672"), 27, 25, 20)
PRO = TierSpend(Tier.PRO, 40, Decimal("6"), Decimal(0), 38, 31, 20)
REPORT = Report("2026-11", (FLASH, PRO), (FLASH, PRO))
ASKED = ImageRequest("command:T:1", Act.REPORT, Place(TEAM, GENERAL), ANA, "0", "2026-11")


async def nobody_returns() -> bool:
    return False


class NoRetirements:
    """Every model is there."""

    async def retire(self, model: str) -> None: ...

    async def restore(self, model: str) -> None: ...

    async def retired(self) -> frozenset[str]:
        return frozenset()


@dataclass
class Desk:
    """The app's commands on a stage."""

    stage: Stage
    messenger: SlackMessenger
    posts: RememberedPosts
    ledger: RememberedLedger = field(default_factory=RememberedLedger)
    requests: RememberedRequests = field(default_factory=RememberedRequests)

    def app(self) -> AsyncApp:
        app = AsyncApp(client=self.stage.client, signing_secret=keys.SIGNING_SECRET)
        spending = Spending(self.ledger, self.messenger, Budgets(Decimal(2), Decimal(50)), ZoneInfo("UTC"))
        submit = Submit(self.requests, lambda: None, nobody_returns)
        commands.register(app, ME, submit, self.requests, Lineup(load(), NoRetirements()), spending)
        return app

    async def types(self, text: str) -> None:
        """Type `/imagine …` and wait for its ack."""
        before = len(await self._acks())
        await self.stage.act("command", command="/imagine", text=text)

        async def acked() -> bool:
            return len(await self._acks()) > before

        await eventually(acked)

    async def _acks(self) -> list[bool]:
        return [each["acked"] for each in await self.stage.look("control/deliveries") if each["acked"]]

    async def whispered(self) -> list[str]:
        return [each["text"] for each in await self.stage.seen() if each.get("is_ephemeral")]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with staged() as stage:
        await stage.turn("settings", {"rate_limits": False, "file_delay": 0.0})
        posts = RememberedPosts()
        made = Desk(stage, SlackMessenger(stage.client, stage.http, posts, load()), posts)
        async with on_socket(stage, made.app()):
            yield made


async def test_what_was_spent_is_answered_to_the_one_who_asks(desk: Desk) -> None:
    desk.ledger.figures = {Scope(TEAM, asker=ANA): (FLASH,), Scope(TEAM): (FLASH, PRO)}
    await desk.types("cost")
    (said,) = await desk.whispered()
    assert "• Flash: 27 pictures, $2.00 ($0.10 per kept picture, 20 kept)" in said
    assert "Up to $0.067 more may be billed" in said
    assert "$0.00 of your $2.00 for today · $41.932 of this workspace's $50.00" in said
    assert desk.requests.taken == []


async def test_a_month_can_be_named(desk: Desk) -> None:
    await desk.types("cost 2025-02")
    assert (Scope(TEAM, asker=ANA), "2025-02") in desk.ledger.asked
    assert "nothing in February 2025" in (await desk.whispered())[0]


@pytest.mark.parametrize("text", ["cost 2026-13", "report 2026-00", "report 0000-01"])
async def test_what_is_no_month_is_said_at_once(desk: Desk, text: str) -> None:
    await desk.types(text)
    assert "no month I know" in (await desk.whispered())[0]
    assert desk.requests.taken == []


async def test_a_busy_database_does_not_keep_anyone_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(costs, "PATIENCE", 0.1)
    desk.ledger.stuck = True
    await desk.types("cost")
    assert (await desk.whispered())[0].startswith("I could not look up what was spent")


async def test_a_broken_database_is_told_without_its_words(desk: Desk) -> None:
    desk.ledger.fault = OSError("disk full at /var")
    await desk.types("cost")
    (said,) = await desk.whispered()
    assert said.startswith("I could not look up what was spent")
    assert "disk" not in said


async def test_a_report_is_written_down_with_its_month(desk: Desk) -> None:
    await desk.types("report 2026-11")
    await desk.types("report")
    await desk.types("report card on a desk")
    assert [(each.act, each.place.channel) for each in desk.requests.taken] == [
        (Act.REPORT, GENERAL),
        (Act.REPORT, GENERAL),
        (Act.COMMAND, GENERAL),
    ]
    assert [each.text for each in desk.requests.taken] == [
        "2026-11",
        time.strftime("%Y-%m", time.gmtime()),
        "report card on a desk",
    ]
    assert await desk.whispered() == []


async def test_a_report_is_a_table_with_a_plot_and_is_posted_once(desk: Desk) -> None:
    await desk.messenger.report(ASKED, REPORT)
    await desk.messenger.report(ASKED, REPORT)
    (posted,) = await desk.stage.look("control/posted")
    assert [block["type"] for block in posted["blocks"]] == ["header", "section", "table", "image", "context"]
    assert "Flash is cheaper per kept picture: $0.10 (25 of 27 pictures judged)" in posted["blocks"][1]["text"]["text"]
    assert "Pro $0.30" in posted["blocks"][3]["alt_text"]
    assert posted["blocks"][3]["image_width"] == 1280
    assert "thread_ts" not in posted


async def test_where_slack_takes_no_files_the_table_stands_alone(desk: Desk) -> None:
    fault = {"error": "file_uploads_disabled"}
    await desk.stage.turn("faults", {"api": "slack", "method": "files.getUploadURLExternal", "fault": fault})
    await desk.messenger.report(ASKED, REPORT)
    (posted,) = await desk.stage.look("control/posted")
    assert [block["type"] for block in posted["blocks"]] == ["header", "section", "table", "context"]


async def test_an_empty_month_uploads_nothing(desk: Desk) -> None:
    await desk.messenger.report(ASKED, Report("2026-02", (), ()))
    (posted,) = await desk.stage.look("control/posted")
    assert posted["text"].startswith("No pictures were made in February 2026")
    assert not [each for each in await desk.stage.look("control/calls", api="slack") if "files" in each["method"]]


GONE = Trouble("quota_spent", {"model": "a-model", "detail": "<limit: 0>", "words": "someone's own prompt"})


async def test_the_operator_is_told_once_for_each_thing(desk: Desk) -> None:
    one = SlackOperator(desk.stage.client, desk.posts, GENERAL)
    for _ in range(3):
        await one.tell("quota:1", GONE)
    await SlackOperator(desk.stage.client, desk.posts, GENERAL).tell("quota:1", GONE)
    await one.tell("quota:2", GONE)
    posted = await desk.stage.look("control/posted")
    assert len(posted) == 2
    assert posted[0]["text"].startswith("The quota for this model is used up")
    assert "model: a-model · detail: &lt;limit: 0&gt;" in posted[0]["text"]
    assert "prompt" not in posted[0]["text"]


async def test_an_operator_without_a_channel_has_the_log(desk: Desk) -> None:
    await SlackOperator(desk.stage.client, desk.posts, "").tell("quota:1", GONE)
    assert await desk.stage.look("control/posted") == []
    assert len(desk.posts.meant) == 1


async def test_an_operator_who_cannot_be_reached_stops_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await SlackOperator(desk.stage.client, desk.posts, "C0NOWHERE").tell("quota:1", GONE)
    monkeypatch.setattr(operators, "PATIENCE", 0.1)
    await desk.stage.turn("faults", {"api": "slack", "method": "chat.postMessage", "fault": {"hang": 30}})
    begun = time.monotonic()
    await SlackOperator(desk.stage.client, desk.posts, GENERAL).tell("quota:2", GONE)
    desk.posts.stuck = True
    await SlackOperator(desk.stage.client, desk.posts, GENERAL).tell("quota:3", GONE)
    assert time.monotonic() - begun < 5


async def test_what_is_not_known_yet_is_waited_for_and_no_place_made_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SOON", 0.01)
    root = await desk.stage.client.chat_postMessage(channel=GENERAL, text="a fox")
    found = [Progress(2), Progress(None), Progress(None)]

    def look() -> Progress:
        return found.pop() if found else Progress(2)

    async def said() -> list[str]:
        calls = await desk.stage.look("control/calls", api="slack")
        return [str(each.get("body") or each) for each in calls if each["method"] == "assistant.threads.setStatus"]

    async def so() -> bool:
        return bool(await said())

    async with progress.status(desk.stage.client, Place(TEAM, GENERAL, root["ts"]), look):
        await eventually(so)
    assert "number 2 in line" in (await said())[0]


async def test_what_stays_unknown_is_said_as_that(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LOOK", 0.02)
    root = await desk.stage.client.chat_postMessage(channel=GENERAL, text="a fox")

    async def so() -> bool:
        calls = await desk.stage.look("control/calls", api="slack")
        return any("is waiting in line" in str(each) for each in calls)

    async with progress.status(desk.stage.client, Place(TEAM, GENERAL, root["ts"]), lambda: Progress(None)):
        await eventually(so)


async def test_the_status_follows_how_the_request_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LOOK", 0.02)
    root = await desk.stage.client.chat_postMessage(channel=GENERAL, text="a fox")
    now = [Progress(ahead=2)]

    async def said() -> list[str]:
        calls = await desk.stage.look("control/calls", api="slack")
        return [str(each.get("body") or each) for each in calls if each["method"] == "assistant.threads.setStatus"]

    async def shows(words: str, calls: int) -> None:
        async def so() -> bool:
            found = await said()
            return len(found) == calls and words in found[-1]

        await eventually(so)

    async with progress.status(desk.stage.client, Place(TEAM, GENERAL, root["ts"]), lambda: now[0]):
        await shows("number 2 in line", 1)
        now[0] = Progress(until=time.time() + 18)
        await shows("the model is busy for another 20 s", 2)
        now[0] = Progress()
        await shows("is painting", 3)
