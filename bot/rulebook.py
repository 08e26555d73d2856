"""What the operator has laid down in files: the models, and the limits."""

from __future__ import annotations

from collections.abc import Callable

from bot.catalogue import Catalogue, load
from bot.domain.limits import Limits
from bot.errors import OperatorMustFix
from bot.settings import Settings
from bot.studio.limits import LimitsFile


def read_limits(settings: Settings, catalogue: Catalogue) -> Callable[[], Limits]:
    """What says which limits hold now. Raises OperatorMustFix."""
    counts = (settings.at_once_person, settings.at_once_workspace, settings.at_once_model)
    limits = Limits(*counts, settings.per_minute)
    return LimitsFile(settings.limits, limits, [*catalogue.models]) if settings.limits else lambda: limits


def read_catalogue(settings: Settings) -> Catalogue:
    """The models, with what the operator lays over them. Raises OperatorMustFix."""
    if settings.catalogue is None:
        return load()
    try:
        return load(settings.catalogue.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorMustFix("catalogue_missing", file=str(settings.catalogue)) from error
