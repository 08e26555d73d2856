"""Which rows belong to a share of everything, as conditions."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true

from bot.domain.forgetting import Share
from storage.tables import displays, ledger, parts, pictures, references, requests, threads, tickets, turns, verdicts


def of_turns(share: Share) -> ColumnElement[bool]:
    """The turns of this share."""
    return and_(
        turns.c.team == share.team if share.team else true(),
        turns.c.channel == share.channel if share.channel else true(),
        turns.c.asker == share.person if share.person else true(),
        turns.c.begun < share.before if share.before is not None else true(),
        turns.c.team.not_in(share.without) if share.without else true(),
    )


def of_requests(share: Share) -> ColumnElement[bool]:
    """The requests of this share, whatever has become of them."""
    return and_(
        requests.c.team == share.team if share.team else true(),
        requests.c.channel == share.channel if share.channel else true(),
        requests.c.asker == share.person if share.person else true(),
        requests.c.accepted < share.before if share.before is not None else true(),
        requests.c.team.not_in(share.without) if share.without else true(),
    )


def of_ledger(share: Share) -> ColumnElement[bool]:
    """The calls of this share."""
    return and_(
        ledger.c.team == share.team if share.team else true(),
        ledger.c.channel == share.channel if share.channel else true(),
        ledger.c.asker == share.person if share.person else true(),
    )


def of_displays(share: Share) -> ColumnElement[bool]:
    """What messages of this share's conversations show. Those of a person's pictures go with the pictures."""
    if share.person:
        return false()
    return and_(
        displays.c.team == share.team if share.team else true(),
        displays.c.channel == share.channel if share.channel else true(),
    )


def of_threads(share: Share) -> ColumnElement[bool]:
    """Threads of this share. A person has none but those of their direct messages ("D…").

    Whose these are their requests say, and when these are too old to be kept, the ledger.
    """
    here = and_(
        threads.c.team == share.team if share.team else true(),
        threads.c.channel == share.channel if share.channel else true(),
    )
    if not share.person:
        return here
    asked = and_(requests.c.team == threads.c.team, requests.c.channel == threads.c.channel)
    spent = and_(ledger.c.team == threads.c.team, ledger.c.channel == threads.c.channel)
    theirs = or_(
        exists().where(asked, requests.c.asker == share.person), exists().where(spent, ledger.c.asker == share.person)
    )
    return and_(here, threads.c.channel.startswith("D"), theirs)


def of_verdicts(share: Share) -> ColumnElement[bool]:
    """A person's words on pictures, also on other people's."""
    if not share.person:
        return false()
    place = and_(
        turns.c.team == share.team if share.team else true(),
        turns.c.channel == share.channel if share.channel else true(),
    )
    there = select(pictures.c.id).join(turns, turns.c.id == pictures.c.turn).where(place)
    return and_(verdicts.c.person == share.person, verdicts.c.picture.in_(there))


def of_tickets(share: Share) -> ColumnElement[bool]:
    """Places at the models of this share. They do not say in which channel."""
    if share.channel:
        return false()
    return and_(
        tickets.c.team == share.team if share.team else true(),
        tickets.c.asker == share.person if share.person else true(),
    )


def overhearing(share: Share) -> ColumnElement[bool]:
    """Other people's turns that were told what this person had said before."""
    return and_(_of_others(share), turns.c.context.contains(f"<@{share.person}>", autoescape=True))


def repeating(share: Share) -> ColumnElement[bool]:
    """Other people's turns that repeat what this person had asked for."""
    return and_(_of_others(share), turns.c.author == share.person)


def _of_others(share: Share) -> ColumnElement[bool]:
    if not share.person:
        return false()
    return and_(
        turns.c.asker != share.person,
        turns.c.team == share.team if share.team else true(),
        turns.c.channel == share.channel if share.channel else true(),
    )


def blobs(chosen: Select[str], bare: Select[str]) -> Select[str, str, int]:
    """The objects (key, MIME type, bytes) that the turns with these ids name, and those given with the `bare` ones."""
    painted = select(pictures.c.id).where(pictures.c.turn.in_(chosen))
    given = select(references.c.blob_key, references.c.mime, references.c.length)
    given = given.where(or_(references.c.turn.in_(chosen), references.c.turn.in_(bare)))
    shown = select(pictures.c.blob_key, pictures.c.mime, pictures.c.length).where(pictures.c.turn.in_(chosen))
    said = select(parts.c.blob_key, parts.c.mime, parts.c.length)
    said = said.where(parts.c.picture.in_(painted), parts.c.blob_key.is_not(None))
    return given.union(shown, said)  # type: ignore[return-value]


def needed(key: ColumnElement[str], chosen: Select[str], bare: Select[str]) -> ColumnElement[bool]:
    """Whether this object is named also when these turns are gone, and the `bare` ones without what was given."""
    painted = select(pictures.c.id).where(pictures.c.turn.in_(chosen))
    return or_(
        exists().where(references.c.blob_key == key, references.c.turn.not_in(chosen), references.c.turn.not_in(bare)),
        exists().where(pictures.c.blob_key == key, pictures.c.turn.not_in(chosen)),
        exists().where(parts.c.blob_key == key, parts.c.picture.not_in(painted)),
    )
