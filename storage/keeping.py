"""Writing turns, as part of somebody's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from bot.domain.pictures import Picture, Reference
from bot.domain.turns import Turn
from storage.clock import now
from storage.rows import Row, part_row, picture_row, place_row, reference_row, trouble_row
from storage.tables import parts, pictures, references, turns
from storage.upserts import insert_new


def keep_turn(connection: Connection, turn: Turn) -> None:
    """Store the turn with all it carries, unless its id is known."""
    if not insert_new(connection, turns, _row(turn)):
        return
    keep_references(connection, turn.id, turn.references)
    for picture in turn.pictures:
        keep_picture(connection, picture)


def keep_references(connection: Connection, turn: str, given: Sequence[Reference]) -> None:
    """Store the references in their order."""
    rows = [reference_row(turn, position, reference) for position, reference in enumerate(given)]
    if rows:
        connection.execute(insert(references), rows)


def keep_picture(connection: Connection, picture: Picture) -> None:
    """Store the picture with its parts, unless its turn has one with this index.

    Raises ValueError when another turn, or another index, has a picture with this id.
    """
    if not insert_new(connection, pictures, picture_row(picture)):
        _check_place(connection, picture)
        return
    rows = [part_row(picture.id, position, part) for position, part in enumerate(picture.parts)]
    if rows:
        connection.execute(insert(parts), rows)


def _check_place(connection: Connection, picture: Picture) -> None:
    here = select(pictures.c.id).where(pictures.c.turn == picture.turn, pictures.c.position == picture.index)
    if (connection.execute(here)).first() is None:
        raise ValueError(f"picture {picture.id} is elsewhere")


def _row(turn: Turn) -> Row:
    options = turn.options
    return {
        **place_row(turn.place),
        "id": turn.id,
        "act": turn.act.value,
        "asker": turn.asker,
        "words": turn.words,
        "prompt": turn.prompt,
        "ratio": options.ratio,
        "size": options.size.value if options.size else None,
        "count": options.count,
        "tier": options.tier.value if options.tier else None,
        "model": turn.model,
        "parent": turn.parent,
        "escalated": turn.escalated.value if turn.escalated else None,
        "state": turn.state.value,
        "context": turn.context,
        "notes": [trouble_row(note) for note in turn.notes],
        "missing": turn.missing,
        "trouble": trouble_row(turn.trouble) if turn.trouble else None,
        "post": turn.post,
        "begun": now(),
        "think": options.think.value if options.think else None,
        "ground": options.ground,
        "later": options.later,
        "left_out": trouble_row(turn.left_out) if turn.left_out else None,
        "author": turn.author,
    }
