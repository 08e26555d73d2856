"""Deleting for good, in SQL: in batches, so that others' writes wait a moment at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, Delete, Update, and_, case, delete, false, func, not_, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql import ColumnElement

from bot.domain.forgetting import Forgotten, Share
from bot.domain.pictures import Blob
from bot.ports.forgetting import Batch
from storage import erasing, shares
from storage.clock import now
from storage.database import Database
from storage.rows import Row, to_blob
from storage.tables import (
    displays,
    executors,
    ledger,
    pictures,
    references,
    requests,
    threads,
    tickets,
    turns,
    verdicts,
    waiting,
    working,
)

HOUR = 60 * 60 * 1_000_000  # microseconds: a sign of life that is younger is one, whatever the clocks
DAY = 24 * HOUR  # no request that nobody holds is at work for longer
MINUTE = 60 * 1_000_000  # a ticket without a sign of life for so long is nobody's
TURNS = 100  # in one transaction
NONE = turns.c.id.in_(())
REQUESTS = 500


@dataclass(frozen=True, slots=True)
class Names:
    """What a request's key becomes: the id of its turn, the ids of what is said about it, and of a turn's result."""

    turn: Callable[[str], str]
    said: Callable[[str], Sequence[str]]
    result: Callable[[str], str]


class SqlForgetting:
    """Keeps the promise of `bot.ports.forgetting.Rows`.

    `clock` gives microseconds since 1970. A request that has not ended is at work if it was begun less than `lasting`
    microseconds ago, or is held by a process that lives; with 0 nothing is, which is so while no bot runs.
    """

    def __init__(self, database: Database, names: Names, clock: Callable[[], int] = now, lasting: int = DAY) -> None:
        self._database = database
        self._names = names
        self._clock = clock
        self._lasting = lasting

    async def look(self, share: Share) -> Forgotten:
        """What forgetting this share would come to now. Changes nothing."""
        return await self._database.read(lambda connection: self._look(connection, share))

    async def at_work(self, share: Share) -> int:
        """How many requests are at work that are of this share, or repeat words of it: not found by the others here."""
        return await self._database.read(lambda connection: self._left(connection, share))

    async def turns(self, share: Share) -> Batch:
        """The next turns of this share, without those whose request is at work; none when all are gone."""
        return await self._database.read(lambda connection: self._next(connection, share))

    async def repeats(self, share: Share) -> Batch:
        """The next turns of others that repeat a person's words, without those at work; none when all are bare."""
        return await self._database.read(lambda connection: self._next_repeats(connection, share))

    async def erase_turns(self, batch: Batch) -> Forgotten:
        """Delete these turns with all they carry. Their bytes have to be gone already."""
        results = [self._names.result(id) for id in batch.turns]
        return await self._database.write(lambda connection: erasing.turns_of(connection, batch.turns, results))

    async def erase_words(self, batch: Batch) -> Forgotten:
        """Leave these turns their pictures, and take from them the words and references that they repeat."""
        return await self._database.write(lambda connection: erasing.words_of(connection, batch.turns))

    async def ended(self, share: Share) -> Sequence[str]:
        """Keys of the next requests of this share that have ended; none when all are gone."""
        query = select(requests.c.key).where(shares.of_requests(share), self._ended()).limit(REQUESTS)
        return await self._database.read(lambda connection: list(connection.scalars(query)))

    async def erase_requests(self, keys: Sequence[str]) -> Forgotten:
        """Delete these requests, with the intents of what was said about them."""
        said = [id for key in keys for id in self._names.said(key)]
        return await self._database.write(lambda connection: erasing.requests_of(connection, keys, said))

    async def erase_waiting(self, share: Share) -> Sequence[str]:
        """Delete the requests of this share that nobody has begun, and return their keys."""
        gone = delete(requests).where(shares.of_requests(share), _waiting(share)).returning(requests.c.key)
        return await self._database.write(lambda connection: list(connection.scalars(gone)))

    async def erase_threads(self, share: Share) -> Forgotten:
        """Close this share's threads; of what is only old they stay, so that a reply there finds a kind answer."""
        if share.before is not None:
            return Forgotten()
        gone = delete(threads).where(shares.of_threads(share))
        return Forgotten(threads=await self._change(gone))

    async def erase_rest(self, share: Share) -> Forgotten:
        """Delete what belongs to no turn: words on other people's pictures, and the names in the ledger."""
        if share.before is not None:
            return Forgotten()
        spared = await self._database.read(self._spared)
        await self._change(delete(tickets).where(shares.of_tickets(share), tickets.c.beat < self._clock() - MINUTE))
        return Forgotten(
            verdicts=await self._change(delete(verdicts).where(shares.of_verdicts(share))),
            displays=await self._change(delete(displays).where(shares.of_displays(share))),
            overheard=await self._change(update(turns).where(shares.overhearing(share)).values(context="")),
            calls=await self._change(update(ledger).where(_calls(share, spared)).values(_nobodys(share))),
        )

    async def settle(self) -> None:
        """Nothing of what was deleted stands in the database's files, as far as that is in our hands."""
        await self._database.settle()

    async def _change(self, statement: Delete | Update) -> int:
        """Tried again where another transaction wanted the same rows in another order, and this one had to give way."""
        with suppress(OperationalError):
            return await self._database.write(lambda connection: connection.execute(statement).rowcount)
        return await self._database.write(lambda connection: connection.execute(statement).rowcount)

    def _ended(self) -> ColumnElement[bool]:
        return or_(requests.c.finished.is_not(None), and_(working, not_(self._lasts())))

    def _at_work(self) -> ColumnElement[bool]:
        return and_(working, self._lasts())

    def _lasts(self) -> ColumnElement[bool]:
        """Begun lately; or in the hands of somebody who lives: what lets others go first may wait for days."""
        now = self._clock()
        living = select(executors.c.name).where(executors.c.beat > now - HOUR)
        held = requests.c.executor.in_(living) if self._lasting else false()
        return or_(requests.c.admitted > now - self._lasting, held)

    def _spared(self, connection: Connection) -> list[str]:
        """Turns whose request is at work, whoever's: few, and found by an index."""
        return [self._names.turn(key) for key in connection.scalars(select(requests.c.key).where(self._at_work()))]

    def _next(self, connection: Connection, share: Share) -> Batch:
        ids = self._some(connection, shares.of_turns(share))
        return Batch(ids, _lonely(connection, turns.c.id.in_(ids), NONE) if ids else ())

    def _next_repeats(self, connection: Connection, share: Share) -> Batch:
        ids = self._some(connection, shares.repeating(share))
        return Batch(ids, _lonely(connection, NONE, turns.c.id.in_(ids)) if ids else ())

    def _some(self, connection: Connection, chosen: ColumnElement[bool]) -> tuple[str, ...]:
        query = select(turns.c.id).where(chosen, turns.c.id.not_in(self._spared(connection))).limit(TURNS)
        return tuple(connection.scalars(query))

    def _left(self, connection: Connection, share: Share) -> int:
        asked = select(func.count(requests.c.key)).where(shares.of_requests(share), self._at_work())
        at_work = turns.c.id.in_(self._spared(connection))
        repeated = select(func.count(turns.c.id)).where(shares.repeating(share), at_work)
        return (connection.scalar(asked) or 0) + (connection.scalar(repeated) or 0)

    def _look(self, connection: Connection, share: Share) -> Forgotten:
        spared = self._spared(connection)
        chosen = and_(shares.of_turns(share), turns.c.id.not_in(spared))
        bare = and_(shares.repeating(share), turns.c.id.not_in(spared))
        ids = select(turns.c.id).where(chosen)
        painted = select(pictures.c.id).where(pictures.c.turn.in_(ids))
        lonely = _lonely(connection, chosen, bare)

        def count(condition: ColumnElement[bool], column: ColumnElement[object]) -> int:
            return connection.scalar(select(func.count(column)).where(condition)) or 0

        lasting = share.before is None
        return Forgotten(
            requests=count(and_(shares.of_requests(share), or_(self._ended(), _waiting(share))), requests.c.key),
            turns=count(chosen, turns.c.id),
            pictures=count(pictures.c.turn.in_(ids), pictures.c.id),
            references=count(references.c.turn.in_(select(turns.c.id).where(or_(chosen, bare))), references.c.turn),
            objects=len(lonely),
            size=sum(blob.length for blob in lonely),
            verdicts=count(
                or_(verdicts.c.picture.in_(painted), shares.of_verdicts(share) if lasting else false()),
                verdicts.c.picture,
            ),
            displays=count(
                or_(displays.c.picture.in_(painted), shares.of_displays(share) if lasting else false()),
                displays.c.picture,
            ),
            threads=count(shares.of_threads(share), threads.c.thread) if lasting else 0,
            calls=count(_calls(share, spared), ledger.c.id) if lasting else 0,
            overheard=count(shares.overhearing(share), turns.c.id) if lasting else 0,
            repeats=count(bare, turns.c.id),
            left=self._left(connection, share),
        )


