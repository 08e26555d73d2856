"""From `models.toml`, and what an operator lays over it, to the catalogue.

The overlay is TOML of the same shape (`bot.catalogue.overlay`; `docs/models.md` has examples). What cannot be a
catalogue is the operator's to mend: `catalogue_wrong`, with `detail`, one line that says where and what.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from bot.catalogue import entries
from bot.catalogue.checks import check_order
from bot.catalogue.facts import Table, model
from bot.catalogue.overlay import lay
from bot.catalogue.shelf import Catalogue
from bot.catalogue.wrong import Wrong, shown
from bot.errors import OperatorMustFix


@cache
def load(overlay: str = "") -> Catalogue:
    """The catalogue that comes with the bot, with the overlay on it. Raises OperatorMustFix when that is none."""
    packaged = files("bot.catalogue").joinpath("models.toml").read_text("utf-8")
    try:
        return _catalogue(lay(_tables(packaged), _tables(overlay)))
    except Wrong as wrong:
        raise OperatorMustFix("catalogue_wrong", detail=" ".join(str(wrong).split())) from wrong


def _tables(text: str) -> Table:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as exc:
        raise Wrong(f"this is no TOML: {exc}") from exc


def _catalogue(tables: Table) -> Catalogue:
    if not isinstance(tables["pixels"], dict):
        raise Wrong(f"pixels is {shown(tables['pixels'])}, but must be a table")
    off = frozenset(id for id, table in tables["models"].items() if entries.flag(f"{id}: off", table.pop("off", False)))
    models = {id: model(id, table, tables["pixels"]) for id, table in tables["models"].items()}
    catalogue = Catalogue(MappingProxyType(models), entries.tier("default", tables["default"]), off=off)
    check_order(catalogue)
    return catalogue
