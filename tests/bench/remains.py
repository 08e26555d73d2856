"""What the past has left in the tables: rows as the bot's own code writes them, one thread after the other."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from bot.domain.options import Size, Tier
from bot.domain.spend import Entry, Errand, Outcome
from bot.domain.threads import Thread
from bot.domain.turns import Turn
from handlers import ids
from storage import entries, keeping
from storage.clock import moment
from storage.rows import part_row, picture_row, reference_row, request_row, thread_row
from storage.tables import (
    displays,
    ledger,
    parts,
    pictures,
    posts,
    references,
    requests,
    threads,
    turns,
    verdicts,
)
from tests.bench.past import PEOPLE, PRICE, SECOND, Asked, Past, newest

Row = dict[str, Any]
Rows = defaultdict[str, list[Row]]
WAIT, WORK = 30_000, 17 * SECOND  # microseconds until a request begins, and until it is done
ROUTE = "gemini"


def batches(past: Past, turns: int) -> Iterator[Rows]:
    """All rows by their tables' names, those of about so many turns at a time."""
    rows: Rows = defaultdict(list)
    dice = random.Random(past.seed + 1)
    for told in past.threads():
        _add(rows, dice, told)
        if len(rows["turns"]) >= turns:
            yield rows
            rows = defaultdict(list)
    yield rows


def _add(rows: Rows, dice: random.Random, told: list[Asked]) -> None:
    rows[threads.name].append(thread_row(Thread(told[0].turn.place, ours=True, newest=newest(told))))
    for asked in told:
        rows[requests.name].append(_request(asked))
        rows[turns.name].append(keeping._row(asked.turn) | {"begun": asked.at + WAIT})
        rows[posts.name] += _posts(asked)
        rows[ledger.name] += _calls(dice, asked)
        _add_pictures(rows, dice, asked)


def _add_pictures(rows: Rows, dice: random.Random, asked: Asked) -> None:
    turn = asked.turn
    rows[references.name] += [reference_row(turn.id, n, given) for n, given in enumerate(turn.references)]
    for picture in turn.pictures:
        rows[pictures.name].append(picture_row(picture))
        rows[parts.name] += [part_row(picture.id, n, part) for n, part in enumerate(picture.parts)]
        rows[displays.name].append(_display(turn, picture.id, picture.index))
        if dice.random() < 0.3:
            rows[verdicts.name].append(_verdict(dice, picture.id, asked.at))


def _request(asked: Asked) -> Row:
    request, begun = asked.request, asked.at + WAIT
    return {
        **request_row(request),
        "lane": request.place.id,
        "moment": moment(request.ts),
        "accepted": asked.at,
        "admitted": begun,
        "begun": begun,
        "finished": begun + WORK,
        "executor": "threadpaint",
        "deaths": 0,
        "failed": "",
    }


def _posts(asked: Asked) -> Iterable[Row]:
    said = [ids.result(asked.turn.id)]
    if asked.request.act.value == "command":
        said.append(ids.root(asked.request))
    return [{"id": id, "said": True} for id in said]


def _calls(dice: random.Random, asked: Asked) -> list[Row]:
    """One for each picture; one in ten had to be made twice."""
    called = [_call(dice, asked, picture.index, Outcome.PAID) for picture in asked.turn.pictures]
    if dice.random() < 0.1:
        called.append(_call(dice, asked, 0, Outcome.FREE))
    return called


def _call(dice: random.Random, asked: Asked, index: int, outcome: Outcome) -> Row:
    turn, begun = asked.turn, asked.at + WAIT + 1
    errand = Errand(turn.id, index, turn.asker, turn.place)
    tier = turn.options.tier or Tier.FLASH
    entry = Entry(dice.randbytes(12).hex(), errand, turn.model, tier, ROUTE, Size.ONE, PRICE)
    paid = outcome is Outcome.PAID
    settled = {"settled": begun + WORK // 2, "outcome": outcome.value, "reason": "" if paid else "busy"}
    price = PRICE if paid else PRICE * 0
    counts = {"prompt": 40, "image": 1120 if paid else 0, "total": 1200, "pictures": int(paid)}
    return entries._opened(entry, "threadpaint", begun) | settled | counts | {"price": price, "counts": price}


def _display(turn: Turn, picture: str, position: int) -> Row:
    place = turn.place
    return {
        "team": place.team,
        "channel": place.channel,
        "post": turn.post,
        "picture": picture,
        "position": position,
    }


def _verdict(dice: random.Random, picture: str, at: int) -> Row:
    said = {"kept": dice.random() < 0.7, "by_reaction": dice.random() < 0.3}
    return {"picture": picture, "person": dice.choice(PEOPLE), "moment": at + 60 * SECOND, **said}