def _waiting(share: Share) -> ColumnElement[bool]:
    """What is only old and still waits is not forgotten: somebody is to get an answer."""
    return waiting if share.before is None else false()


def _calls(share: Share, spared: Sequence[str]) -> ColumnElement[bool]:
    """Calls of this share; those of spared turns keep their turn, or what people make of its pictures would be lost."""
    return and_(shares.of_ledger(share), ledger.c.turn.not_in(spared))


def _lonely(connection: Connection, chosen: ColumnElement[bool], bare: ColumnElement[bool]) -> tuple[Blob, ...]:
    """The objects that nobody names any more when these turns are gone, and the `bare` ones without references."""
    ids, bared = select(turns.c.id).where(chosen), select(turns.c.id).where(bare)
    named = shares.blobs(ids, bared).subquery("named")
    alone = select(named).where(~shares.needed(named.c.blob_key, ids, bared)).order_by(named.c.blob_key)
    found = {row["blob_key"]: to_blob(row) for row in connection.execute(alone).mappings()}
    return tuple(found.values())


def _nobodys(share: Share) -> Row:
    """What a call no longer says: a forgotten person's still has its channel, a forgotten channel's its person."""
    if share.person:
        direct = ledger.c.channel.startswith("D")  # a conversation with the bot alone has one person in it
        return {"asker": "", "channel": case((direct, ""), else_=ledger.c.channel), "thread": "", "turn": ""}
    if share.channel:
        return {"channel": "", "thread": "", "turn": ""}
    return {"team": "", "asker": "", "channel": "", "thread": "", "turn": ""}
