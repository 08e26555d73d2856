"""Which models are there to paint: the catalogue, less those that the provider was found not to serve."""

from __future__ import annotations

import time

from bot.catalogue import Catalogue
from bot.ports import Retirements

LOOK = 60.0  # seconds after which another process's findings are looked up


class Lineup:
    """Holds the catalogue as it stands. What has no access to it need not know that models come and go."""

    def __init__(self, catalogue: Catalogue, retirements: Retirements) -> None:
        self._all = catalogue
        self._retirements = retirements
        self._looked = float("-inf")
        self.catalogue = catalogue

    async def look(self) -> Catalogue:
        """The catalogue without the models known to be retired."""
        if time.monotonic() - self._looked > LOOK:
            self._looked = time.monotonic()
            self.catalogue = self._all.without(await self._retirements.retired())
        return self.catalogue

    async def retire(self, model: str) -> Catalogue:
        """This model answered that it is not there. Returns the catalogue without it."""
        await self._retirements.retire(model)
        self.catalogue = self.catalogue.without(frozenset({model}))
        return self.catalogue

    async def painted(self, model: str) -> None:
        """This model is there after all, if it was remembered otherwise."""
        if model in self.catalogue.retired:
            await self._retirements.restore(model)
            self.catalogue = self.catalogue.back(model)
