"""How much may go on at the same time, and how fast. Read from a few lines of TOML, laid over defaults."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

MOST = 1_000_000  # beyond it a number is a slip of the finger
COUNTS = ("person", "workspace", "model")
PACE = "per_minute"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most turns at work at the same time, for each person, each workspace and each model, over all processes.

    `per_minute` is the most calls in a minute to a model by one route: `paces` by the model's id, `pace` for the
    models that are not in it. None: no limit.
    """

    person: int = 2
    workspace: int = 64
    model: int = 64
    pace: int | None = None
    paces: Mapping[str, int] = field(default_factory=dict)

    def per_minute(self, model: str) -> int | None:
        """The most calls to this model in a minute; None: no limit."""
        return self.paces.get(model, self.pace)


def read(text: str, defaults: Limits, models: Collection[str]) -> Limits:
    """The limits in this TOML; what it leaves out is as in `defaults`. ValueError says what is wrong in one line.

    Keys are `person`, `workspace`, `model` and `per_minute`, which is a number for every model or a table by the ids
    of `models`. A model that is not in the table has the default's pace.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ValueError(f"it is no TOML: {exc}") from exc
    if unknown := sorted(said.keys() - {*COUNTS, PACE}):
        raise ValueError(f"there is no limit called {unknown[0]}; there are {', '.join((*COUNTS, PACE))}")
    counts = {name: _count(name, said.get(name, getattr(defaults, name))) for name in COUNTS}
    limits = Limits(**counts, pace=defaults.pace, paces=defaults.paces)
    return _paced(limits, said[PACE], models) if PACE in said else limits


def _paced(limits: Limits, said: Any, models: Collection[str]) -> Limits:
    if not isinstance(said, dict):
        return replace(limits, pace=_count(PACE, said), paces={})
    if unknown := sorted(said.keys() - {*models}):
        raise ValueError(f"{PACE} names {unknown[0]}, which is no model's id; there are {', '.join(sorted(models))}")
    return replace(limits, paces={model: _count(f"{PACE} of {model}", number) for model, number in said.items()})


def _count(name: str, number: Any) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MOST:
        raise ValueError(f"{name} must be a whole number from 1 to {MOST}")
    return number
