"""Whether what is said of one model, or of all of them, fits together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from bot.catalogue.model import Model
from bot.catalogue.shelf import Catalogue
from bot.catalogue.wrong import Wrong
from bot.domain.options import Size

SHORTEST_AT_4K = 300  # seconds; calls at 4K that ended well took up to two minutes and more
LONGEST = 3_600  # seconds
MADE = ("image/jpeg", "image/png")  # what pictures are made into that a model would not take as they are


def check(model: Model) -> None:
    """Raises Wrong for what contradicts itself, or would make every call fail."""
    _check_sizes(model)
    for ratio in model.ratios or _complain(f"{model.id}: ratios is empty"):
        _cover(model, f'no pixels for "{ratio}" at', model.pixels.get(ratio, {}))
    if missing := [mime for mime in MADE if mime not in model.mimes]:
        raise Wrong(f"{model.id}: mimes lacks {', '.join(missing)}, which pictures are made into")
    if max(model.timeouts.values()) > LONGEST:
        raise Wrong(f"{model.id}: timeouts are at most {LONGEST} seconds")
    if model.timeouts.get(Size.FOUR, SHORTEST_AT_4K) < SHORTEST_AT_4K:
        raise Wrong(f"{model.id}: timeouts.4K is {model.timeouts[Size.FOUR]}, but must be {SHORTEST_AT_4K} or more")
    if max(model.output_tokens[size] for size in model.sizes) > model.output_limit:
        raise Wrong(f"{model.id}: output_limit is {model.output_limit}, but one picture takes more (output_tokens)")
    if len(model.thinking) == 1:
        raise Wrong(f"{model.id}: thinking is {model.thinking[0]} alone, but must be two levels or more, or none")
    if model.tokens_left <= 0:
        raise Wrong(f"{model.id}: input_tokens is {model.input_tokens}, but its references alone take more")
    if model.history.tokens > model.tokens_left // 2:
        most = f"at most {model.tokens_left // 2}, half of what the references leave of input_tokens"
        raise Wrong(f"{model.id}: history.tokens is {model.history.tokens}, but must be {most}")


def check_order(catalogue: Catalogue) -> None:
    """Raises Wrong when two models of a tier claim one place, or the default tier has no model."""
    for tier in catalogue.tiers:
        for first, second in pairwise(catalogue.of_tier(tier)):
            if first.order == second.order:
                raise Wrong(f"{second.id}: order {second.order} in tier {tier} is taken by {first.id}")
    if catalogue.default_tier not in catalogue.tiers:
        raise Wrong(f"the default tier, {catalogue.default_tier}, has no model left")


def _check_sizes(model: Model) -> None:
    if model.usual not in model.sizes:
        raise Wrong(f"{model.id}: usual is {model.usual}, which is none of its sizes")
    _cover(model, "output_tokens lacks", model.output_tokens)
    _cover(model, "seconds lacks", model.seconds)
    _cover(model, "timeouts lacks", model.timeouts)


def _cover(model: Model, lack: str, known: Iterable[Size]) -> None:
    if missing := [size for size in model.sizes if size not in set(known)]:
        raise Wrong(f"{model.id}: {lack} {', '.join(missing)}")


def _complain(line: str) -> tuple[str, ...]:
    raise Wrong(line)
