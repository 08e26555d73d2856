"""Keep, Discard and thumbs, over the real SDK against the pretend Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.domain.requests import Place
from bot.domain.spend import Verdict
from bot.playground import keys
from handlers import judging, tallies, verdicts, wording
from handlers.intake import Me
from tests.fakes.books import RememberedVerdicts
from tests.wire.slack_stage import ANA, BEN, GENERAL, Stage, eventually, on_socket, picture, staged

ME = Me(keys.TEAM_ID, keys.BOT_USER, keys.BOT_ID)
TWO = ("t1-0", "t1-1")


@dataclass
class Scene:
    """A message that shows two pictures, in a channel the app listens to."""

    stage: Stage
    judged: RememberedVerdicts
    post: str
    files: list[str]
    blocks: list[dict[str, Any]] = field(default_factory=list)

    async def message(self) -> dict[str, Any]:
        return next(message for message in await self.stage.seen() if message["ts"] == self.post)

    async def labels(self) -> list[str]:
        return [each["text"]["text"] for each in (await self.message())["blocks"][-1]["elements"]]

    async def press(self, act: str, user: str = ANA) -> dict[str, Any]:
        block = (await self.message())["blocks"][-1]["block_id"]
        return await self.stage.act("press", user=user, message_ts=self.post, block_id=block, action_id=act)

    async def hears(self, event: dict[str, Any], **around: str) -> None:
        """Hand the app a reaction as Slack would, and wait for its ack."""
        told = {
            "type": "event_callback",
            "team_id": keys.TEAM_ID,
            "event": {"type": "reaction_added"} | event,
            **around,
        }
        assert (await self.stage.turn("deliver", {"kind": "event", "payload": told}))["acked"]

    async def shows(self, *labels: str) -> None:
        async def so() -> bool:
            return await self.labels() == list(labels)

        await eventually(so)

    async def says(self, expected: dict[tuple[str, str], bool | None]) -> None:
        async def so() -> bool:
            return {key: verdict.kept for key, verdict in self.judged.held.items()} == expected

        await eventually(so)


async def shown(stage: Stage, judged: RememberedVerdicts) -> Scene:
    files = [await stage.upload(picture(), f"{n}.png") for n in range(2)]
    images = [{"type": "image", "slack_file": {"id": file}, "alt_text": "a fox"} for file in files]
    blocks: list[dict[str, Any]] = [
        {"type": "section", "block_id": "result:t1", "text": {"type": "mrkdwn", "text": "<@U0ANA>: a &lt;red&gt; fox"}},
        {**images[0], "title": {"type": "plain_text", "text": "1"}},
        images[1],
        {"type": "actions", "elements": judging.buttons(TWO)},
    ]
    posted = await stage.client.chat_postMessage(channel=GENERAL, text="a fox", blocks=blocks)
    await judged.display(Place(keys.TEAM_ID, GENERAL), posted["ts"], TWO)
    return Scene(stage, judged, posted["ts"], files)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    judged = RememberedVerdicts()
    async with staged() as stage:
        await stage.turn("settings", {"rate_limits": False, "file_delay": 0.0})
        app = AsyncApp(client=stage.client, signing_secret=keys.SIGNING_SECRET, ignoring_self_events_enabled=False)
        verdicts.register(app, ME, judged)
        async with on_socket(stage, app):
            yield await shown(stage, judged)


async def test_a_press_is_written_down_and_counted_under_the_pictures(scene: Scene) -> None:
    assert (await scene.press("keep"))["ok"]
    await scene.shows("Keep all · 1", "Discard all")
    await scene.says({("t1-0", ANA): True, ("t1-1", ANA): True})
    await scene.press("discard", BEN)
    await scene.shows("Keep all · 1", "Discard all · 1")
    await scene.press("discard")
    await scene.shows("Keep all", "Discard all · 2")
    message = await scene.message()
    assert [block["type"] for block in message["blocks"]] == ["section", "image", "image", "actions"]
    assert message["blocks"][0]["text"]["text"] == "<@U0ANA>: a &lt;red&gt; fox"
    assert message["blocks"][1]["title"]["text"] == "1"
    assert not any(block.get("broken") for block in message["blocks"])


async def test_a_press_that_cannot_be_written_down_is_not_acknowledged(scene: Scene) -> None:
    scene.judged.fault = OSError("disk full")
    await scene.press("keep")
    presses = [each for each in await scene.stage.look("control/deliveries") if each["kind"] == "action"]
    assert [each["acked"] for each in presses] == [False]
    assert scene.judged.held == {}
    assert await scene.labels() == ["Keep all", "Discard all"]


async def test_a_press_on_a_forgotten_picture_is_answered(scene: Scene) -> None:
    scene.judged.forgotten = frozenset(TWO)
    assert (await scene.press("keep"))["ok"]

    async def told() -> bool:
        said = [message["text"] for message in await scene.stage.seen() if message.get("is_ephemeral")]
        return said == [wording.sentence("picture_unknown", {})]

    await eventually(told)
    assert await scene.labels() == ["Keep all", "Discard all"]
    gone = {"api": "slack", "method": "chat.postEphemeral", "fault": {"error": "user_not_in_channel"}}
    await scene.stage.turn("faults", gone)
    assert (await scene.press("keep"))["ok"]


async def test_a_tally_that_cannot_be_shown_harms_nobody(scene: Scene) -> None:
    for fault in ({"error": "message_not_found"}, {"status": 503}, {"drop": "before"}):
        await scene.stage.turn("faults", {"api": "slack", "method": "chat.update", "fault": fault})
        assert (await scene.press("keep"))["ok"]
    await scene.says({("t1-0", ANA): True, ("t1-1", ANA): True})
    await scene.press("keep", BEN)
    await scene.shows("Keep all · 2", "Discard all")


async def test_when_many_press_at_once_the_last_tally_stands(scene: Scene) -> None:
    shelf = tallies.Tallies(scene.judged)
    body = {"channel": {"id": GENERAL}, "message": await _as_told(scene)}

    async def press(n: int) -> None:
        await scene.judged.give([Verdict("t1-0", f"U{n}", n % 3 > 0, n)])
        await shelf.show(scene.stage.client, body, TWO)

    await asyncio.gather(*(press(n) for n in range(30)))
    await scene.shows("Keep all · 20", "Discard all · 10")
    updates = [each for each in await scene.stage.look("control/calls", api="slack") if each["method"] == "chat.update"]
    assert len(updates) < 10


async def test_an_older_tally_of_another_process_does_not_stand(scene: Scene) -> None:
    body = {"channel": {"id": GENERAL}, "message": await _as_told(scene)}
    one, other = tallies.Tallies(scene.judged), tallies.Tallies(scene.judged)

    async def press(n: int) -> None:
        await scene.judged.give([Verdict("t1-0", f"U{n}", True, n)])
        await (one, other)[n % 2].show(scene.stage.client, body, TWO)

    await scene.stage.turn("faults", {"api": "slack", "method": "chat.update", "fault": {"delay": 0.2}})
    await asyncio.gather(*(press(n) for n in range(6)))
    await scene.shows("Keep all · 6", "Discard all")


@pytest.mark.parametrize(("name", "kept"), [("+1", True), ("-1", False), ("+1::skin-tone-3", True)])
async def test_a_thumb_counts_as_a_press(scene: Scene, name: str, kept: bool) -> None:
    await scene.stage.act("react", ts=scene.post, name=name)
    await scene.says({(each, ANA): kept for each in TWO})
    assert all(verdict.by_reaction for verdict in scene.judged.held.values())
    await scene.stage.act("react", ts=scene.post, name=name)
    await scene.says(dict.fromkeys((each, ANA) for each in TWO))


async def test_a_thumb_is_counted_under_the_pictures(scene: Scene) -> None:
    await scene.press("keep")
    await scene.shows("Keep all · 1", "Discard all")
    await scene.stage.act("react", ts=scene.post, name="-1")
    await scene.shows("Keep all", "Discard all · 1")
    await scene.stage.act("react", ts=scene.post, name="+1", user=BEN)
    await scene.shows("Keep all · 1", "Discard all · 1")
    assert not any(block.get("broken") for block in (await scene.message())["blocks"])


async def test_one_of_two_thumbs_taken_off_leaves_the_others_word(scene: Scene) -> None:
    for name in ("+1", "+1::skin-tone-3", "-1"):
        await scene.stage.act("react", ts=scene.post, name=name)
    await scene.shows("Keep all", "Discard all · 1")
    await scene.stage.act("react", ts=scene.post, name="-1")
    await scene.shows("Keep all · 1", "Discard all")
    await scene.stage.act("react", ts=scene.post, name="+1")
    await scene.stage.act("react", ts=scene.post, name="-1", user=BEN)
    await scene.shows("Keep all · 1", "Discard all · 1")
    await scene.stage.act("react", ts=scene.post, name="+1::skin-tone-3")
    await scene.shows("Keep all", "Discard all · 1")


@pytest.mark.parametrize(
    "fault", [{"error": "ratelimited"}, {"error": "thread_not_found"}, {"error": "missing_scope"}, {"drop": "before"}]
)
async def test_a_message_that_cannot_be_read_harms_nobody(scene: Scene, fault: dict[str, Any]) -> None:
    await scene.stage.turn("faults", {"api": "slack", "method": "conversations.replies", "fault": fault})
    await scene.stage.act("react", ts=scene.post, name="+1")
    await scene.says({(each, ANA): True for each in TWO})
    await scene.stage.act("react", ts=scene.post, name="+1", user=BEN)
    await scene.shows("Keep all · 2", "Discard all")


async def test_a_slow_message_keeps_no_thumb_waiting(scene: Scene) -> None:
    slow = {"api": "slack", "method": "conversations.replies", "fault": {"delay": 5}}
    await scene.stage.turn("faults", slow)
    await scene.stage.act("react", ts=scene.post, name="+1")
    await scene.says({(each, ANA): True for each in TWO})

    async def acked() -> bool:
        told = [each for each in await scene.stage.look("control/deliveries") if each["type"] == "reaction_added"]
        return [each["acked"] for each in told] == [True]

    await eventually(acked)


async def test_a_thumb_on_anything_else_costs_one_look(scene: Scene) -> None:
    other = await scene.stage.act("say", text="lunch?")
    await scene.stage.act("react", ts=other["ts"], name="heart")
    await scene.stage.act("react", ts=other["ts"], name="+1")
    await scene.stage.act("react", ts=scene.post, name="+1", user=BEN)
    await scene.says({(each, BEN): True for each in TWO})
    assert scene.judged.looks == 2


async def test_a_thumb_on_an_old_message_without_a_picture_costs_one_look(scene: Scene) -> None:
    """Only of a young one may it still have to be written down what it shows."""
    thumb = {"user": ANA, "reaction": "+1", "item": {"type": "message", "channel": GENERAL, "ts": "1731000000.000100"}}
    await scene.hears(thumb | {"item_user": keys.BOT_USER, "event_ts": "1731000011.000100"})
    assert scene.judged.looks == 1
    await scene.hears(thumb | {"item_user": keys.BOT_USER, "event_ts": "1731000001.000100"})
    assert scene.judged.looks > 2


async def test_a_thumb_from_another_company_is_put_on_our_picture(scene: Scene) -> None:
    on = {"type": "message", "channel": GENERAL, "ts": scene.post}
    thumb = {"user": "U0DARA", "reaction": "+1", "item": on, "item_user": keys.BOT_USER, "event_ts": scene.post}
    await scene.hears(thumb, team_id="T0ELSEWHERE")
    await scene.says({(each, "U0DARA"): True for each in TWO})


async def test_a_thumb_that_could_not_be_written_down_comes_again(scene: Scene) -> None:
    scene.judged.fault = OSError("disk full")
    await scene.stage.act("react", ts=scene.post, name="+1")
    await scene.says({(each, ANA): True for each in TWO})


async def _as_told(scene: Scene) -> dict[str, Any]:
    told = await scene.stage.client.conversations_history(channel=GENERAL)
    return next(message for message in told["messages"] if message["ts"] == scene.post)
