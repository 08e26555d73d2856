"""From a model's table in TOML to a `Model`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar

from bot.catalogue import entries
from bot.catalogue.checks import check
from bot.catalogue.model import History, Model, Pixels, Prices
from bot.catalogue.wrong import Wrong, keys, one_of, shown
from bot.domain.options import Size
from bot.domain.values import RATIOS

Table = dict[str, Any]
Group = TypeVar("Group", Prices, History)
LEVELS = ("minimal", "low", "medium", "high")
SEARCHES = ("web", "image")
KEYS = tuple(each.name for each in fields(Model) if each.name != "id")


def model(id: str, table: Table, pixels: Table) -> Model:
    """The model this table tells of; it names its table of `pixels`. Raises Wrong."""
    _whole_table(id, table, KEYS)
    shape = one_of(f"{id}: pixels", table["pixels"], list(pixels))
    read = {key: READERS[key](f"{id}: {key}", value) for key, value in table.items() if key != "pixels"}
    made = Model(id=id, pixels=_pixels(f"pixels.{shape}", pixels[shape]), **read)
    check(made)
    return made


def _whole_table(place: str, table: object, known: tuple[str, ...]) -> Table:
    found = keys(place, table, known)
    if missing := [key for key in known if key not in found]:
        raise Wrong(f"{place}: {', '.join(missing)} must be said as well")
    return found


def _group(kind: type[Group], read: Callable[[str, object], Decimal | int]) -> Callable[[str, object], Group]:
    names = tuple(each.name for each in fields(kind))

    def group(place: str, value: object) -> Group:
        table = _whole_table(place, value, names)
        return kind(**{key: read(f"{place}.{key}", each) for key, each in table.items()})  # type: ignore[arg-type]

    return group


def _pixels(place: str, value: object) -> Mapping[str, Mapping[Size, Pixels]]:
    read, table = entries.by_size(_pair), keys(place, value, RATIOS)
    return MappingProxyType({ratio: read(f'{place}."{ratio}"', sizes) for ratio, sizes in table.items()})


def _pair(place: str, value: object) -> Pixels:
    if not isinstance(value, list) or len(value) != 2:
        raise Wrong(f"{place} is {shown(value)}, but must be a width and a height such as [1024, 1024]")
    return entries.positive(place, value[0]), entries.positive(place, value[1])


_wholes = entries.by_size(entries.positive)
READERS: dict[str, Callable[[str, object], Any]] = {
    "name": entries.name, "tier": entries.tier, "order": entries.whole, "ratios": entries.ratios(RATIOS),
    "sizes": entries.sizes, "usual": entries.size, "sends_size": entries.flag, "references": entries.positive,
    "mimes": entries.mimes, "picture_bytes": entries.positive, "input_tokens": entries.positive,
    "reference_tokens": entries.positive, "history": _group(History, entries.whole), "output_limit": entries.positive,
    "thinking": entries.some(LEVELS), "thinking_tokens": entries.whole, "search": entries.some(SEARCHES),
    "needs_signatures": entries.flag, "prices": _group(Prices, entries.money), "successor": entries.text,
    "source": entries.name, "checked": entries.day, "output_tokens": _wholes, "seconds": _wholes, "timeouts": _wholes,
}  # fmt: skip
