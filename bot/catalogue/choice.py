"""Which model paints, and whether it can do what is asked: looked at once, before money is spent.

The reasons of the errors, with their facts (`instead` are the tiers that can do it all, joined by ", ", or
"", and `able` the names of their models):

    tier_not_offered      tier, instead
    size_not_on_tier      size, model, tier, known, instead
    ratio_not_on_tier     ratio, model, tier, known, instead
    thinking_not_on_tier  think, model, tier, instead
    ground_not_on_tier    model, tier, instead
    count_unknown         given, most
    prompt_too_long       length, limit (characters), model
"""

from __future__ import annotations

from bot.catalogue.model import Model
from bot.catalogue.shelf import Catalogue
from bot.domain.options import AUTO, MOST_PICTURES, Options, Size, Think, Tier
from bot.errors import PersonCanFix


def choose(catalogue: Catalogue, options: Options, escalated: Tier | None = None) -> Model:
    """The first model of the tier that can do it all: of the escalated tier, else the one typed, else the default.

    Raises PersonCanFix when none can do what the options ask, saying what its first cannot and which tiers can.
    """
    tier = escalated or options.tier or catalogue.default_tier
    if not 1 <= options.count <= MOST_PICTURES:
        raise PersonCanFix("count_unknown", given=str(options.count), most=str(MOST_PICTURES))
    models = catalogue.of_tier(tier)
    if not models:
        raise PersonCanFix("tier_not_offered", tier=tier.value, **_instead(catalogue, options))
    able = _first_able(models, options)
    if able is None:
        raise _cannot(catalogue, models[0], options)
    return able


def check_prompt(model: Model, prompt: str) -> None:
    """Raises PersonCanFix when the prompt is longer than this model should be given."""
    if len(prompt) > model.prompt_limit:
        raise PersonCanFix("prompt_too_long", length=str(len(prompt)), limit=str(model.prompt_limit), model=model.name)


def largest(model: Model) -> Size:
    """The largest size the model paints."""
    return model.sizes[-1]


def level(model: Model, think: Think | None) -> str | None:
    """The model's own word for how long to think: its least or its most. None where nothing is asked or can be set."""
    if think is None or not model.thinking:
        return None
    return model.thinking[0] if think is Think.LOW else model.thinking[-1]


def _cannot(catalogue: Catalogue, model: Model, options: Options) -> PersonCanFix:
    told = {"model": model.name, "tier": model.tier.value, **_instead(catalogue, options)}
    if not _paints_size(model, options):
        known = ", ".join(model.sizes)
        return PersonCanFix("size_not_on_tier", size=options.size or "", known=known, **told)
    if not _paints_ratio(model, options):
        known = ", ".join(model.ratios)
        return PersonCanFix("ratio_not_on_tier", ratio=options.ratio or "", known=known, **told)
    if not _thinks(model, options):
        return PersonCanFix("thinking_not_on_tier", think=options.think or "", **told)
    return PersonCanFix("ground_not_on_tier", **told)


def _instead(catalogue: Catalogue, options: Options) -> dict[str, str]:
    able = {tier: _first_able(catalogue.of_tier(tier), options) for tier in catalogue.tiers}
    can = {tier: model.name for tier, model in able.items() if model}
    return {"instead": ", ".join(can), "able": ", ".join(can.values())}


def _first_able(models: tuple[Model, ...], options: Options) -> Model | None:
    return next((model for model in models if _can(model, options)), None)


def _can(model: Model, options: Options) -> bool:
    return all(able(model, options) for able in (_paints_size, _paints_ratio, _thinks, _looks_up))


def _paints_size(model: Model, options: Options) -> bool:
    return (options.size or model.usual) in model.sizes


def _paints_ratio(model: Model, options: Options) -> bool:
    return options.ratio is None or options.ratio == AUTO or options.ratio in model.ratios


def _thinks(model: Model, options: Options) -> bool:
    return options.think is None or bool(model.thinking)


def _looks_up(model: Model, options: Options) -> bool:
    return bool(model.search) or not options.ground
