"""The world of a chaos run: as people play it, and a little better informed about what it saw."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot import manifest
from bot.playground import keys
from bot.playground.gemini.server import Gemini
from bot.playground.slack.acks import Ack, Retry
from bot.playground.slack.cast import Person
from bot.playground.slack.channel import Channel
from bot.playground.slack.deliveries import Deliveries
from bot.playground.world import World

Json = dict[str, Any]


class Timed(Gemini):
    """Notes with each call when it was over: answered, or its caller gone."""

    async def _generate(self, request: web.Request, *args: Any) -> web.StreamResponse:
        line: Json = args[-1]
        try:
            return await super()._generate(request, *args)
        finally:
            line["over"] = time.time()


class Promises(Deliveries):
    """Remembers by the key of its request what the app has acknowledged: from then on it is the app's to lose.

    Not so a command that was answered in words at once: whoever typed it knows what became of it.
    """

    def __init__(self, like: Deliveries) -> None:
        self.__dict__.update(like.__dict__)
        self.kept: set[str] = set()
        self.told = 0

    async def _attempt(
        self, kind: str, payload: Json, retry: Retry | None, headers: Mapping[str, str], *, patience: float
    ) -> Ack:
        ack = await super()._attempt(kind, payload, retry, headers, patience=patience)
        if ack.acked and kind == "command" and ack.response:
            self.told += 1
        elif ack.acked and (key := key_of(kind, payload)):
            self.kept.add(key)
        return ack


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


def peopled(people: int, channels: int) -> World:
    """A world with so many more people, all of them in so many more channels."""
    world = World(manifest.read())
    world.gemini = Timed()
    world.slack.deliveries = Promises(world.slack.deliveries)
    names = [f"person{number}" for number in range(people)]
    world.slack.people |= {f"U{name.upper()}": Person(f"U{name.upper()}", name, name, "2f6f8f") for name in names}
    everybody = {*(f"U{name.upper()}" for name in names), keys.BOT_USER}
    for number in range(channels):
        id = f"C0CROWD{number}"
        world.slack.channels[id] = Channel(id, f"crowd-{number}", "channel", set(everybody))
    return world
