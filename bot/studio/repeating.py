"""What a button under a picture asks for, as a turn."""

from __future__ import annotations

from dataclasses import replace

from bot.catalogue import Catalogue, choose, largest
from bot.domain.options import MOST_PICTURES, Size, Tier
from bot.domain.prompt import read
from bot.domain.requests import Act, ImageRequest
from bot.domain.turns import State, Turn
from bot.errors import PersonCanFix
from bot.studio import context

FROM_PICTURE = frozenset({Act.VARIATIONS, Act.ENLARGE})
TIERS = {Act.LITE: Tier.LITE, Act.FLASH: Tier.FLASH, Act.PRO: Tier.PRO}
VARY = "Make another version of this picture: the same subject and style, composed differently."
ENLARGE = "Give this same picture in the highest resolution. Change nothing in it."


def repeat(catalogue: Catalogue, source: Turn, request: ImageRequest, id: str) -> Turn:
    """The turn for a click on a picture of `source`; the clicker is the one who asked for it.

    Again, and another tier, are the same request with the same references in the same context, for one picture; under
    a turn that fell short, for as many as did not come. Variations and 4K start from the picture itself. Whoever clicks
    wants it now: no click lets everybody else go first, also not on what did. The words stay those of who wrote them.
    Raises PersonCanFix when no model of the tier can do it, and where the words to repeat are forgotten.
    """
    if not (source.prompt or request.act in FROM_PICTURE):
        raise PersonCanFix("picture_unknown")
    turn = replace(
        source,
        id=id,
        place=request.place,
        act=request.act,
        asker=request.asker,
        options=replace(source.options, count=_count(source, request), later=False),
        state=State.ASKED,
        pictures=(),
        notes=(),
        missing=0,
        trouble=None,
        post="",
        left_out=None,
        author=source.author or source.asker,
    )
    if request.act in TIERS:
        turn = replace(turn, escalated=TIERS[request.act])
    if request.act is Act.VARIATIONS:
        turn = _from_picture(turn, request.picture, VARY)
        turn = replace(turn, options=replace(turn.options, count=MOST_PICTURES))
    if request.act is Act.ENLARGE:
        turn = _from_picture(turn, request.picture, ENLARGE)
        turn = replace(turn, options=replace(turn.options, size=_largest(catalogue, turn)))
    return _at_model(catalogue, turn)


def _count(source: Turn, request: ImageRequest) -> int:
    """What did not come, where the button is the turn's own and not a picture's."""
    return max(1, source.options.count - len(source.pictures)) if request.picture == source.id else 1


def asked(turn: Turn) -> str:
    """What was asked, in the person's words, also where the model was told a button's."""
    return read(turn.words).prompt or turn.prompt if turn.prompt in (VARY, ENLARGE) else turn.prompt


def _at_model(catalogue: Catalogue, turn: Turn) -> Turn:
    """A tier that cannot be told how long to think thinks as it does: nobody who clicks typed that."""
    tier = turn.escalated or turn.options.tier or catalogue.default_tier
    if not any(model.thinking for model in catalogue.of_tier(tier)[:1]):
        turn = replace(turn, options=replace(turn.options, think=None))
    model = choose(catalogue, turn.options, turn.escalated)
    return replace(turn, model=model.id, notes=context.surplus(turn, model))


def _largest(catalogue: Catalogue, turn: Turn) -> Size:
    """The largest size of the model that painted it; where the catalogue no longer knows it, of who paints now."""
    model = catalogue.models.get(turn.model)
    return largest(model or choose(catalogue, replace(turn.options, size=None), turn.escalated))


def _from_picture(turn: Turn, picture: str, prompt: str) -> Turn:
    options = replace(turn.options, ground=False, think=None)
    return replace(turn, parent=picture, prompt=prompt, references=(), context="", options=options)
