"""The models: what each can do, which one paints, what it costs."""

from bot.catalogue.choice import check_prompt, choose, largest, level
from bot.catalogue.model import History, Model, Prices
from bot.catalogue.price import cost, estimate
from bot.catalogue.reading import load
from bot.catalogue.shape import as_asked, nearest_ratio, pixels
from bot.catalogue.shelf import Catalogue
from bot.catalogue.words import tokens

__all__ = [
    "Catalogue",
    "History",
    "Model",
    "Prices",
    "as_asked",
    "check_prompt",
    "choose",
    "cost",
    "estimate",
    "largest",
    "level",
    "load",
    "nearest_ratio",
    "pixels",
    "tokens",
]
