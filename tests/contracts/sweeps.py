"""Sweeps as they would be some days from now, and rows that name objects."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

from bot.domain.pictures import Blob, Part, Reference
from bot.studio.sweeping import DAY, Sweeping
from storage.claims import StoreClaims
from storage.database import Database
from storage.naming import SqlNaming
from storage.pictures import StoredPictures
from storage.turns import SqlTurns
from tests.contracts import made

numbers = itertools.count()


def later(days: float) -> float:
    return time.time() + days * DAY


def sweeping(place: str, database: Database, days: float = 3.0, rest: float = 0.0) -> Sweeping:
    """A sweep as it would be so many days from now."""
    claims = StoreClaims(place, database)
    return Sweeping(StoredPictures(place), SqlNaming(database), claims, rest, lambda: later(days))


async def claimed(place: str, database: Database) -> None:
    await StoreClaims(place, database).stake()


async def keys(place: str) -> set[str]:
    kept = StoredPictures(place)
    return {found.key async for page in kept.everything() for found in page}


async def names(database: Database, *blobs: Blob) -> None:
    """A turn that names these: as a reference, as the picture, as a part, in turn."""
    room, number = SqlTurns(database), next(numbers)
    turn = await room.begin(made.turn(f"turn {number}"))
    for position, blob in enumerate(blobs):
        if (position + number) % 3 == 0:
            await room.gathered(turn.id, (Reference("p", blob),), "", ())
            continue
        picture = made.picture(f"picture {number} {position}", turn.id, position)
        shown, part = (blob, picture.blob) if (position + number) % 3 == 1 else (picture.blob, blob)
        await room.add(replace(picture, blob=shown, parts=(Part("here"), Part(blob=part))))
