"""Who goes next: limits hold, people take turns, and the place that is shown is the one that comes true."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.fairness import Hall, Ticket
from bot.domain.limits import Limits

WIDE = Limits(1000, 1000, 1000)
moments = itertools.count(1)


def ticket(
    id: str, asker: str = "a", *, team: str = "T1", model: str = "m", room: int = 1000, later: bool = False
) -> Ticket:
    moment = next(moments)
    return Ticket(id, team, asker, model, "one", room, moment, moment, later)


def fill(hall: Hall) -> list[str]:
    """Let in whom there is room for, in order."""
    came = []
    while found := hall.next():
        hall.go(found.id, next(moments))
        came.append(found.id)
    return came


def drawn(hall: Hall, *tickets: Ticket) -> list[str]:
    for one in tickets:
        hall.wait(one)
    return fill(hall)


def end(hall: Hall, id: str = "") -> list[str]:
    """One ends, the oldest unless it is named; who comes in for it."""
    hall.leave(id or next(iter(hall.at_work)), next(moments))
    return fill(hall)


def crowd(asker: str, many: int, **more: object) -> list[Ticket]:
    return [replace(ticket(f"{asker}{n}", asker), **more) for n in range(many)]  # type: ignore[arg-type]


def test_a_free_place_is_taken_at_once() -> None:
    assert drawn(Hall(Limits()), ticket("1"), ticket("2", "b")) == ["1", "2"]


@pytest.mark.parametrize(
    ("limits", "room", "many"),
    [
        (Limits(2, 99, 99), 99, 2),
        (Limits(99, 3, 99), 99, 3),
        (Limits(99, 99, 4), 99, 4),
        (WIDE, 5, 5),
    ],
)
def test_each_limit_holds(limits: Limits, room: int, many: int) -> None:
    hall = Hall(limits)
    assert len(drawn(hall, *crowd("a", 20, room=room))) == many
    assert end(hall) == [f"a{many}"]


def test_who_is_at_work_may_be_told_after_who_waits() -> None:
    hall = Hall(Limits(2, 9, 9))
    hall.wait(ticket("waits"))
    hall.work(ticket("works"))
    assert fill(hall) == ["waits"]


def test_a_limit_is_somebodys_own() -> None:
    hall = Hall(Limits(1, 2, 3))
    same = (("T1", "a", "m"), ("T1", "a", "n"), ("T1", "b", "m"), ("T1", "c", "m"), ("T2", "a", "m"), ("T3", "a", "m"))
    came = drawn(hall, *(ticket(f"{n}", asker, team=team, model=model) for n, (team, asker, model) in enumerate(same)))
    assert came == ["0", "2", "4"]
    assert end(hall, "0") == ["3"]
    assert end(hall, "4") == ["5"]
    assert end(hall, "2") == ["1"]


@pytest.mark.parametrize("places", [1, 2, 3])
def test_a_hundred_of_one_person_stand_before_anothers_first_at_most_once(places: int) -> None:
    hall = Hall(Limits(2, 99, places))
    drawn(hall, *crowd("a", 100))
    for _ in range(5):
        end(hall)
    hall.wait(ticket("b0", "b"))
    assert hall.order()[0] == "b0"
    assert "b0" in end(hall) + end(hall)


def test_everybody_gets_a_turn_before_anybody_gets_two() -> None:
    hall = Hall(Limits(2, 99, 1))
    drawn(hall, *crowd("a", 5), *crowd("b", 5), *crowd("c", 5))
    came = [who for _ in range(9) for who in end(hall)]
    assert [who[0] for who in came] == ["b", "c", "a"] * 3


def test_who_comes_later_does_not_push_back_who_waits() -> None:
    """New people all the time: whose second request waits is not overtaken by all of them."""
    hall = Hall(Limits(2, 99, 1))
    drawn(hall, *crowd("a", 2))
    came = []
    for n in range(3):
        hall.wait(ticket(f"x{n}", f"x{n}"))
        came += end(hall)
    assert "a1" in came


def test_an_absence_earns_nothing() -> None:
    """Whose workspace was full for long does not take all places when it is free."""
    hall = Hall(Limits(9, 1, 1))
    drawn(hall, ticket("p", "p", team="T2"), *crowd("d", 9, team="T2"), *crowd("a", 9))
    for _ in range(4):
        end(hall)
    hall.wait(ticket("b0", "b", team="T3"))
    came = [who for _ in range(3) for who in end(hall)]
    assert "b0" in came
    assert sum(who.startswith("d") for who in came) <= 1


def test_who_can_wait_goes_after_everybody_who_cannot() -> None:
    hall = Hall(Limits(2, 99, 1))
    drawn(hall, ticket("works", "x"), *crowd("a", 3, later=True), *crowd("b", 2))
    hall.wait(ticket("c0", "c"))
    assert hall.order() == ["b0", "c0", "b1", "a0", "a1", "a2"]
    assert [who for _ in range(3) for who in end(hall)] == ["b0", "c0", "b1"]
    assert end(hall) == ["a0"]
    hall.wait(ticket("d0", "d"))
    assert hall.order() == end(hall) + hall.order() == ["d0", "a1", "a2"]


def test_somebodys_hundred_that_can_wait_do_not_delay_their_own_that_cannot() -> None:
    hall = Hall(Limits(2, 99, 99))
    drawn(hall, *crowd("a", 100, later=True))
    hall.wait(ticket("now", "a"))
    assert hall.order()[0] == "now"
    assert end(hall) == ["now"]


def test_no_place_is_kept_free_for_whoever_has_no_room() -> None:
    hall = Hall(Limits(1, 99, 2))
    drawn(hall, ticket("works", "b"), ticket("b0", "b"))
    assert drawn(hall, ticket("a0", "a", later=True)) == ["a0"]
    hall.wait(ticket("a1", "a", later=True))
    assert end(hall, "works") == ["b0"]
    assert end(hall, "a0") == ["a1"]


def test_those_who_can_wait_take_turns() -> None:
    hall = Hall(Limits(2, 99, 1))
    drawn(hall, *crowd("a", 4, later=True), *crowd("b", 4, later=True))
    assert [who[0] for _ in range(6) for who in end(hall)] == list("bababa")


def test_what_can_wait_counts_where_it_is_at_work() -> None:
    hall = Hall(Limits(1, 99, 99))
    assert drawn(hall, ticket("a0", "a", later=True)) == ["a0"]
    assert drawn(hall, ticket("a1", "a")) == []
    assert end(hall) == ["a1"]


def test_changed_limits_hold_from_then_on() -> None:
    hall = Hall(Limits(1, 9, 9))
    drawn(hall, *crowd("a", 9))
    hall.limit(Limits(3, 9, 9))
    assert fill(hall) == ["a1", "a2"]
    hall.limit(Limits(1, 9, 9))
    assert end(hall) == end(hall) == []
    assert end(hall) == ["a3"]


def test_who_leaves_while_waiting_is_forgotten() -> None:
    hall = Hall(Limits(1, 9, 9))
    drawn(hall, *crowd("a", 3))
    hall.leave("a1", next(moments))
    hall.leave("a1", next(moments))
    assert hall.order() == end(hall) == ["a2"]


def test_a_long_day_leaves_nothing_behind() -> None:
    hall = Hall(Limits(2, 99, 2))
    drawn(hall, *crowd("slow", 1))
    for n in range(3000):
        hall.wait(ticket(f"{n}", f"{n % 7}"))
        fill(hall)
        if n > 5:
            end(hall, [*hall.at_work][-1])
    assert sum(map(len, hall._heaps.values())) < 200
    assert len(hall._since) < 20


names = st.sampled_from("abc")
limits = st.builds(Limits, st.integers(1, 3), st.integers(1, 4), st.integers(1, 4))


class Halls(RuleBasedStateMachine):
    """Against the rule as it is said, tried on everybody who waits."""

    def __init__(self) -> None:
        super().__init__()
        self.hall = Hall(Limits())
        self.number = itertools.count()
        self.since: dict[tuple[str, str], int] = {}

    @rule(
        asker=names,
        team=st.sampled_from(["T1", "T2"]),
        model=st.sampled_from("mn"),
        process=st.sampled_from("xy"),
        later=st.booleans(),
    )
    def come(self, asker: str, team: str, model: str, process: str, later: bool) -> None:
        number = next(self.number)
        self.hall.wait(Ticket(f"{number}", team, asker, model, process, 3, number, number, later))

    @precondition(lambda self: self.hall.at_work or self.hall.waiting)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from([*self.hall.at_work, *self.hall.waiting]))
        now = next(self.number)
        if gone := self.hall.at_work.get(id):
            self.since[gone.person] = now
        self.hall.leave(id, now)

    @rule(limits=limits)
    def change(self, limits: Limits) -> None:
        self.hall.limit(limits)

    @rule()
    def go(self) -> None:
        expected, found = self.expected(), self.hall.next()
        assert found == expected
        if found:
            now = next(self.number)
            self.since[found.person] = now
            self.hall.go(found.id, now)
            self.holds(found)

    @invariant()
    def each_has_a_place_in_the_order(self) -> None:
        order = self.hall.order()
        assert sorted(order) == sorted(self.hall.waiting)
        if first := self.hall.next():
            assert order[0] == first.id

    def expected(self) -> Ticket | None:
        def rank(one: Ticket) -> tuple[bool, int, int, int]:
            at_work = sum(other.person == one.person for other in self.hall.at_work.values())
            return one.later, at_work, max(one.since, self.since.get(one.person, 0)), one.number

        return min(filter(self.fits, self.hall.waiting.values()), key=rank, default=None)

    def fits(self, one: Ticket) -> bool:
        most, busy = self.hall.limits, [*self.hall.at_work.values()]
        return (
            sum(other.person == one.person for other in busy) < most.person
            and sum(other.team == one.team for other in busy) < most.workspace
            and sum(other.model == one.model for other in busy) < most.model
            and sum(other.process == one.process for other in busy) < one.room
        )

    def holds(self, newest: Ticket) -> None:
        busy, most = [*self.hall.at_work.values()], self.hall.limits
        assert Counter(one.person for one in busy)[newest.person] <= most.person
        assert Counter(one.team for one in busy)[newest.team] <= most.workspace
        assert Counter(one.model for one in busy)[newest.model] <= most.model


TestHalls = Halls.TestCase


@given(st.lists(st.tuples(names, st.booleans()), min_size=1, max_size=30), limits)
@example([(asker, False) for asker in "bbcaac"], Limits(2, 4, 4))
@example([(asker, asker != "b") for asker in "aaabacabc"], Limits(2, 4, 2))
def test_the_order_that_is_shown_comes_true(askers: list[tuple[str, bool]], limits: Limits) -> None:
    hall = Hall(limits)
    drawn(hall, *(ticket(f"{n}", asker, later=later) for n, (asker, later) in enumerate(askers)))
    shown, came = hall.order(), []
    while hall.at_work:
        came += end(hall)
    assert came == shown
