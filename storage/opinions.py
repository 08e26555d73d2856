"""What people together make of a picture, and how that outlives it on the call that was paid for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Text, and_, case, cast, exists, func, or_, select, update

from bot.domain.spend import Outcome
from storage.tables import ledger, verdicts

PAID = ledger.c.outcome == Outcome.PAID.value
PICTURE = ledger.c.turn.concat("-").concat(cast(ledger.c.position, Text))
STANDS = verdicts.c.kept.is_not(None)
SURPLUS = func.sum(case((verdicts.c.kept.is_(True), 1), else_=-1))


def outlive(connection: Connection, turns: Sequence[str]) -> None:
    """Write what people made of the pictures of these turns into the ledger, before their verdicts are deleted.

    It says whether a picture was kept, never by whom, and stays NULL where nobody's word stands. Where the verdicts are
    gone already, because somebody else forgets the same turns, it stays as that one wrote it.
    """
    said = select(SURPLUS > 0).where(verdicts.c.picture == PICTURE, STANDS).correlate(ledger).scalar_subquery()
    kept = func.coalesce(said, ledger.c.kept)
    connection.execute(update(ledger).where(ledger.c.turn.in_(turns), PAID, _last()).values(kept=kept))


def _last() -> ColumnElement[bool]:
    """The last call that was paid for its picture: one that was paid for twice is still one picture."""
    other = ledger.alias("other")
    same = and_(
        other.c.turn == ledger.c.turn, other.c.position == ledger.c.position, other.c.outcome == ledger.c.outcome
    )
    later = or_(other.c.begun > ledger.c.begun, and_(other.c.begun == ledger.c.begun, other.c.id > ledger.c.id))
    return ~exists().where(same, later).correlate(ledger)
