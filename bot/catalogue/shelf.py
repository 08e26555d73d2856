"""The catalogue: the models on their shelf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.catalogue.model import Model
from bot.domain.options import Tier


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models, by id, and the tier of everyone who names none. Every tier has a model."""

    models: Mapping[str, Model] = field(hash=False)
    default_tier: Tier

    @property
    def default(self) -> Model:
        """The model that paints when nothing is chosen."""
        return self.of_tier(self.default_tier)[0]

    def model(self, id: str) -> Model:
        """The model with this id. KeyError if unknown."""
        return self.models[id]

    def of_tier(self, tier: Tier) -> tuple[Model, ...]:
        """The models of a tier, the one that paints first."""
        return tuple(sorted((each for each in self.models.values() if each.tier is tier), key=lambda each: each.order))
