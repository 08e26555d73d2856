"""The world of a chaos run: as people play it, and a little better informed about what it saw."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot import manifest
from bot.domain.spend import Verdict
from bot.playground import keys
from bot.playground.gemini.server import Gemini
from bot.playground.slack.acks import ACK_SECONDS, Ack, Retry
from bot.playground.slack.cast import Person
from bot.playground.slack.channel import Channel
from bot.playground.slack.deliveries import Deliveries
from bot.playground.world import World
from handlers import thumbs

Json = dict[str, Any]
TWICE = 0.15  # of the events come twice at the same moment, to two replicas where there are two
JUDGING = (thumbs.KEEP, thumbs.DISCARD)


class Timed(Gemini):
    """Notes with each call when it was over: answered, or its caller gone."""

    async def _generate(self, request: web.Request, *args: Any) -> web.StreamResponse:
        line: Json = args[-1]
        try:
            return await super()._generate(request, *args)
        finally:
            line["over"] = time.time()


class Promises(Deliveries):
    """Remembers by the key of its request what the app has acknowledged, and when: then it is the app's to lose.

    Not so a command that was answered in words at once: whoever typed it knows what became of it. `judged` has each
    person's latest word on each picture.
    """

    def __init__(self, like: Deliveries, dice: random.Random) -> None:
        self.__dict__.update(like.__dict__)
        self.kept: dict[str, float] = {}
        self.judged: dict[tuple[str, str], Verdict] = {}
        self.told = 0
        self.doubled = 0
        self._dice = dice

    async def tell(self, payload: Json) -> None:
        """As ever; some come a second time before the first is answered."""
        if self._dice.random() >= TWICE:
            return await super().tell(payload)
        self.doubled += 1
        again = self._attempt("event", payload, Retry(1, "http_timeout"), {}, patience=ACK_SECONDS)
        await asyncio.gather(super().tell(payload), again)
        return None

    async def _attempt(
        self, kind: str, payload: Json, retry: Retry | None, headers: Mapping[str, str], *, patience: float
    ) -> Ack:
        ack = await super()._attempt(kind, payload, retry, headers, patience=patience)
        if ack.acked:
            self._note_promise(kind, payload, ack)
        return ack

    def _note_promise(self, kind: str, payload: Json, ack: Ack) -> None:
        if kind == "command" and ack.response:
            self.told += 1
        elif kind == "action" and payload["actions"][0]["action_id"] in JUDGING:
            for word in thumbs.of_press(payload, payload["actions"][0]):
                known = self.judged.setdefault((word.picture, word.person), word)
                self.judged[word.picture, word.person] = max(known, word, key=lambda each: each.moment)
        elif key := key_of(kind, payload):
            self.kept.setdefault(key, time.time())


def key_of(kind: str, payload: Json) -> str:
    """The key under which a delivery's request is written down; "" for what nobody asks for anything with."""
    team = keys.TEAM_ID
    if kind == "command":
        return f"command:{team}:{payload['trigger_id']}"
    if kind == "action":
        channel, ts, pressed = payload["channel"]["id"], payload["message"]["ts"], payload["actions"][0]
        return f"click:{team}:{channel}:{ts}:{pressed['action_id']}:{pressed['action_ts']}:{payload['user']['id']}"
    event = payload["event"]
    mentioned, replied = event.get("type") == "app_mention", event.get("type") == "message" and event.get("thread_ts")
    from_person = not event.get("bot_id") and "fox number" in event.get("text", "")
    return f"message:{team}:{event['channel']}:{event['ts']}" if from_person and (mentioned or replied) else ""


def peopled(people: int, channels: int, dice: random.Random) -> World:
    """A world with so many more people, all of them in so many more channels."""
    world = World(manifest.read())
    world.gemini = Timed()
    world.slack.deliveries = Promises(world.slack.deliveries, dice)
    names = [f"person{number}" for number in range(people)]
    world.slack.people |= {f"U{name.upper()}": Person(f"U{name.upper()}", name, name, "2f6f8f") for name in names}
    everybody = {*(f"U{name.upper()}" for name in names), keys.BOT_USER}
    for number in range(channels):
        id = f"C0CROWD{number}"
        world.slack.channels[id] = Channel(id, f"crowd-{number}", "channel", set(everybody))
    return world
