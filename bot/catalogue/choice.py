"""Which model paints, and whether it can do what is asked: looked at once, before money is spent.

The reasons of the errors, with their facts (`instead` are the tiers that can do it all, joined by ", ", or ""):

    size_not_on_tier    size, model, tier, known, instead
    ratio_not_on_tier   ratio, model, tier, known, instead
    count_unknown       given, most
    prompt_too_long     length, limit (characters), model
"""

from __future__ import annotations

from bot.catalogue.model import Model
from bot.catalogue.shelf import Catalogue
from bot.domain.options import AUTO, MOST_PICTURES, Options, Size, Tier
from bot.errors import PersonCanFix


def choose(catalogue: Catalogue, options: Options, escalated: Tier | None = None) -> Model:
    """The first model of the tier: the escalated one, else the one typed, else the default.

    Raises PersonCanFix when it cannot do what the options ask, saying which tiers can.
    """
    model = catalogue.of_tier(escalated or options.tier or catalogue.default_tier)[0]
    if not 1 <= options.count <= MOST_PICTURES:
        raise PersonCanFix("count_unknown", given=str(options.count), most=str(MOST_PICTURES))
    if not _paints(model, options):
        raise _cannot(catalogue, model, options)
    return model


def _cannot(catalogue: Catalogue, model: Model, options: Options) -> PersonCanFix:
    told = {"model": model.name, "tier": model.tier.value, "instead": _instead(catalogue, options)}
    if options.size and not _paints_size(model, options.size):
        return PersonCanFix("size_not_on_tier", size=options.size.value, known=", ".join(model.sizes), **told)
    return PersonCanFix("ratio_not_on_tier", ratio=options.ratio or "", known=", ".join(model.ratios), **told)


def check_prompt(model: Model, prompt: str) -> None:
    """Raises PersonCanFix when the prompt is longer than this model should be given."""
    if len(prompt) > model.prompt_limit:
        raise PersonCanFix("prompt_too_long", length=str(len(prompt)), limit=str(model.prompt_limit), model=model.name)


def largest(model: Model) -> Size:
    """The largest size the model paints."""
    return model.sizes[-1]


def _instead(catalogue: Catalogue, options: Options) -> str:
    first = {tier: catalogue.of_tier(tier)[0] for tier in Tier}
    return ", ".join(tier for tier, model in first.items() if _paints(model, options))


def _paints(model: Model, options: Options) -> bool:
    size, ratio = options.size or model.usual, options.ratio or AUTO
    return _paints_size(model, size) and _paints_ratio(model, ratio)


def _paints_size(model: Model, size: Size) -> bool:
    return size in model.sizes


def _paints_ratio(model: Model, ratio: str) -> bool:
    return ratio == AUTO or ratio in model.ratios
