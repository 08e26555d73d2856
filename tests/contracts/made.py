"""Made-up requests and turns for the contracts of storage."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from bot.domain.options import Options, Size, Think, Tier
from bot.domain.pictures import Blob, Part, Picture, Reference, Source
from bot.domain.requests import Act, Attachment, ImageRequest, Place
from bot.domain.spend import Bill, Entry, Errand, Outcome, Usage
from bot.domain.turns import State, Trouble, Turn

ROOM = Place("T1", "C1", "1763720000.000100")
numbers = itertools.count()


class Clock:
    """Microseconds since 1970, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_763_720_000_000_000

    def __call__(self) -> int:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += round(seconds * 1_000_000)


def command(key: str, **changes: Any) -> ImageRequest:
    place = Place("T1", "C1")
    return replace(ImageRequest(key, Act.COMMAND, place, "U1", "1763720000.000100", "a red fox"), **changes)


def reply(key: str, ts: str = "1763720001.000100", place: Place = ROOM, **changes: Any) -> ImageRequest:
    return replace(ImageRequest(key, Act.REPLY, place, "U1", ts, "make it snow"), **changes)


def click(key: str, act: Act = Act.AGAIN, picture: str = "P1", place: Place = ROOM) -> ImageRequest:
    return ImageRequest(key, act, place, "U1", "1763720002.000100", picture=picture)


def turn(id: str, **changes: Any) -> Turn:
    made = Turn(id, ROOM, Act.COMMAND, "U1", "a red fox --ar 16:9", "a red fox", Options(ratio="16:9"), "model-1")
    return replace(made, **changes)


def picture(id: str, turn: str, index: int = 0, **changes: Any) -> Picture:
    blob = Blob("ab/cd.jpg", "image/jpeg", 3)
    answer = (Part("here"), Part(blob=blob, signature=b"\x00\xff"))
    return replace(Picture(id, turn, index, answer, blob, 1024, 1024, Decimal("0.039"), 4.5), **changes)


def entry(id: str, held: str = "0.07", *, asker: str = "U1", place: Place = ROOM, **changes: Any) -> Entry:
    errand = Errand(id, 0, asker, place)
    return replace(Entry(id, errand, "model-1", Tier.FLASH, "gemini", Size.ONE, Decimal(held)), **changes)


def paid(price: str = "0.05", usage: Usage = Usage(10, 1120, 1200, pictures=1)) -> Bill:  # noqa: B008
    return Bill(Outcome.PAID, usage, Decimal(price))


# What people and models write: anything but NUL, which no Postgres takes.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
ids = st.integers().map(lambda _: f"i{next(numbers)}")
places = st.builds(Place, texts, texts, texts)
small = st.integers(0, 2**31 - 1)
blobs = st.builds(Blob, texts, texts, st.integers(0, 2**40))
troubles = st.builds(Trouble, texts, st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3))
parts = st.builds(Part, texts, st.none() | blobs, st.none() | st.binary(max_size=40), st.booleans())
references = st.lists(st.builds(Reference, texts, blobs), max_size=4).map(tuple)
options = st.builds(
    Options,
    ratio=st.none() | texts,
    size=st.none() | st.sampled_from(Size),
    count=st.integers(1, 4),
    tier=st.none() | st.sampled_from(Tier),
    think=st.none() | st.sampled_from(Think),
    ground=st.booleans(),
    later=st.booleans(),
)
pictures = st.builds(
    Picture,
    id=ids,
    turn=st.just(""),
    index=st.just(0),
    parts=st.lists(parts, max_size=4).map(tuple),
    blob=blobs,
    width=small,
    height=small,
    cost=st.decimals(0, 1000, allow_nan=False, allow_infinity=False),
    seconds=st.floats(0, allow_nan=False, allow_infinity=False),
    file=texts,
    model=texts,
    route=texts,
    sources=st.lists(st.builds(Source, st.text(max_size=20), st.text(max_size=20)), max_size=3).map(tuple),
    queries=st.lists(st.text(max_size=20), max_size=3).map(tuple),
)


def _together(made: Turn, painted: list[Picture]) -> Turn:
    own = tuple(replace(one, turn=made.id, index=index) for index, one in enumerate(painted))
    return replace(made, pictures=own)


bare_turns = st.builds(
    Turn,
    id=ids,
    place=places,
    act=st.sampled_from(Act),
    asker=texts,
    words=texts,
    prompt=texts,
    options=options,
    model=texts,
    parent=texts,
    escalated=st.none() | st.sampled_from(Tier),
    state=st.sampled_from(State),
    references=references,
    context=texts,
    notes=st.lists(troubles, max_size=3).map(tuple),
    pictures=st.just(()),
    missing=small,
    trouble=st.none() | troubles,
    post=texts,
    left_out=st.none() | troubles,
    author=texts,
)
whole_turns = st.builds(_together, bare_turns, st.lists(pictures, max_size=4))
whole_requests = st.builds(
    ImageRequest,
    key=ids,
    act=st.sampled_from(Act),
    place=places,
    asker=texts,
    ts=texts,
    text=texts,
    attachments=st.lists(st.builds(Attachment, texts, texts), max_size=3).map(tuple),
    picture=ids,
    answer_url=texts,
)
