"""From a model's table in TOML to a `Model`, each fact looked at: an overlay is written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, TypeVar

from bot.catalogue.model import Model, Pixels, Prices
from bot.domain.options import Size, Tier
from bot.domain.values import RATIOS

Table = dict[str, Any]
Value = TypeVar("Value")

NONSENSE = (KeyError, TypeError, ValueError, AttributeError, InvalidOperation)


def model(id: str, table: Table, pixels: Table) -> Model:
    """The model this table tells of; it names its table of `pixels`. Raises ValueError, saying what is wrong."""
    known = {each.name for each in fields(Model)} - {"id"}
    if set(table) != known:
        raise ValueError(f"{id}: {sorted(set(table) ^ known)} unknown or missing")
    try:
        read = {key: READERS[key](value) for key, value in table.items() if key != "pixels"}
        return _checked(Model(id=id, pixels=_pixels(pixels[table["pixels"]]), **read))
    except NONSENSE as exc:
        raise ValueError(f"{id}: {type(exc).__name__}: {exc}") from exc


def _checked(model: Model) -> Model:
    for ratio in model.ratios:
        if ratio not in RATIOS:
            raise ValueError(f"{ratio} is no ratio that can be typed")
        if missing := set(model.sizes) - set(model.pixels[ratio]):
            raise ValueError(f"no pixels for {ratio} at {sorted(missing)}")
    if missing := set(model.sizes) - (set(model.output_tokens) & set(model.seconds)):
        raise ValueError(f"no output_tokens or seconds for {sorted(missing)}")
    if model.usual not in model.sizes or not model.ratios:
        raise ValueError("usual is none of the sizes, or there are no ratios")
    return model


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is no whole number")
    return value


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise ValueError(f"{value!r} is no date")
    return value


def _money(value: object) -> Decimal:
    money = Decimal(str(value))
    if not money.is_finite() or money < 0:
        raise ValueError(f"{value!r} is no price")
    return money


def _prices(table: Table) -> Prices:
    return Prices(**{name: _money(price) for name, price in table.items()})


def _texts(values: list[object]) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise ValueError(f"{values!r} is no list")
    return tuple(_text(value) for value in values)


def _sizes(values: list[object]) -> tuple[Size, ...]:
    wanted = set(map(Size, _texts(values)))
    return tuple(size for size in Size if size in wanted)


def _by_size(table: Table, read: Callable[[Any], Value]) -> Mapping[Size, Value]:
    return MappingProxyType({Size(size): read(value) for size, value in table.items()})


def _wholes(table: Table) -> Mapping[Size, int]:
    return _by_size(table, _whole)


def _pixels(table: Table) -> Mapping[str, Mapping[Size, Pixels]]:
    return MappingProxyType({ratio: _by_size(sizes, _pair) for ratio, sizes in table.items()})


def _pair(pair: list[object]) -> Pixels:
    width, height = map(_whole, pair)
    return width, height


READERS: dict[str, Callable[[Any], Any]] = {
    "name": _text, "tier": Tier, "order": _whole, "ratios": _texts, "sizes": _sizes, "usual": Size,
    "sends_size": _flag, "references": _whole, "mimes": _texts, "input_tokens": _whole, "reference_tokens": _whole,
    "thinking": _texts, "search": _texts, "needs_signatures": _flag, "prices": _prices, "successor": _text,
    "source": _text, "checked": _day, "output_tokens": _wholes, "seconds": _wholes,
}  # fmt: skip
