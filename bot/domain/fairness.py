"""Who goes next to the models. One rule for one process and for many: plain bookkeeping, no clock, no database.

Of those for whom there is room, whoever belongs to the person with the fewest at work; among these the one whose
person has waited longest since a place was last given to or given up by them; then the oldest. So people take turns: a
hundred requests of one person stand before another person's first one at most once. Whoever can wait goes after
everybody for whom there is room and who cannot; among those who can, the rule is the same.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.limits import Limits

Person = tuple[str, str]
Group = tuple[bool, str, str, str]  # later, team, model, process: all in one group lack room at the same time
Rank = tuple[bool, int, int, int]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A turn that is at work at a model, or waits to be.

    `process` names who works on it, and `room` is how many that process takes at once. `number` is the order in which
    tickets were drawn. `since`, by any clock that never goes back, is when it was drawn, or when a place was last given
    to or given up by its person, if that was later. `later` lets everybody else go first.
    """

    id: str
    team: str
    asker: str
    model: str
    process: str = ""
    room: int = 256
    number: int = 0
    since: int = 0
    later: bool = False

    @property
    def person(self) -> Person:
        """Slack's ids of people are unique only within a workspace."""
        return self.team, self.asker

    @property
    def group(self) -> Group:
        """Those who wait for the same room, in the same hurry."""
        return self.later, self.team, self.model, self.process


class Hall:
    """Everybody at work and everybody who waits. Moments only ever go forward; they need not be of any clock."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.at_work: dict[str, Ticket] = {}  # in the order in which they went to work
        self.waiting: dict[str, Ticket] = {}
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._bunches: dict[Person, dict[Group, dict[str, Ticket]]] = {}
        self._since: dict[Person, int] = {}
        self._heaps: dict[Group, list[tuple[Rank, Person]]] = {}
        self._rooms: dict[str, int] = {}

    def wait(self, ticket: Ticket) -> None:
        """It waits from now on, behind the older ones of its person that are in the same hurry."""
        self.waiting[ticket.id] = ticket
        self._rooms[ticket.process] = ticket.room
        self._bunches.setdefault(ticket.person, {}).setdefault(ticket.group, {})[ticket.id] = ticket
        self._offer(ticket.person, ticket.group)

    def work(self, ticket: Ticket, moment: int = 0) -> None:
        """It is at work, whether there was room or not; since this moment, or since before everything else."""
        self.at_work[ticket.id] = ticket
        self._counts.update(_places(ticket))
        self._touch(ticket.person, moment)

    def go(self, id: str, moment: int) -> None:
        """One that waited goes to work."""
        self.work(self._take_out(id), moment)

    def leave(self, id: str, moment: int) -> None:
        """It has ended, or waits no more. Nothing happens when it is not here."""
        if id in self.at_work:
            ticket = self.at_work.pop(id)
            self._counts.subtract(_places(ticket))
            self._touch(ticket.person, moment)
        elif id in self.waiting:
            self._touch(self._take_out(id).person, 0)

    def next(self) -> Ticket | None:
        """Who may go now; None when there is no room for anybody who waits."""
        best = min(((*top, group) for group in self._heaps if (top := self._top(group))), default=None)
        if best is None:
            return None
        _, person, group = best
        return self._head(person, group)

    def limit(self, limits: Limits) -> None:
        """These hold from now on. Who is at work stays."""
        self.limits = limits
        for person in self._bunches:
            self._touch(person, 0)

    def order(self) -> list[str]:
        """Those who wait in the order in which they will go, if those at work end in the order in which they began."""
        hall, order, moment = self._copy(), [], 1 << 62
        while hall.waiting:
            moment += 1
            if ticket := hall.next():
                hall.go(ticket.id, moment)
                order.append(ticket.id)
            else:
                hall.leave(next(iter(hall.at_work)), moment)
        return order

    def _copy(self) -> Hall:
        hall = Hall(self.limits)
        hall._since = dict(self._since)
        for ticket in self.waiting.values():  # before those at work: who has nobody waiting is forgotten
            hall.wait(ticket)
        for ticket in self.at_work.values():
            hall.work(ticket)
        return hall

    def _take_out(self, id: str) -> Ticket:
        ticket = self.waiting.pop(id)
        bunches = self._bunches[ticket.person]
        del bunches[ticket.group][id]
        if not bunches[ticket.group]:
            del bunches[ticket.group]
        if not bunches:
            del self._bunches[ticket.person]
        return ticket

    def _touch(self, person: Person, moment: int) -> None:
        """This person's rank has changed. Who has nobody waiting is forgotten: the next one comes later than this."""
        if person not in self._bunches:
            self._since.pop(person, None)
            return
        self._since[person] = max(moment, self._since.get(person, 0))
        for group in self._bunches[person]:
            self._offer(person, group)

    def _offer(self, person: Person, group: Group) -> None:
        heap = self._heaps.setdefault(group, [])
        heapq.heappush(heap, (self._rank(person, group), person))
        if len(heap) > 4 * len(self.waiting) + 64:  # offers that no longer stand sink, and nobody meets them there
            heap[:] = sorted({offer for offer in heap if self._stands(*offer, group)})

    def _top(self, group: Group) -> tuple[Rank, Person] | None:
        """The best offer of this group, if there is room for it. One that no longer stands was replaced by another."""
        if not self._has_room(group):
            return None
        heap = self._heaps[group]
        while heap and not self._stands(*heap[0], group):
            heapq.heappop(heap)
        return heap[0] if heap else None

    def _stands(self, rank: Rank, person: Person, group: Group) -> bool:
        waits = group in self._bunches.get(person, ())
        return waits and rank[1] < self.limits.person and rank == self._rank(person, group)

    def _rank(self, person: Person, group: Group) -> Rank:
        head = self._head(person, group)
        since = max(head.since, self._since.get(person, 0))
        return head.later, self._counts["person", *person], since, head.number

    def _head(self, person: Person, group: Group) -> Ticket:
        return next(iter(self._bunches[person][group].values()))

    def _has_room(self, group: Group) -> bool:
        _, team, model, process = group
        return (
            self._counts["workspace", team] < self.limits.workspace
            and self._counts["model", model] < self.limits.model
            and self._counts["process", process] < self._rooms[process]
        )


def _places(ticket: Ticket) -> Iterable[tuple[str, ...]]:
    """What it takes up a place of."""
    return (
        ("person", *ticket.person),
        ("workspace", ticket.team),
        ("model", ticket.model),
        ("process", ticket.process),
    )
