"""Deleting turns and requests, as part of somebody's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.sql import ColumnElement

from bot.domain.forgetting import Forgotten
from storage import opinions
from storage.tables import displays, parts, pictures, posts, references, requests, turns, verdicts


def turns_of(connection: Connection, ids: Sequence[str], results: Sequence[str]) -> Forgotten:
    """Delete these turns with all they carry, and the intents (`results`) of the messages that showed them.

    What people made of their pictures stays in the ledger, where what those cost stays.
    """
    painted = _lock(connection, ids)
    opinions.outlive(connection, ids)
    _gone(connection, parts, parts.c.picture.in_(painted))
    said = _gone(connection, verdicts, verdicts.c.picture.in_(painted))
    shown = _gone(connection, displays, displays.c.picture.in_(painted))
    _gone(connection, posts, posts.c.id.in_(results))
    return Forgotten(
        verdicts=said,
        displays=shown,
        pictures=_gone(connection, pictures, pictures.c.id.in_(painted)),
        references=_gone(connection, references, references.c.turn.in_(ids)),
        turns=_gone(connection, turns, turns.c.id.in_(ids)),
    )


def words_of(connection: Connection, ids: Sequence[str]) -> Forgotten:
    """Take from these turns the words that they repeat, and what was given with these. Their pictures stay."""
    _lock(connection, ids)
    bare = {"author": "", "words": "", "prompt": "", "notes": []}
    given = _gone(connection, references, references.c.turn.in_(ids))
    changed = connection.execute(update(turns).where(turns.c.id.in_(ids), turns.c.author != "").values(bare))
    return Forgotten(references=given, repeats=changed.rowcount)


def requests_of(connection: Connection, keys: Sequence[str], said: Sequence[str]) -> Forgotten:
    """Delete these requests, and the intents (`said`) of what was said about them."""
    _gone(connection, posts, posts.c.id.in_(said))
    return Forgotten(requests=_gone(connection, requests, requests.c.key.in_(keys)))


def _lock(connection: Connection, ids: Sequence[str]) -> list[str]:
    """The pictures of these turns. On Postgres nobody can give them a verdict, or the turns a picture, from here on."""
    connection.execute(select(turns.c.id).where(turns.c.id.in_(ids)).order_by(turns.c.id).with_for_update())
    mine = select(pictures.c.id).where(pictures.c.turn.in_(ids)).order_by(pictures.c.id)
    return list(connection.scalars(mine.with_for_update()))


def _gone(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(condition)).rowcount
