"""The catalogue: the models on their shelf."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from bot.catalogue.model import Model
from bot.domain.options import Tier


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models, by id, and the tier of everyone who names none.

    `off` are models an operator took out, `retired` those that the provider was found not to serve. Neither paints;
    both are still known, for the pictures they made. Only the default tier is sure to have a model.
    """

    models: Mapping[str, Model] = field(hash=False)
    default_tier: Tier
    retired: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()

    @property
    def default(self) -> Model:
        """The model that paints when nothing is chosen."""
        return self.of_tier(self.default_tier)[0]

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers that have a model, cheap ones first."""
        return tuple(tier for tier in Tier if self.of_tier(tier))

    def model(self, id: str) -> Model:
        """The model with this id, even one that is off or retired. KeyError if unknown."""
        return self.models[id]

    def of_tier(self, tier: Tier) -> tuple[Model, ...]:
        """The models of a tier, the one that paints first; none where the tier is not offered.

        Retired ones are left out, unless that would leave none: a wrong memory must never stop a tier.
        """
        offered = [model for id, model in self.models.items() if model.tier is tier and id not in self.off]
        served = [model for model in offered if model.id not in self.retired]
        return tuple(sorted(served or offered, key=lambda model: model.order))

    def without(self, ids: Collection[str]) -> Catalogue:
        """The catalogue in which these are retired too."""
        return replace(self, retired=self.retired.union(ids))

    def back(self, id: str) -> Catalogue:
        """The catalogue in which this one is not retired."""
        return replace(self, retired=self.retired - {id})

    def but(self, ids: Collection[str]) -> Catalogue:
        """The catalogue in which these do not paint, whatever is known of the others."""
        return replace(self, off=self.off.union(ids))
