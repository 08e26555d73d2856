"""One run, from the first replica's start to the last answer."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.playground.world import World
from tests.bench.stage import environment
from tests.chaos.crowd import Crowd
from tests.chaos.edicts import Edicts
from tests.chaos.evidence import Evidence, gathered
from tests.chaos.gate import Gate
from tests.chaos.replicas import Replica
from tests.chaos.rules import Rules
from tests.chaos.tables import Tables
from tests.chaos.weather import Weather
from tests.chaos.world import Promises, peopled
from tests.servers.buckets import ObjectStore
from tests.stories.mishaps import hurry
from tests.stories.story import telling

CHANNELS = 8
SLOW = (1.0, 4.0)  # seconds that a model takes: less than a dead replica's calls are given until others take its work
RETRIES = 0.05  # of Slack's schedule for events that were not acknowledged


@dataclass(frozen=True)
class Plan:
    """What is asked of whom, and what befalls them. Times in seconds; see the command line's own words."""

    requests: int
    people: int
    replicas: int
    seconds: float
    every: float
    pause: float
    cut: float
    patience: float
    kinds: tuple[str, ...]
    seed: int
    rules: Rules


@dataclass(frozen=True)
class Outcome:
    """What there is to judge."""

    asked: int
    doubled: int  # events that came twice
    in_time: bool
    calm: float  # seconds from the last blow's end to the last answer
    weather: Weather
    evidence: Evidence


async def play(plan: Plan, database: str, store: ObjectStore, folder: Path) -> Outcome:
    """Everything, in order."""
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(_world(plan))
        gate, tables = Gate(database), Tables(database)
        await gate.open()
        stack.push_async_callback(gate.shut)
        stack.push_async_callback(tables.close)
        limits = folder / "limits.toml"
        around = environment(world.url, folder) | plan.rules.environment(limits) | store.environment
        around |= {
            "THREADPAINT_LOG_LEVEL": "info",
            "DATABASE_URL": gate.url,
            "PICTURES_URL": f"s3://{store.bucket()}/pictures",
        }
        replicas = [Replica(f"replica-{number}", folder, around) for number in range(plan.replicas)]
        story = await stack.enter_async_context(telling(world.url))
        await hurry(story, gemini_delay=SLOW, retry_after_scale=RETRIES)
        for replica in replicas:
            await stack.enter_async_context(_beside(replica.live()))
        await world.slack.sockets.wait_for(plan.replicas)
        await tables.exist()
        await stack.enter_async_context(_beside(tables.watch()))
        crowd = _crowd(world, plan, Crowd(story, [], [], random.Random(plan.seed)))
        dice = random.Random(plan.seed + 1)
        weather = Weather(replicas, gate, dice, plan.kinds, plan.every, plan.pause, plan.cut)
        edicts = Edicts(limits, plan.rules, tables)
        await stack.enter_async_context(_beside(edicts.proclaim(plan.seconds)))
        async with _beside(weather.rage()):
            await crowd.ask(plan.requests, plan.seconds)
        await weather.clear_up()
        since = time.monotonic()
        in_time = await tables.all_done(plan.patience)
        calm = time.monotonic() - since
        for replica in replicas:
            replica.note_stop()
        evidence = await gathered(world, crowd, tables, edicts.reigns)
        assert isinstance(world.slack.deliveries, Promises)
        return Outcome(crowd.asked, world.slack.deliveries.doubled, in_time, calm, weather, evidence)


def _crowd(world: World, plan: Plan, crowd: Crowd) -> Crowd:
    crowd.people += [id for id in world.slack.people if id.startswith("UPERSON")]
    crowd.channels += [id for id in world.slack.channels if id.startswith("C0CROWD")]
    return crowd


@asynccontextmanager
async def _world(plan: Plan) -> AsyncIterator[World]:
    world = peopled(plan.people, CHANNELS, random.Random(plan.seed + 2))
    await world.start()
    try:
        yield world
    finally:
        await world.stop()


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run this until the context is left. Where it has failed, the run has."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
