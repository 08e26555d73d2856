"""The models: what each can do, which one paints, what it costs."""

from bot.catalogue.choice import check_prompt, choose, largest
from bot.catalogue.model import Model, Prices
from bot.catalogue.price import cost, estimate
from bot.catalogue.reading import load
from bot.catalogue.shape import nearest_ratio, pixels
from bot.catalogue.shelf import Catalogue

__all__ = [
    "Catalogue",
    "Model",
    "Prices",
    "check_prompt",
    "choose",
    "cost",
    "estimate",
    "largest",
    "load",
    "nearest_ratio",
    "pixels",
]
