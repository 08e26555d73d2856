"""Which pictures people keep, and which message shows which, in SQL."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Executable, and_, case, func, or_, select

from bot.domain.requests import Place
from bot.domain.spend import Verdict
from storage.database import Database
from storage.rows import Row
from storage.tables import displays, pictures, verdicts
from storage.upserts import inserting


class SqlVerdicts:
    """Keeps the promise of `bot.ports.Verdicts`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def give(self, verdicts: Sequence[Verdict]) -> frozenset[str]:
        """Remember them, each unless the same person has given a later one. Which of their pictures there are.

        Of two from the same moment the one that is written later holds.
        """
        return await self._database.write(lambda connection: _give(connection, verdicts))

    async def tally(self, pictures: Sequence[str]) -> tuple[int, int]:
        """How many people keep at least one of these pictures, and how many discard at least one."""
        keepers = func.count(case((verdicts.c.kept.is_(True), verdicts.c.person)).distinct())
        discarders = func.count(case((verdicts.c.kept.is_(False), verdicts.c.person)).distinct())
        query = select(keepers, discarders).where(verdicts.c.picture.in_(pictures))
        kept, discarded = await self._database.read(lambda connection: connection.execute(query).one())
        return kept, discarded

    async def at(self, place: Place, post: str) -> tuple[str, ...]:
        """The pictures that the message with this timestamp shows; empty when it shows none of ours."""
        here = (displays.c.team == place.team, displays.c.channel == place.channel, displays.c.post == post)
        query = select(displays.c.picture).where(*here).order_by(displays.c.position, displays.c.picture)
        return await self._database.read(lambda connection: tuple(connection.scalars(query)))

    async def display(self, place: Place, post: str, pictures: Sequence[str]) -> None:
        """This message shows these pictures. Run twice: nothing more."""
        here = {"team": place.team, "channel": place.channel, "post": post}
        rows = [{**here, "picture": picture, "position": position} for position, picture in enumerate(pictures)]
        await self._database.write(lambda connection: _display(connection, rows))


def _give(connection: Connection, given: Sequence[Verdict]) -> frozenset[str]:
    known = {*connection.scalars(select(pictures.c.id).where(pictures.c.id.in_({one.picture for one in given})))}
    # In one order for all processes, so that no two wait for each other; those of one person in the order given.
    chosen = sorted((one for one in given if one.picture in known), key=lambda one: (one.picture, one.person))
    for said in (None, True, False):
        rows = [_row(one) for one in chosen if one.said is said]
        if rows:
            connection.execute(_upsert(connection, said), rows)
    return frozenset(known)


def _upsert(connection: Connection, said: bool | None) -> Executable:
    """What is later holds; taking a thumb off (`said`) changes only what that thumb had said, or where nothing is said.

    A thumb that says what a button has said leaves it the button's word: taking the thumb off takes nothing back.
    """
    insert = inserting(connection, verdicts)
    news = or_(verdicts.c.by_reaction, verdicts.c.kept.is_distinct_from(insert.excluded.kept))
    changed = {
        "kept": insert.excluded.kept,
        "moment": insert.excluded.moment,
        "by_reaction": and_(insert.excluded.by_reaction, news),
    }
    holds = [insert.excluded.moment >= verdicts.c.moment]
    if said is not None:
        holds += [verdicts.c.by_reaction, or_(verdicts.c.kept.is_(said), verdicts.c.kept.is_(None))]
    return insert.on_conflict_do_update(index_elements=list(verdicts.primary_key), set_=changed, where=and_(*holds))


def _row(verdict: Verdict) -> Row:
    return {
        "picture": verdict.picture,
        "person": verdict.person,
        "kept": verdict.kept,
        "moment": verdict.moment,
        "by_reaction": verdict.by_reaction,
    }


def _display(connection: Connection, rows: list[Row]) -> None:
    if rows:
        connection.execute(inserting(connection, displays).on_conflict_do_nothing(), rows)
