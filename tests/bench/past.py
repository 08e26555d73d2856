"""A made-up past: people who have talked to the bot for most of a year, thread by thread, always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import cycle

from bot.domain.options import Options, Tier
from bot.domain.pictures import Blob, Part, Picture, Reference
from bot.domain.requests import Act, ImageRequest, Place
from bot.domain.turns import State, Trouble, Turn
from bot.playground import keys
from bot.studio.opening import turn_id

SECOND = 1_000_000  # microseconds, in which all times here are
DAYS = 300  # that it lasted, however many turns: more turns are a busier workspace, not an older one
LENGTHS = (1, 2, 1, 4, 1, 3, 20, 1, 2, 5)  # turns of one thread after the other
LONG = 20
CHANNELS = ("C0GENERAL", "C0DESIGN", *(f"C0TEAM{number:03}" for number in range(48)))
PEOPLE = ("U0ANA", "U0BEN", "U0CHIDI", *(f"U0P{number:05}" for number in range(197)))
WORDS = (
    "a",
    "red",
    "fox",
    "in",
    "deep",
    "snow",
    "under",
    "an",
    "old",
    "oak",
    "lantern",
    "at",
    "dusk",
    "painted",
    "oil",
)
SIGNATURE = 700  # bytes, about what a model's are
PRICE = Decimal("0.0672")
TROUBLE = Trouble("blocked", {"why": "IMAGE_SAFETY"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One request at this moment, and the turn that came of it."""

    request: ImageRequest
    turn: Turn
    at: int


@dataclass
class Past:
    """So many turns, the last of them a little before `until`. Each thread's turns are each the parent of the next."""

    turns: int
    until: int
    lengths: tuple[int, ...] = LENGTHS
    seed: int = 1
    long: dict[str, Place] = field(default_factory=dict)  # of the long threads told so far, by their newest picture

    def threads(self) -> Iterator[list[Asked]]:
        """Each thread's requests, oldest threads first."""
        dice, left, done = random.Random(self.seed), self.turns, 0
        lengths = cycle(self.lengths)
        while left:
            length = min(next(lengths), left)
            at = self.until - DAYS * 86_400 * SECOND * (self.turns - done) // self.turns
            told = _thread(dice, length, at)
            if length == LONG:
                self.long[newest(told)] = told[0].turn.place
            yield told
            left, done = left - length, done + length


def newest(told: list[Asked]) -> str:
    """The picture from which a reply would go on: the first of the last turn that has any."""
    return next(asked.turn.pictures[0].id for asked in reversed(told) if asked.turn.pictures)


def _thread(dice: random.Random, length: int, at: int) -> list[Asked]:
    place = Place(keys.TEAM_ID, dice.choice(CHANNELS), _ts(at))
    told: list[Asked] = []
    parent = ""
    for number in range(length):
        asked = _asked(dice, place, number, at + number * 60 * SECOND, parent)
        told.append(asked)
        parent = asked.turn.pictures[0].id if asked.turn.pictures else parent
    return told


def _asked(dice: random.Random, place: Place, number: int, at: int, parent: str) -> Asked:
    asker = dice.choice(PEOPLE)
    words = " ".join(dice.choices(WORDS, k=12))
    request = _later(dice, place, asker, words, at, parent) if number else _command(dice, place, asker, words)
    turn = Turn(
        turn_id(request.key),
        place,
        request.act,
        asker,
        words,
        words,
        Options(ratio="16:9", tier=Tier.PRO if dice.random() < 0.1 else None, count=4 if dice.random() < 0.05 else 1),
        "gemini-3.1-flash-image",
        parent,
        None,
        State.SHOWN,
        references=(Reference("photo.jpg", _blob(dice)),) if dice.random() < 0.2 else (),
        post=_ts(at + 17 * SECOND),
    )
    # What began a thread has a picture, or there were nothing to go on from.
    if number and dice.random() < 0.03:
        return Asked(request, replace(turn, state=State.FAILED, missing=turn.options.count, trouble=TROUBLE), at)
    return Asked(request, replace(turn, pictures=tuple(_picture(dice, turn, n) for n in range(turn.options.count))), at)


def _command(dice: random.Random, place: Place, asker: str, words: str) -> ImageRequest:
    key = f"command:{place.team}:{dice.getrandbits(40)}.{dice.getrandbits(40)}.{dice.randbytes(16).hex()}"
    url = f"https://hooks.slack.com/commands/{place.team}/{dice.getrandbits(40)}/{dice.randbytes(12).hex()}"
    return ImageRequest(key, Act.COMMAND, place, asker, "0", words, answer_url=url)


def _later(dice: random.Random, place: Place, asker: str, words: str, at: int, parent: str) -> ImageRequest:
    """Mostly a reply, else a click."""
    ts = _ts(at)
    if dice.random() < 0.7:
        return ImageRequest(f"message:{place.team}:{place.channel}:{ts}", Act.REPLY, place, asker, ts, words)
    key = f"click:{place.team}:{place.channel}:{ts}:again:{_ts(at + SECOND)}:{asker}"
    return ImageRequest(key, Act.AGAIN, place, asker, _ts(at + SECOND), picture=parent)


def _picture(dice: random.Random, turn: Turn, index: int) -> Picture:
    blob = _blob(dice)
    answer = (Part("Here is the picture that you asked for."), Part(blob=blob, signature=dice.randbytes(SIGNATURE)))
    return Picture(
        id=f"{turn.id}-{index}",
        turn=turn.id,
        index=index,
        parts=answer,
        blob=blob,
        width=1376,
        height=768,
        cost=PRICE,
        seconds=dice.uniform(9, 30),
        file=f"F{dice.randbytes(5).hex().upper()}",
        model=turn.model,
        route="gemini",
    )


def _blob(dice: random.Random) -> Blob:
    digest = dice.randbytes(32).hex()
    return Blob(f"{digest[:2]}/{digest[2:]}.jpg", "image/jpeg", dice.randrange(500_000, 900_000))


def _ts(at: int) -> str:
    return f"{at // SECOND}.{at % SECOND:06}"
