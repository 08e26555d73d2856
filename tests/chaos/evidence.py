"""Everything that is known at the end of a run: from the world, and from the bots' tables."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.domain.requests import Act
from bot.domain.spend import Verdict
from bot.playground.world import World
from bot.studio.opening import turn_id
from bot.studio.repeating import VARY
from handlers import ids
from tests.chaos.crowd import Crowd, Wish
from tests.chaos.foxes import NUMBER, last_number
from tests.chaos.rules import Reign
from tests.chaos.tables import Tables
from tests.chaos.world import Promises

Json = dict[str, Any]
ASKED = (
    "SELECT key, act, channel, thread, lane, asker, moment, accepted, admitted, finished, deaths, failed, cancelled "
    "FROM requests ORDER BY number"
)
SPENT = "SELECT turn, position, asker, begun, outcome, counts, price FROM ledger ORDER BY begun"
JUDGED = "SELECT picture, person, kept, moment FROM verdicts"
IDS = ("root:", "result:", "picked:", "answer:", "report:")


@dataclass(frozen=True)
class Call:
    """One call for a picture, as the model's own side saw it. Times in seconds since 1970.

    `turn` is the same for calls that were made for one turn at the same time: it has one place, and `pictures` of them.
    """

    person: str
    model: str
    turn: str
    pictures: int
    at: float
    over: float
    bill: Decimal


@dataclass(frozen=True)
class Evidence:
    """By their ids, `posts`: how often each of the bot's messages stands there, `shown`: when it was posted last.

    `judged` are people's latest words on pictures that were acknowledged, `verdicts` those that are written down.
    """

    promised: dict[str, float]  # by the keys of what was acknowledged: when, in seconds since 1970
    told: int  # commands that were answered in words instead
    unheard: Counter[str]  # deliveries that nobody acknowledged, by kind and reason
    requests: list[Any]
    whispered: frozenset[str]
    troubles: Counter[str]
    posts: Counter[str]
    shown: dict[str, float]  # seconds since 1970
    calls: list[Call]
    ledger: list[Any]
    stored: dict[tuple[str, int], int]
    reigns: list[Reign]
    judged: list[Verdict]
    verdicts: list[Any]
    wishes: list[Wish]


async def gathered(world: World, crowd: Crowd, tables: Tables, reigns: list[Reign]) -> Evidence:
    """Look everywhere."""
    assert isinstance(world.slack.deliveries, Promises)
    shown = [(id, float(seen.ts)) for seen in await crowd.story.posted() for id in _ids(seen.blocks)]
    said = await tables.rows("SELECT id FROM posts WHERE said")
    troubles = await tables.rows("SELECT trouble FROM turns WHERE trouble IS NOT NULL")
    return Evidence(
        dict(world.slack.deliveries.kept),
        world.slack.deliveries.told,
        Counter(f"{each['kind']} {each['failure']}" for each in world.slack.journal.deliveries if not each["acked"]),
        await tables.rows(ASKED),
        frozenset(id for (id,) in said),
        Counter(_reason(trouble) for (trouble,) in troubles),
        Counter(id for id, _ in shown),
        dict(shown),
        [_call(line, crowd) for line in world.gemini.calls if "generateContent" in line["path"]],
        await tables.rows(SPENT),
        tables.stored,
        reigns,
        list(world.slack.deliveries.judged.values()),
        await tables.rows(JUDGED),
        crowd.wishes,
    )


def answer_of(row: Any) -> str:
    """The id of the message that answers this request."""
    if row.act in (Act.PICK, Act.REPORT):
        kind = "picked" if row.act == Act.PICK else "report"
        return next(id for id in ids.said(row.key) if id.startswith(kind))
    return f"result:{turn_id(row.key)}"


def _ids(blocks: list[Json]) -> list[str]:
    return [id for block in blocks if (id := str(block.get("block_id"))).startswith(IDS)]


def _reason(trouble: str) -> str:
    return str(json.loads(trouble)[0])


def _call(line: Json, crowd: Crowd) -> Call:
    asked = json.dumps(line["body"])
    number, varied = last_number(asked), VARY in NUMBER.split(asked)[-1]
    person, turn, pictures = (
        crowd.owners.get(number, ""),
        f"{number} varied" if varied else f"{number}",
        4 if varied else 1,
    )
    at, bill = float(line["at"]), Decimal(line["bill"] or 0)
    return Call(person, str(line.get("model")), turn, pictures, at, float(line.get("over") or at), bill)
