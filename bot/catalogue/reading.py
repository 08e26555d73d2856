"""From `models.toml`, and what an operator lays over it, to the catalogue.

The overlay is TOML of the same shape. It changes what it names and leaves the rest: a price, the order in a tier, the
default tier, a new model. What cannot be a catalogue is the operator's to mend: `catalogue_wrong`, with `detail`.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from bot.catalogue.facts import NONSENSE, Table, model
from bot.catalogue.shelf import Catalogue
from bot.domain.options import Tier
from bot.errors import OperatorMustFix


@cache
def load(overlay: str = "") -> Catalogue:
    """The catalogue that comes with the bot, with the overlay on it. Raises OperatorMustFix when that is none."""
    packaged = files("bot.catalogue").joinpath("models.toml").read_text("utf-8")
    try:
        return _catalogue(_laid_over(_tables(packaged), _tables(overlay)))
    except NONSENSE as exc:
        raise OperatorMustFix("catalogue_wrong", detail=f"{type(exc).__name__}: {exc}") from exc


def _tables(text: str) -> Table:
    return tomllib.loads(text, parse_float=Decimal)


def _laid_over(below: Table, above: Table) -> Table:
    merged = dict(below)
    for key, value in above.items():
        under = below.get(key)
        merged[key] = _laid_over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged


def _catalogue(tables: Table) -> Catalogue:
    known = {"default", "models", "pixels"}
    if set(tables) != known:
        raise ValueError(f"{sorted(set(tables) ^ known)}: at the top stand default, models and pixels")
    models = {id: model(id, table, tables["pixels"]) for id, table in tables["models"].items()}
    catalogue = Catalogue(MappingProxyType(models), Tier(tables["default"]))
    for tier in Tier:
        if not catalogue.of_tier(tier):
            raise ValueError(f"no model of tier {tier}")
    return catalogue
