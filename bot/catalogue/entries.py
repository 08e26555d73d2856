"""Single facts of a catalogue, read: each reader takes the place, for its complaint, and what stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from bot.catalogue.wrong import Wrong, keys, one_of, shown
from bot.domain.options import Size, Tier

Value = TypeVar("Value")
DEAREST = 1_000_000
MOST = 1_000_000_000  # more than any of it can be, and little enough to be reckoned with


def text(place: str, value: object) -> str:
    """Words for people, or none: a single line."""
    if not isinstance(value, str) or not value.isprintable():
        raise Wrong(f"{place} is {shown(value)}, but must be a line of text")
    return value


def name(place: str, value: object) -> str:
    """Words for people, and not none."""
    if not text(place, value).strip():
        raise Wrong(f"{place} is empty")
    return text(place, value).strip()


def flag(place: str, value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Wrong(f"{place} is {shown(value)}, but must be true or false")
    return value


def whole(place: str, value: object) -> int:
    """A whole number, 0 or more, and no more than a thousand million."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Wrong(f"{place} is {shown(value)}, but must be a whole number, 0 or more")
    if value > MOST:
        raise Wrong(f"{place} is {shown(value)}, but must be {MOST} or less")
    return value


def positive(place: str, value: object) -> int:
    """A whole number, 1 or more."""
    if whole(place, value) == 0:
        raise Wrong(f"{place} is 0, but must be 1 or more")
    return whole(place, value)


def day(place: str, value: object) -> date:
    """A day, written 2026-11-21 without quotes."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Wrong(f"{place} is {shown(value)}, but must be a day such as 2026-11-21, without quotes")
    return value


def money(place: str, value: object) -> Decimal:
    """US dollars: a number without quotes, 0 or more."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Wrong(f"{place} is {shown(value)}, but must be a number such as 0.50, without quotes")
    price = Decimal(value)
    if not price.is_finite() or not 0 <= price <= DEAREST:
        raise Wrong(f"{place} is {shown(value)}, but a price is from 0 to {DEAREST}")
    return price


def tier(place: str, value: object) -> Tier:
    """The name of a tier."""
    return Tier(one_of(place, value, list(Tier)))


def size(place: str, value: object) -> Size:
    """The name of a size."""
    return Size(one_of(place, value, list(Size)))


def some(known: tuple[str, ...]) -> Callable[[str, object], tuple[str, ...]]:
    """A reader of lists of these words, in this order, each once."""

    def read(place: str, value: object) -> tuple[str, ...]:
        wanted = {one_of(place, word, known) for word in _list(place, value)}
        return tuple(word for word in known if word in wanted)

    return read


def sizes(place: str, value: object) -> tuple[Size, ...]:
    """A list of sizes, the smallest first."""
    return tuple(map(Size, some(tuple(Size))(place, value)))


def ratios(known: tuple[str, ...]) -> Callable[[str, object], tuple[str, ...]]:
    """A reader of lists of these words, as they are written."""
    return lambda place, value: tuple(dict.fromkeys(one_of(place, word, known) for word in _list(place, value)))


def mimes(place: str, value: object) -> tuple[str, ...]:
    """A list of kinds of pictures, such as image/png."""
    found = tuple(name(place, kind) for kind in _list(place, value))
    if not found or not all(kind.startswith("image/") for kind in found):
        raise Wrong(f"{place} must be a list of kinds such as image/png")
    return found


def by_size(read: Callable[[str, object], Value]) -> Callable[[str, object], Mapping[Size, Value]]:
    """A reader of tables with a value for each size."""

    def table(place: str, value: object) -> Mapping[Size, Value]:
        found = keys(place, value, list(Size))
        return MappingProxyType({Size(key): read(f"{place}.{key}", each) for key, each in found.items()})

    return table


def _list(place: str, value: object) -> list[object]:
    if not isinstance(value, list):
        raise Wrong(f"{place} is {shown(value)}, but must be a list")
    return value
