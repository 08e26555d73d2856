"""The rows that are read to decide who goes next: few of each person, and yet the same go as if all were read."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert

from bot.domain.limits import Limits
from storage import tickets
from storage.database import Database
from storage.places import EVERYBODY
from storage.tables import tickets as rows

BEAT = 2**62  # alive for ever


def scene(dice: random.Random) -> list[dict[str, Any]]:
    """A crowd as a table may hold it. One person's `since` is one moment, or later for what came later."""
    since = {asker: dice.randint(1, 40) for asker in "abc"}
    return [
        {
            "id": f"{n}",
            "executor": dice.choice("xy"),
            "team": dice.choice(["T1", "T2"]),
            "asker": (asker := dice.choice("aaabc")),
            "model": dice.choice("mn"),
            "room": 6,
            "since": max(since[asker], n),
            "started": n if dice.random() < 0.1 else None,
            "beat": BEAT,
            "later": dice.random() < 0.5,
        }
        for n in range(dice.randint(1, 60))
    ]


def going(connection: Connection, limits: Limits, most: int) -> list[str]:
    """Who is let in now, in order, if so many of each person's rows are read."""
    hall, came = tickets.read(connection, limits, most), []
    while ticket := hall.next():
        hall.go(ticket.id, 1000 + len(came))
        came.append(ticket.id)
    return came


@pytest.mark.parametrize("seed", range(8))
async def test_a_few_of_each_persons_rows_decide_as_all_would(database: Database, seed: int) -> None:
    dice = random.Random(seed)

    def played(connection: Connection) -> tuple[list[str], list[str]]:
        connection.execute(delete(rows))
        connection.execute(insert(rows), scene(dice))
        limits = Limits(dice.randint(1, 3), dice.randint(1, 8), dice.randint(1, 8))
        return going(connection, limits, limits.person), going(connection, limits, EVERYBODY)

    for _ in range(20):
        few, all_of_them = await database.write(played)
        assert few == all_of_them


async def test_what_is_read_of_each_person_is_little(database: Database) -> None:
    crowd = [row | {"later": n % 2 == 0} for n, row in enumerate([scene(random.Random(1))[0]] * 200)]
    crowd = [row | {"id": f"{n}", "started": None} for n, row in enumerate(crowd)]
    await database.write(lambda connection: connection.execute(insert(rows), crowd))
    hall = await database.read(lambda connection: tickets.read(connection, Limits(2, 9, 9), 2))
    assert sorted(ticket.later for ticket in hall.waiting.values()) == [False, False, True, True]
