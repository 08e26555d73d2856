"""What people should know beside a result: files left out, another model than asked, no search. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.pictures import Picture
from bot.domain.turns import Trouble, Turn
from handlers import captions, wording

MOST = 20
HOW_IT_WAS_MADE = frozenset({"model_replaced", "grounding_left_out"})


def lines(turn: Turn, pictures: Sequence[Picture]) -> list[str]:
    """A sentence for each note that is true of these pictures, or where none came; how they were made is told first.

    A message has room for 50 blocks, so the rest of a long list is only counted.
    """
    ordered = sorted(turn.notes, key=lambda note: note.reason not in HOW_IT_WAS_MADE)
    told = [*dict.fromkeys(line for note in ordered if (line := _told(note, pictures)))]
    said = told[:MOST]
    if len(told) > MOST:
        said.append(captions.more_left_out(len(told) - MOST))
    return [*said, *_lost(turn)]


def _lost(turn: Turn) -> list[str]:
    """Why some did not come; where none came the result itself says the first of it."""
    if not turn.missing or len(turn.pictures) >= turn.options.count:  # one more may have come while it was cancelled
        return []
    said = (captions.missing(turn) if turn.pictures else "", captions.beside(turn))
    return [line for line in said if line]


def _told(note: Trouble, pictures: Sequence[Picture]) -> str:
    concerned = [picture for picture in pictures if _concerns(note, picture)]
    if not concerned and (pictures or note.reason in HOW_IT_WAS_MADE):
        return ""
    said = wording.sentence(note.reason, note.facts)
    return captions.of_some(said, concerned) if len(concerned) < len(pictures) else said


def _concerns(note: Trouble, picture: Picture) -> bool:
    """A turn may move to another model, or do without search, when some of its pictures are already there."""
    if note.reason == "grounding_left_out":
        searched = str(picture.index) in note.facts.get("drawn", "").split(",")
        return not (searched or picture.queries or picture.sources)
    return note.facts.get("by", picture.model) == picture.model
